import { sum } from '../../../config/sum.ts'

/** The middle of some values, of an even number the mean of both middle ones; NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (low + high) / 2
}

/** The arithmetic mean; NaN without any value. */
export const mean = (values: readonly number[]): number => sum(values) / values.length

/** The standard deviation of a sample, with n − 1; 0 of fewer than two values. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const middle = mean(values)
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1))
}

/** The root of the mean square: what standard deviations of one kind have in common. */
export const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(mean(values.map((value) => value ** 2)))
