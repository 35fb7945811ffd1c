import { sum } from '../../../config/sum.ts'
import { lastWhere, upperTail } from './normal.ts'

/** How many of how many; after a correction they may be broken numbers. */
export interface Proportion {
  readonly part: number
  readonly of: number
}

/** From a lowest to a highest value. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's score interval of a proportion, 0 to 1 (Wilson 1927, J. Am. Stat. Assoc. 22:209): right near 0 and 1, too. */
export function wilson({ part, of }: Proportion, z: number): Interval {
  const p = part / of
  const middle = p + (z * z) / (2 * of)
  const width = z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return { low: Math.max(0, (middle - width) / scale), high: Math.min(1, (middle + width) / scale) }
}

/**
 * The interval of `later − earlier`, −1 to 1, made of both Wilson intervals: method 10 of Newcombe 1998, Statistics in
 * Medicine 17:873.
 */
export function newcombe(earlier: Proportion, later: Proportion, z: number): Interval {
  const [a, b] = [earlier.part / earlier.of, later.part / later.of]
  const [one, two] = [wilson(earlier, z), wilson(later, z)]
  const difference = b - a
  return {
    low: difference - Math.hypot(b - two.low, one.high - a),
    high: difference + Math.hypot(two.high - b, a - one.low),
  }
}

/**
 * The chance of a difference at least as large where both are the same, both directions counted: that of the widest of
 * Newcombe's intervals which leaves 0 out.
 */
export const chanceOfDifference = (earlier: Proportion, later: Proportion): number =>
  2 *
  upperTail(
    lastWhere((z) => {
      const { low, high } = newcombe(earlier, later, z)
      return low > 0 || high < 0
    }),
  )

/** Several proportions as one. */
export const together = (all: readonly Proportion[]): Proportion => ({
  part: sum(all.map(({ part }) => part)),
  of: sum(all.map(({ of }) => of)),
})

/** A proportion with counts that are divided by how much more than chance they vary, which is {@link overdispersion}. */
export const scaled = ({ part, of }: Proportion, scale: number): Proportion => ({
  part: part / scale,
  of: of / scale,
})

/**
 * By how much proportions of several runs vary more than chance makes them, at least 1: Pearson's χ² over its degrees
 * of freedom (McCullagh & Nelder 1989, Generalized Linear Models, §4.5). Dividing counts by it makes the run, not the
 * request, the unit of replication.
 */
export const overdispersion = (runs: readonly Proportion[]): number =>
  runs.length < 2 ? 1 : Math.max(1, pearson(runs) / (runs.length - 1))

/** Pearson's χ² of proportions, held against what they are together; 0 where that is 0 or 1. */
export function pearson(all: readonly Proportion[]): number {
  const { part, of } = together(all)
  const p = part / of
  return p === 0 || p === 1 ? 0 : sum(all.map((one) => (one.part - one.of * p) ** 2 / (one.of * p * (1 - p))))
}
