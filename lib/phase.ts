import { position } from './position.ts'
import { tags } from './tags.ts'

/** What samples are added to. */
export interface Added {
  add(value: number | boolean, tags?: Record<string, string>): void
}

let of: readonly string[] | undefined
let name: string | undefined
let until = 0
let following = 0
/** The tag as it was last written: asking k6 for it costs more than remembering it. */
let tagged: string | undefined

/**
 * Tags what follows with the phase that the scenario's clock is in, and gives it; undefined where the scenario has no
 * phases. The last phase lasts until the scenario's end, graceful stop included.
 */
export const tagPhase = (now: number = Date.now()): string | undefined => {
  const at = position()
  const phases = at.phases
  if (of !== phases) {
    of = phases
    name = tagged = undefined
    following = 0
    until = at.startTime
  }
  for (; now >= until && following < phases.length; following++) {
    const word = (phases[following] as string).split(':')
    name = (word[0] as string).replace('*', '')
    until += Number(word[1])
  }
  tagAs(name)
  return name
}

/** Adds a sample with the tag `phase` as it was when the iteration began, so that no phase completes more than it began. */
export const addInPhase = (
  phase: string | undefined,
  metric: Added,
  value: number | boolean,
  tags?: Record<string, string>,
): void => {
  const now = tagged
  tagAs(phase)
  if (tags) metric.add(value, tags)
  else metric.add(value)
  tagAs(now)
}

/** Tags what follows with a phase. */
export const tagAs = (phase: string | undefined): void => {
  if (phase === undefined || phase === tagged) return
  tags().phase = phase
  tagged = phase
}
