import { LIMITS } from '../comparison/limits.ts'
import { median } from '../statistics/robust.ts'
import type { Figure } from '../comparison/figures.ts'
import { HISTORY_LIMITS } from './limits.ts'
import type { Reading } from './changePoints.ts'

/** How the figures of a row become values whose noise does not depend on their size, and how they are read. */
export interface Scale extends Omit<Reading, 'chance'> {
  readonly to: (figure: number) => number
  readonly back: (value: number) => number
}

/**
 * The scale of a row: of shares the arcsine of the root, whose deviation is 1 / 2√n by chance alone (Anscombe 1948,
 * Biometrika 35:246); of all else the logarithm. Undefined where a figure is not above 0: of it there is no ratio.
 */
export function scaleOf(figures: readonly Figure[]): Scale | undefined {
  const { unit } = figures[0]?.subject ?? {}
  if (unit === 'share') return shareScale(median(figures.map(({ samples }) => samples)))
  if (!figures.every(({ value }) => value > 0)) return undefined
  return {
    to: Math.log,
    back: Math.exp,
    least: LIMITS.leastNoise,
    matters: (before, after) => {
      const [was, is] = [Math.exp(before), Math.exp(after)]
      const floor = Math.max(LIMITS.relative * was, unit === 'ms' ? LIMITS.ms : 0)
      return Math.abs(is - was) > floor
    },
  }
}

function shareScale(samples: number): Scale {
  const back = (value: number): number => Math.sin(value) ** 2
  return {
    to: (share) => Math.asin(Math.sqrt(share)),
    back,
    least: 1 / (2 * Math.sqrt(samples)),
    matters: (before, after) => {
      const [was, is] = [back(before), back(after)]
      const failures = Math.max(was, is) * samples * HISTORY_LIMITS.side
      return Math.abs(is - was) > LIMITS.points && failures >= LIMITS.failures
    },
  }
}
