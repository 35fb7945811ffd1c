import { LIMITS } from './limits.ts'
import { upperTail, Z_ONE_SIDED_95, zAbove } from '../statistics/normal.ts'
import { deviation, median } from '../statistics/robust.ts'
import { studentChance, tAbove } from '../statistics/student.ts'

/** By what the noise of a figure is known. */
export interface Noisy {
  readonly runs: number
  /** It is far noisier than rows like it, so that nothing but these few runs tells how noisy. */
  readonly isAlone: boolean
}

/** What runs of a baseline say of one figure, each run one sample. */
export interface Spread extends Noisy {
  /** The median, in the figure's unit. */
  readonly middle: number
  /** The standard deviation from run to run, of the figure's logarithm: 0.02 is 2 %. */
  readonly noise: number
}

/** A row that is so many times as noisy as rows like it is of a kind of its own. */
const OWN_KIND = 2

/**
 * The noise of figures above 0 from run to run: of their logarithms, because times are skewed, the largest of the standard
 * deviation, of what is common to rows like it (`alike`, undefined if unknown), and of the least that is believed. A few runs
 * may agree by luck; those of most rows do not. `isAlone` where no rows are like it.
 */
export function spreadOf(values: readonly number[], alike: number | undefined, isAlone = false): Spread {
  const own = deviation(values.map(Math.log))
  const least = Math.max(alike ?? 0, LIMITS.leastNoise)
  return {
    runs: values.length,
    middle: median(values),
    noise: Math.max(own, least),
    isAlone: isAlone || (alike !== undefined && own > OWN_KIND * least),
  }
}

/**
 * How far one more run lies from the median of K by noise alone, as a standard deviation: the variance of the run, and of
 * a median of K normal values, which is π / 2K of it (Kendall & Stuart, The Advanced Theory of Statistics, §10.10).
 */
const predicted = ({ runs, noise }: Spread): number => noise * farOf(runs)

/** The same as a multiple of the noise, beside the median of so many runs. */
export const farOf = (runs: number): number => Math.sqrt(1 + Math.PI / (2 * runs))

/** How far a figure lies from the median, as a logarithm. */
const distance = ({ middle }: Spread, value: number): number => Math.abs(Math.log(value / middle))

/**
 * The chance that noise alone moves one more run so far, in either direction: by a normal distribution, and by Student's where
 * a few runs alone tell the noise.
 */
export const chanceOf = (spread: Spread, value: number): number =>
  chanceAt(distance(spread, value) / predicted(spread), spread)

/** The same of one that lies so many predicted deviations from the median. */
export const chanceAt = (far: number, { runs, isAlone }: Noisy): number =>
  isAlone ? studentChance(far, runs - 1) : 2 * upperTail(far)

/** How many predicted deviations Holm's correction asks of the first of so many `rows`. */
export const foundFrom = (rows: number, noisy: Noisy): number =>
  beyond(LIMITS.alpha / (2 * Math.max(1, rows)), noisy)

/** How many predicted deviations lie below all but this share, in one direction. */
const beyond = (share: number, { runs, isAlone }: Noisy): number =>
  isAlone ? tAbove(share, Math.max(1, runs - 1)) : zAbove(share)

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
  return foundBeyond(spread, Math.max(LIMITS.band * spread.noise, foundFrom(rows, spread) * one))
}

/**
 * The change for the worse that noise alone makes in one of a hundred runs, in the figure's unit, since a place has two
 * quantiles; and the one that is found beyond it.
 */
export function byNoise(spread: Spread): { readonly limit: number; readonly detectable: number } {
  const edge = beyond(LIMITS.alpha / 2, spread) * predicted(spread)
  return { limit: spread.middle * Math.expm1(edge), detectable: foundBeyond(spread, edge) }
}

/** So far beyond an edge (a logarithm) that 95 % of runs lie outside, as a change in the figure's unit. */
const foundBeyond = (spread: Spread, edge: number): number =>
  spread.middle * Math.expm1(edge + Z_ONE_SIDED_95 * predicted(spread))
