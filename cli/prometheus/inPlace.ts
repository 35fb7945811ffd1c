import type { Mutable } from '../base/index.ts'
import type { Buckets } from './buckets.ts'
import { type Histogram, merge } from './histogram.ts'

/**
 * A histogram that its owner alone holds, and changes in place. A new one for each push of each series is what a
 * recorder of many k6 would spend most of its time on: it outlives the next push, so the collection of garbage has to
 * move it.
 */
export type OwnHistogram = Mutable<Omit<Histogram, 'positive' | 'negative'>> &
  Readonly<Record<'positive' | 'negative', OwnBuckets>>

interface OwnBuckets extends Buckets {
  readonly indexes: number[]
  readonly counts: number[]
}

/** The same counts in a histogram of one's own. */
export function copyOf(histogram: Histogram): OwnHistogram {
  // One by one: every histogram has its fields in the same order.
  const { schema, zeroThreshold, zeroCount, sum, count, positive, negative } = histogram
  return { schema, zeroThreshold, zeroCount, sum, count, positive: own(positive), negative: own(negative) }
}

/** Makes `into` what `from` is. */
export function assign(into: OwnHistogram, from: Histogram): void {
  into.schema = from.schema
  into.zeroThreshold = from.zeroThreshold
  into.zeroCount = from.zeroCount
  into.sum = from.sum
  into.count = from.count
  assignBuckets(into.positive, from.positive)
  assignBuckets(into.negative, from.negative)
}

/** Makes `into` what {@link merge} gives of the two. */
export function mergeInto(into: OwnHistogram, from: Histogram): void {
  if (into.schema !== from.schema || into.zeroThreshold !== from.zeroThreshold) {
    assign(into, merge(into, from))
    return
  }
  into.zeroCount += from.zeroCount
  into.sum += from.sum
  into.count += from.count
  addBuckets(into.positive, from.positive)
  addBuckets(into.negative, from.negative)
}

const own = ({ indexes, counts }: Buckets): OwnBuckets => ({
  indexes: indexes.slice(),
  counts: counts.slice(),
})

function assignBuckets(into: OwnBuckets, from: Buckets): void {
  assignNumbers(into.indexes, from.indexes)
  assignNumbers(into.counts, from.counts)
}

function assignNumbers(into: number[], from: readonly number[]): void {
  if (into.length > from.length) into.length = from.length
  from.forEach((number, at) => {
    // One beyond the end is appended: V8 keeps the array dense.
    into[at] = number
  })
}

function addBuckets(into: OwnBuckets, { indexes, counts }: Buckets): void {
  let at = 0
  indexes.forEach((index, place) => {
    const count = counts[place] ?? 0
    while ((into.indexes[at] ?? Infinity) < index) at++
    if (into.indexes[at] === index) into.counts[at] = (into.counts[at] ?? 0) + count
    else {
      into.indexes.splice(at, 0, index)
      into.counts.splice(at, 0, count)
    }
  })
}
