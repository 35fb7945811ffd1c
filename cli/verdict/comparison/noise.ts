import { LIMITS } from './limits.ts'
import { upperTail, Z_ONE_SIDED_95, zAbove } from '../statistics/normal.ts'
import { deviation, median } from '../statistics/robust.ts'

/** What runs of a baseline say of one figure, each run one sample. */
export interface Spread {
  readonly runs: number
  /** The median, in the figure's unit. */
  readonly middle: number
  /** The standard deviation from run to run, of the figure's logarithm: 0.02 is 2 %. */
  readonly noise: number
}

/**
 * The noise of figures above 0 from run to run: of their logarithms, because times are skewed, the largest of the standard
 * deviation, of what is common to rows like it (`kin`), and of the least that is believed. A few runs may agree by luck;
 * those of most rows do not.
 */
export const spreadOf = (values: readonly number[], kin: number): Spread => ({
  runs: values.length,
  middle: median(values),
  noise: Math.max(deviation(values.map(Math.log)), kin, LIMITS.leastNoise),
})

/**
 * How far one more run lies from the median of K by noise alone, as a standard deviation: the variance of the run, and of
 * a median of K normal values, which is π / 2K of it (Kendall & Stuart, The Advanced Theory of Statistics, §10.10).
 */
const predicted = ({ runs, noise }: Spread): number => noise * Math.sqrt(1 + Math.PI / (2 * runs))

/** How far a figure lies from the median, as a logarithm. */
const distance = ({ middle }: Spread, value: number): number => Math.abs(Math.log(value / middle))

/** The chance that noise alone moves one more run so far, in either direction. */
export const chanceOf = (spread: Spread, value: number): number =>
  2 * upperTail(distance(spread, value) / predicted(spread))

/** Whether a figure lies outside of the band, so many standard deviations around the median. */
export const isBeyond = (spread: Spread, value: number): boolean =>
  distance(spread, value) > LIMITS.band * spread.noise

/** The upper edge of the band, as a change in the figure's unit. */
export const bandOf = ({ middle, noise }: Spread): number => middle * Math.expm1(LIMITS.band * noise)

/**
 * The smallest change for the worse that is found in 95 of 100 cases, in the figure's unit: so far beyond the band, and
 * beyond what Holm's correction asks of the first of so many `rows`, that 95 % of runs still lie outside.
 */
export function detectableOf(spread: Spread, rows: number): number {
  const one = predicted(spread)
  const edge = Math.max(LIMITS.band * spread.noise, zAbove(LIMITS.ofRun / (2 * Math.max(1, rows))) * one)
  return spread.middle * Math.expm1(edge + Z_ONE_SIDED_95 * one)
}
