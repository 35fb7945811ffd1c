import { tags } from './vu.ts'

/** What samples are added to. */
export interface Added {
  add(value: number | boolean, tags?: Record<string, string>): void
}

/** The tag as it was last written: asking k6 for it costs more than remembering it. */
let tagged: string | undefined

/** Tags what follows with a phase; `anew` where k6 has given the VU other tags. */
export const tagAs = (phase: string | undefined, anew?: boolean): void => {
  if (anew) tagged = undefined
  if (phase === undefined || phase === tagged) return
  tags().phase = phase
  tagged = phase
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
