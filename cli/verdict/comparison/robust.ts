import { sum } from '../../../config/sum.ts'

/** The middle of some values, of an even number the mean of both middle ones; NaN without any. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return (low + high) / 2
}

/** Of a normal distribution, the median of absolute deviations times this is its standard deviation: 1 / Φ⁻¹(3/4). */
const TO_DEVIATION = 1.4826

/**
 * The standard deviation of values by the median of their absolute deviations from the median, which a few outliers do
 * not move (Hampel 1974, J. Am. Stat. Assoc. 69:383).
 */
export function robustDeviation(values: readonly number[]): number {
  const middle = median(values)
  return TO_DEVIATION * median(values.map((value) => Math.abs(value - middle)))
}

/** The standard deviation of a sample, with n − 1; 0 of fewer than two values. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = sum(values) / values.length
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1))
}

/** The root of the mean square: what standard deviations of one kind have in common. */
export const rootMeanSquare = (values: readonly number[]): number =>
  Math.sqrt(sum(values.map((value) => value ** 2)) / values.length)
