import { FAILED_CHECKS, JOURNEYS, REQUESTS } from '../../record/index.ts'
import type { Figure } from './figures.ts'
import { LIMITS } from './limits.ts'
import { isTail, type RowSubject } from './row.ts'

/** What every run of a baseline has, so that a run without it is not as those: how many runs, and samples at least. */
export interface Expected {
  readonly runs: number
  readonly least: number
}

/** Shares of what has a time at the same place, which speaks for both. */
const BESIDE_TIMES: readonly string[] = [REQUESTS.failedShare, JOURNEYS.failedShare, FAILED_CHECKS]

/**
 * What all `runs` of a baseline, `needed` or more, say is to be expected of a run with so many samples, of the one row that
 * speaks for its place: the median where there are hardly any samples, else the tail. Undefined where they have no samples
 * enough to say it.
 */
export function expectedOf(
  { metric, quantity }: RowSubject,
  base: readonly Figure[],
  { runs, needed, samples }: { runs: number; needed: number; samples: number },
): Expected | undefined {
  const isFew = samples < LIMITS.median
  const speaks =
    quantity === 'share'
      ? isFew && !BESIDE_TIMES.includes(metric)
      : isFew
        ? quantity === 'p50' || quantity === 'per second'
        : isTail(quantity)
  const least = Math.min(...base.map((one) => one.samples))
  const isKnown =
    runs >= needed &&
    base.length === runs &&
    base.every((one) => one.samples >= Math.max(one.needed, LIMITS.median))
  return speaks && isKnown ? { runs, least } : undefined
}
