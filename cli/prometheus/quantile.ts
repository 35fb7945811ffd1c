import { type Buckets, sumBuckets, upperBound } from './buckets.ts'
import type { Histogram } from './histogram.ts'

/** A stretch of values with how many lie in it; bounds of one sign, or both 0 for the zero bucket. */
export interface Slice {
  readonly lower: number
  readonly upper: number
  readonly count: number
}

/** An occupied bucket, of which a slice is made where its bounds are asked for: they take more time than all else. */
interface Counted {
  readonly index: number
  readonly sign: -1 | 0 | 1
  readonly count: number
}

/** The occupied buckets in ascending order of value. */
function inOrder({ zeroCount, positive, negative }: Histogram): Counted[] {
  const side = ({ indexes, counts }: Buckets, sign: -1 | 1): Counted[] =>
    indexes.map((index, at) => ({ index, sign, count: counts[at] ?? 0 }))
  const zero: Counted[] = zeroCount > 0 ? [{ index: 0, sign: 0, count: zeroCount }] : []
  return [...side(negative, -1).reverse(), ...zero, ...side(positive, 1)]
}

/** Where a bucket lies; what counts as 0 is taken to be 0. */
function sliceOf({ index, sign, count }: Counted, schema: number): Slice {
  if (sign === 0) return { lower: 0, upper: 0, count }
  const [inner, outer] = [sign * upperBound(index - 1, schema), sign * upperBound(index, schema)]
  return sign > 0 ? { lower: inner, upper: outer, count } : { lower: outer, upper: inner, count }
}

/** The occupied buckets in ascending order of value; what counts as 0 is taken to be 0. */
export const slices = (histogram: Histogram): Slice[] =>
  inOrder(histogram).map((one) => sliceOf(one, histogram.schema))

/**
 * The value below which a share `q` (0 to 1) lies, in the histogram's unit; undefined when nothing was
 * counted. As Prometheus 3.0: the bucket of rank q × count, and inside it the rank's fraction on the log
 * scale.
 */
export const quantile = (histogram: Histogram, q: number): number | undefined => quantiles(histogram, [q])[0]

/** Several quantiles of one histogram, each as {@link quantile} gives it. */
export function quantiles(histogram: Histogram, qs: readonly number[]): (number | undefined)[] {
  const all = inOrder(histogram)
  const count = sumBuckets(all.map((one) => one.count))
  return qs.map((q) => {
    if (!(q >= 0 && q <= 1)) throw new RangeError(`A quantile is asked for between 0 and 1, not ${q}.`)
    return at(all, histogram.schema, q * count)
  })
}

/** Where a rank lies, from 0 to the count of all. */
function at(all: readonly Counted[], schema: number, rank: number): number | undefined {
  let before = 0
  for (const one of all) {
    if (before + one.count >= rank) return inside(sliceOf(one, schema), (rank - before) / one.count)
    before += one.count
  }
  const last = all.at(-1)
  return last && sliceOf(last, schema).upper
}

/**
 * The quantile as k6 2.2 has it of a Trend, in the histogram's unit: between the two values that (count − 1) × q lies
 * between, each taken where its rank is in its bucket. Undefined when nothing was counted.
 */
export function betweenRanks(histogram: Histogram, q: number): number | undefined {
  const all = slices(histogram)
  const at = (sumBuckets(all.map(({ count }) => count)) - 1) * q
  if (at < 0) return undefined
  const [low, high] = [valueOf(all, Math.floor(at)), valueOf(all, Math.ceil(at))]
  return low + (high - low) * (at - Math.floor(at))
}

/** The bounds of the buckets in which the two values lie that {@link betweenRanks} takes. */
export function rankBounds(histogram: Histogram, q: number): readonly [lower: number, upper: number] {
  const all = slices(histogram)
  const at = (sumBuckets(all.map(({ count }) => count)) - 1) * q
  return [sliceAt(all, Math.floor(at)).lower, sliceAt(all, Math.ceil(at)).upper]
}

function sliceAt(all: readonly Slice[], rank: number): { lower: number; upper: number } {
  let before = 0
  for (const slice of all) {
    before += slice.count
    if (rank < before) return slice
  }
  return all.at(-1) ?? { lower: 0, upper: 0 }
}

/** The value of a rank, from 0. */
function valueOf(all: readonly Slice[], rank: number): number {
  let before = 0
  for (const slice of all) {
    if (rank < before + slice.count) return inside(slice, (rank - before + 0.5) / slice.count)
    before += slice.count
  }
  return all.at(-1)?.upper ?? 0
}

/**
 * The share (0 to 1) of values up to `limit` (in the histogram's unit), the inverse of quantile; undefined
 * without values.
 */
export function shareUnder(histogram: Histogram, limit: number): number | undefined {
  const all = slices(histogram)
  if (all.length === 0) return undefined
  const under = all.map((slice) => slice.count * fraction(slice, limit))
  return sumBuckets(under) / sumBuckets(all.map(({ count }) => count))
}

function inside({ lower, upper }: Slice, part: number): number {
  if (lower === upper) return upper
  return Math.min(Math.max(lower * (upper / lower) ** part, lower), upper)
}

function fraction({ lower, upper }: Slice, limit: number): number {
  if (limit >= upper) return 1
  if (limit <= lower) return 0
  return Math.log(limit / lower) / Math.log(upper / lower)
}
