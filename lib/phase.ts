import type { Phase } from '../config/index.ts'
import { position } from './position.ts'
import { tags } from './tags.ts'

let of: readonly Phase[] | undefined
let name: string | undefined
let until = 0
let following = 0

/**
 * The phase that the scenario's clock is in now; undefined where the scenario has no phases. The last phase
 * lasts until the scenario's end, graceful stop included.
 */
export function phaseNow(now: number = Date.now()): string | undefined {
  const { phases, startTime } = position()
  if (phases.length === 0) return undefined
  if (of !== phases) {
    of = phases
    following = 0
    until = startTime
    advance()
  }
  while (now >= until && following < phases.length) advance()
  return name
}

function advance(): void {
  const next = of?.[following]
  if (!next) return
  name = next.name
  until += next.lasts
  following += 1
}

/** Tags what follows with the phase of the scenario's clock. */
export function tagPhase(now?: number): void {
  const phase = phaseNow(now)
  if (phase !== undefined && tags().phase !== phase) tags().phase = phase
}

/** Runs `add` with the tag `phase` as it was when the iteration began, so that no phase completes more than it began. */
export function inPhase(phase: string | undefined, add: () => void): void {
  const now = tags().phase
  if (phase === undefined || now === phase) {
    add()
    return
  }
  tags().phase = phase
  add()
  if (now !== undefined) tags().phase = now
}
