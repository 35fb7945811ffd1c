import { leastOf } from '../comparison/floors.ts'
import { LIMITS } from '../comparison/limits.ts'
import { mean } from '../statistics/robust.ts'
import { isPositive } from './figuresOfPairs.ts'
import type { PairedFigure } from './pairedFigure.ts'

/** How the values of a row are held against each other in each pair. */
export interface PairedDifferences {
  /** Rows of one kind are alike in how noisy they are. */
  readonly kind: string
  /** One of each pair: logarithms of ratios, or differences of which 0.05 is the least that matters, as of a ratio. */
  readonly differences: readonly number[]
  /** The base over all pairs, in the figure's unit. */
  readonly base: number
  /** The change, in the figure's unit, that is so large a difference. */
  readonly changeOf: (difference: number) => number
}

/**
 * By ratios, which machines change together; by differences where a value is 0, as the layout shift of a page often is.
 * Undefined where no ratio can be taken, and nobody knows which difference of its unit matters; and where all are equal.
 */
export function pairedDifferences(one: PairedFigure): PairedDifferences | undefined {
  const { subject, base, candidate } = one
  const each = (difference: (candidate: number, base: number) => number): number[] =>
    candidate.map(({ value }, at) => difference(value, base[at]?.value ?? value))
  const { quantity: kind } = subject
  if (isPositive(one)) {
    const middle = Math.exp(mean(base.map(({ value }) => Math.log(value))))
    return {
      kind,
      differences: each((later, earlier) => Math.log(later / earlier)),
      base: middle,
      changeOf: (log) => middle * Math.expm1(log),
    }
  }
  const least = leastOf(subject)
  if (least === undefined) return undefined
  const unit = least / LIMITS.relative
  const differences = each((later, earlier) => (later - earlier) / unit)
  if (differences.every((difference) => difference === 0)) return undefined
  return {
    kind: `${kind} difference`,
    differences,
    base: mean(base.map(({ value }) => value)),
    changeOf: (difference) => difference * unit,
  }
}
