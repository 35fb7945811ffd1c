import {
  above,
  bucketOf,
  type Buckets,
  bucketsLost,
  coarsen,
  combine,
  countAt,
  gather,
  sumBuckets,
  upperBound,
} from './buckets.ts'
import { RecordError } from './errors.ts'

/**
 * Prometheus' native histogram: exact counts in buckets (2^((i−1)/2^schema), 2^(i/2^schema)], mirrored for
 * values below 0; values within ±zeroThreshold are one bucket. k6 sends schema 3: each bucket is 9.05 % wide,
 * its middle ±4.4 % off at most.
 */
export interface Histogram {
  readonly schema: number
  readonly zeroThreshold: number
  readonly zeroCount: number
  readonly sum: number
  readonly count: number
  readonly positive: Buckets
  readonly negative: Buckets
}

/**
 * Half of the smallest positive normal float32, as k6's client library sets it: what is nearer to 0 counts as
 * 0.
 */
export const ZERO_THRESHOLD = 2 ** -128

/** The histogram that k6 would send of these values (schema 3 unless told). */
export function histogramOf(values: readonly number[], schema = 3): Histogram {
  const buckets = (magnitudes: number[]): Buckets => {
    const indexes = magnitudes.filter((each) => each > ZERO_THRESHOLD).map((each) => bucketOf(each, schema))
    return gather(
      indexes.sort((a, b) => a - b),
      indexes.map(() => 1),
    )
  }
  return {
    schema,
    zeroThreshold: ZERO_THRESHOLD,
    zeroCount: values.filter((value) => Math.abs(value) <= ZERO_THRESHOLD).length,
    sum: sumBuckets(values),
    count: values.length,
    positive: buckets(values.slice()),
    negative: buckets(values.map((value) => -value)),
  }
}

/**
 * Both together: counts add exactly; of two schemas the coarser, of two zero thresholds the wider is kept.
 */
export function merge(a: Histogram, b: Histogram): Histogram {
  return add(...align(a, b), 1)
}

/**
 * What was counted in a cumulative series between the two; undefined where it began anew: something in `later` is
 * smaller or finer than it was.
 */
export function increase(later: Histogram, earlier: Histogram): Histogram | undefined {
  const { count, schema, zeroThreshold } = earlier
  if (later.count < count || later.schema > schema || later.zeroThreshold < zeroThreshold) return undefined
  const rest = add(...align(later, earlier), -1)
  return lacks(rest) ? undefined : rest
}

/** Whether a later histogram lacks values of an earlier one: {@link increase} gives undefined. */
export function hasLost(later: Histogram, earlier: Histogram): boolean {
  if (later.schema !== earlier.schema || later.zeroThreshold !== earlier.zeroThreshold)
    return increase(later, earlier) === undefined
  return (
    later.count < earlier.count ||
    later.zeroCount < earlier.zeroCount ||
    bucketsLost(later.positive, earlier.positive) ||
    bucketsLost(later.negative, earlier.negative)
  )
}

/** The arithmetic mean, sum / count, in the histogram's unit; undefined when nothing was counted. */
export function mean(histogram: Histogram): number | undefined {
  return histogram.count > 0 ? histogram.sum / histogram.count : undefined
}

/** The same values at a coarser schema. */
export function rescaleBuckets(histogram: Histogram, schema: number): Histogram {
  const steps = histogram.schema - schema
  if (steps < 0)
    throw new RecordError(`A histogram of schema ${histogram.schema} cannot be made finer (${schema}).`)
  if (steps === 0) return histogram
  const { positive, negative } = histogram
  return { ...histogram, schema, positive: coarsen(positive, steps), negative: coarsen(negative, steps) }
}

function add(a: Histogram, b: Histogram, sign: 1 | -1): Histogram {
  return {
    schema: a.schema,
    zeroThreshold: a.zeroThreshold,
    zeroCount: a.zeroCount + sign * b.zeroCount,
    sum: a.sum + sign * b.sum,
    count: a.count + sign * b.count,
    positive: combine(a.positive, b.positive, sign),
    negative: combine(a.negative, b.negative, sign),
  }
}

const lacks = ({ count, zeroCount, positive, negative }: Histogram): boolean =>
  count < 0 || zeroCount < 0 || positive.counts.some(isBelowNothing) || negative.counts.some(isBelowNothing)

const isBelowNothing = (count: number): boolean => count < 0

function align(a: Histogram, b: Histogram): [Histogram, Histogram] {
  const schema = Math.min(a.schema, b.schema)
  const [left, right] = [rescaleBuckets(a, schema), rescaleBuckets(b, schema)]
  if (left.zeroThreshold === right.zeroThreshold) return [left, right]
  const threshold = roundUp(Math.max(left.zeroThreshold, right.zeroThreshold), [left, right])
  return [widen(left, threshold), widen(right, threshold)]
}

/** A bucket cannot be cut: a threshold inside an occupied one moves to its upper bound. */
function roundUp(threshold: number, histograms: readonly Histogram[]): number {
  const { schema } = histograms[0] ?? { schema: 0 }
  const index = bucketOf(threshold, schema)
  const cut = histograms.some(
    ({ positive, negative }) => countAt(positive, index) + countAt(negative, index) > 0,
  )
  return cut ? upperBound(index, schema) : threshold
}

function widen(histogram: Histogram, zeroThreshold: number): Histogram {
  if (histogram.zeroThreshold === zeroThreshold) return histogram
  const index = bucketOf(zeroThreshold, histogram.schema)
  const positive = above(histogram.positive, index)
  const negative = above(histogram.negative, index)
  const zeroCount = histogram.zeroCount + positive.below + negative.below
  return { ...histogram, zeroThreshold, zeroCount, positive: positive.rest, negative: negative.rest }
}
