import { lastWhere, Z_ONE_SIDED_95 } from '../statistics/normal.ts'
import type { Scale } from './scale.ts'
import { studentChance } from '../statistics/student.ts'

/** Runs of a new level after which it is told what would have been found by then. */
export const AFTER_RUNS = 5

/** How finely it is looked for what is large enough to matter, too. */
const WIDER = 1.1
const MAX_STEPS = 40

/**
 * The smallest change for the worse, in the figure's unit, that is found in 95 of 100 cases when the newest
 * {@link AFTER_RUNS} of so many runs have it; undefined where none is.
 */
export function detectableAfter(
  { back, matters }: Pick<Scale, 'back' | 'matters'>,
  { level, deviation, runs, chance }: { level: number; deviation: number; runs: number; chance: number },
): number | undefined {
  const before = Math.max(1, runs - AFTER_RUNS)
  const error = deviation * Math.sqrt(1 / before + 1 / AFTER_RUNS)
  const t = lastWhere((one) => studentChance(one, before + AFTER_RUNS - 2) > chance)
  const found = (t + Z_ONE_SIDED_95) * error
  const steps = Array.from({ length: MAX_STEPS }, (_, step) => found * WIDER ** step)
  const shift = steps.find((one) => matters(level, level + one))
  return shift === undefined ? undefined : back(level + shift) - back(level)
}
