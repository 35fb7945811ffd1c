import { reachedOf } from '../base/index.ts'
import type { JourneyFigures, StepFigures } from '../record/index.ts'

/** A line of a funnel: its beginning, the end of a step, or one of the ways in which iterations ended. */
export interface FunnelStage {
  name: string
  kind: 'started' | 'step' | 'completed' | 'failed' | 'interrupted'
  reached: number
  /** How many of those who started: `80 %`, or `3 times each` of a step that is made more than once. */
  of: string
  /** The same from 0 to 1, never more. */
  part: number
  /** How many came no further than the line before. */
  lost: number
  step?: StepFigures
}

/** A journey from its starts: each step, then how its iterations ended; ends that none had are left out. */
export function funnelOf({
  started,
  completed,
  failed,
  interrupted = 0,
  steps,
}: JourneyFigures): FunnelStage[] {
  const way = [
    { name: 'started', kind: 'started' as const, reached: started },
    ...steps.map((step) => ({ name: step.name, kind: 'step' as const, reached: step.completed, step })),
    { name: 'completed', kind: 'completed' as const, reached: completed },
  ]
  const ends = [
    { name: 'failed', kind: 'failed' as const, reached: failed, lost: 0 },
    { name: 'interrupted', kind: 'interrupted' as const, reached: interrupted, lost: 0 },
  ]
  // A step that only some make is no loss where those who went past it came further.
  const ahead = way.map((_, index) =>
    Math.max(...way.slice(index).map(({ reached }) => Math.min(reached, started))),
  )
  const lost = way.map((_, index) => Math.max(0, (ahead[index - 1] ?? started) - (ahead[index] ?? 0)))
  return [
    ...way.map((stage, index) => ({ ...stage, lost: lost[index] ?? 0 })),
    ...ends.filter(({ reached }) => reached > 0),
  ].map((stage) => ({
    ...stage,
    of: stage.kind === 'started' ? '' : reachedOf(stage.reached, started),
    part: started > 0 ? Math.min(1, stage.reached / started) : 0,
  }))
}
