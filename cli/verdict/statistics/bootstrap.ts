import type { Interval } from './proportions.ts'

/** How often a sample is drawn anew. */
const RESAMPLES = 500
const LEVEL = 0.95

/** As many items as there are, drawn at random, each of them again and again. */
export const drawn = <Item>(items: readonly Item[], next: () => number): Item[] =>
  items.map((item) => items[Math.floor(next() * items.length)] ?? item)

/**
 * Where a figure lies in 95 of 100 cases, if it is computed of samples that are drawn anew: the percentile interval
 * (Efron & Tibshirani 1993, An Introduction to the Bootstrap, §13).
 */
export function bootstrapInterval(figure: () => number): Interval {
  const found = Array.from({ length: RESAMPLES }, figure).sort((a, b) => a - b)
  const at = (share: number): number => found[Math.round(share * (RESAMPLES - 1))] ?? NaN
  return { low: at((1 - LEVEL) / 2), high: at((1 + LEVEL) / 2) }
}
