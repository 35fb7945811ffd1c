import type { Figure } from './figures.ts'
import { LIMITS } from './limits.ts'
import { bandOf, chanceOf, detectableOf, isBeyond, spreadOf } from './noise.ts'
import { Z_95, Z_ONE_SIDED_95 } from './normal.ts'
import {
  chanceOfDifference,
  newcombe,
  overdispersion,
  type Interval,
  type Proportion,
} from './proportions.ts'
import { deviation, median } from './robust.ts'

/** A figure of the candidate held against the runs of a baseline, before it is judged among all rows. */
export interface Held {
  readonly base: number
  readonly change: number
  /** From run to run, in the figure's unit. */
  readonly noise: number
  /** The least change that is called one. */
  readonly limit: number
  readonly isOutside: boolean
  readonly detectable: number
  /** The largest change that may be overlooked where a row is called the same. */
  readonly tolerable: number
  /** The chance that noise alone changes it so much. */
  readonly chance: number
  readonly interval?: Interval
}

/** Figures of which ratios can be taken. */
const arePositive = (figures: readonly Figure[]): boolean => figures.every(({ value }) => value > 0)

/** Noise of a figure over runs, of its logarithm; undefined where it has none. */
export const noiseOf = (base: readonly Figure[]): number | undefined =>
  arePositive(base) ? deviation(base.map(({ value }) => Math.log(value))) : undefined

/**
 * Quantiles and rates: each run is one sample, `kin` the noise of rows like it, `rows` how many are judged together.
 * Undefined where a figure is not above 0, so that nothing can be told of its noise.
 */
export function heldValue(
  base: readonly Figure[],
  candidate: Figure,
  { kin, rows }: { kin: number; rows: number },
): Held {
  const { unit } = candidate.subject
  const values = base.map(({ value }) => value)
  const middle = median(values)
  const change = candidate.value - middle
  const floor = Math.max(LIMITS.relative * Math.abs(middle), unit === 'ms' ? LIMITS.ms : 0)
  const tolerable = Math.max(LIMITS.detectable * Math.abs(middle), 2 * floor)
  // Ratios of what is not above 0 tell nothing: such a figure is only the same where it is equal.
  if (!arePositive([...base, candidate]))
    return {
      base: middle,
      change,
      noise: 0,
      limit: floor,
      isOutside: Math.abs(change) > floor,
      detectable: Infinity,
      tolerable: change === 0 ? Infinity : tolerable,
      chance: 1,
    }
  const spread = spreadOf(values, kin)
  return {
    base: middle,
    change,
    noise: middle * spread.noise,
    limit: Math.max(bandOf(spread), floor),
    isOutside: isBeyond(spread, candidate.value) && Math.abs(change) > floor,
    detectable: Math.max(detectableOf(spread, rows), floor),
    tolerable,
    chance: chanceOf(spread, candidate.value),
  }
}

/** Shares: all runs together, their counts divided by how much more than chance they vary from run to run. */
export function heldShare(base: readonly Proportion[], candidate: Proportion): Held {
  const scale = overdispersion(base)
  const fewer = ({ part, of }: Proportion): Proportion => ({ part: part / scale, of: of / scale })
  const all = {
    part: base.reduce((sum, { part }) => sum + part, 0),
    of: base.reduce((sum, { of }) => sum + of, 0),
  }
  const [earlier, later] = [fewer(all), fewer(candidate)]
  const interval = newcombe(earlier, later, Z_95)
  const change = candidate.part / candidate.of - all.part / all.of
  const noise = (interval.high - interval.low) / (2 * Z_95)
  const limit = Math.max(LIMITS.points, Z_95 * noise)
  return {
    base: all.part / all.of,
    change,
    noise,
    limit,
    isOutside: Math.abs(change) > LIMITS.points && (interval.low > 0 || interval.high < 0),
    detectable: limit + Z_ONE_SIDED_95 * noise,
    tolerable: LIMITS.tolerablePoints,
    chance: chanceOfDifference(earlier, later),
    interval,
  }
}
