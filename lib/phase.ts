import type { Phase } from '../config/index.ts'
import { position } from './position.ts'
import { tags } from './tags.ts'

/** What samples are added to. */
export interface Added {
  add(value: number | boolean, tags?: Record<string, string>): void
}

let of: readonly Phase[] | undefined
let name: string | undefined
let until = 0
let following = 0
/** The tag as it was last written: asking k6 for it costs more than remembering it. */
let tagged: string | undefined

/**
 * The phase that the scenario's clock is in now; undefined where the scenario has no phases. The last phase
 * lasts until the scenario's end, graceful stop included.
 */
export function phaseNow(now: number = Date.now()): string | undefined {
  const { phases, startTime } = position()
  if (of !== phases) {
    of = phases
    name = tagged = undefined
    following = 0
    until = startTime
  }
  while (now >= until && following < phases.length) advance(phases)
  return name
}

function advance(phases: readonly Phase[]): void {
  const next = phases[following]
  if (!next) return
  name = next.name
  until += next.lasts
  following += 1
}

/** Tags what follows with the phase of the scenario's clock, and gives it. */
export function tagPhase(now?: number): string | undefined {
  const phase = phaseNow(now)
  tagAs(phase)
  return phase
}

/** Adds a sample with the tag `phase` as it was when the iteration began, so that no phase completes more than it began. */
export function addInPhase(
  phase: string | undefined,
  metric: Added,
  value: number | boolean,
  tags?: Record<string, string>,
): void {
  const now = tagged
  tagAs(phase)
  if (tags === undefined) metric.add(value)
  else metric.add(value, tags)
  tagAs(now)
}

/** Tags what follows with a phase. */
export function tagAs(phase: string | undefined): void {
  if (phase === undefined || phase === tagged) return
  tags().phase = phase
  tagged = phase
}
