import type { JourneyFigures } from './figures.ts'

/** Iterations of a journey, or of a plain script, that had not ended when k6 stopped them. */
export interface Unfinished {
  /** Absent of a plain script. */
  journey?: string
  started: number
  interrupted: number
  /** The step that most of them were in, if one tells. */
  step?: string
}

/** Share of iterations that k6 may interrupt at the end of a run. */
export const MOST_INTERRUPTED = 0.05

/** Figures of a run that has ended: what started and neither completed nor failed was interrupted. */
export function withEnds(journeys: readonly JourneyFigures[]): JourneyFigures[] {
  return journeys.map((one) => ({
    ...one,
    interrupted: Math.max(0, one.started - one.completed - one.failed),
  }))
}

/** What of each journey had not ended. */
export function unfinishedIn(journeys: readonly JourneyFigures[]): Unfinished[] {
  return journeys.flatMap(({ name: journey, started, interrupted = 0, steps }) => {
    if (interrupted === 0) return []
    const step = stuckIn(started, steps)
    return { journey, started, interrupted, ...(step === undefined ? {} : { step }) }
  })
}

/** The step before which the most iterations are lost. */
function stuckIn(started: number, steps: JourneyFigures['steps']): string | undefined {
  let [before, most, name] = [started, 0, undefined as string | undefined]
  for (const step of steps) {
    if (before - step.completed > most) [most, name] = [before - step.completed, step.name]
    before = step.completed
  }
  return name
}

/** Sentences on iterations that never ended: those that keep a run from passing, and those that are notes. */
export function unfinishedTexts(all: readonly Unfinished[]): { reasons: string[]; notes: string[] } {
  const texts = all.map((one) => ({
    text: textOf(one),
    many: one.interrupted > one.started * MOST_INTERRUPTED,
  }))
  return {
    reasons: texts.filter(({ many }) => many).map(({ text }) => text),
    notes: texts.filter(({ many }) => !many).map(({ text }) => text),
  }
}

function textOf({ journey, started, interrupted, step }: Unfinished): string {
  const [subject, place] = [
    journey === undefined ? '' : `${journey}: `,
    step === undefined ? '' : ` in step ${step}`,
  ]
  return `${subject}${started} started, ${interrupted} interrupted${place}: they had not ended when k6 stopped them`
}
