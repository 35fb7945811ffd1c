import { type Buckets, gather, sumBuckets } from './buckets.ts'
import { RecordError } from './errors.ts'
import type { Histogram } from './histogram.ts'
import type { Wide, WireHistogram, WireSpan } from './messages.ts'

const MAX_BUCKETS = 65_536
/** No double reaches further: 2^±1075 at schema 8. */
const MAX_INDEX = 1075 * 2 ** 8

/**
 * The histogram that spans and deltas (or absolute float counts) describe; throws a RecordError for an
 * impossible one.
 */
export function fromWire(wire: WireHistogram): Histogram {
  const { schema, zeroThreshold } = wire
  if (!(schema >= -4 && schema <= 8))
    throw new RecordError(`A histogram has schema ${schema}; −4 to 8 are known.`)
  if (!(zeroThreshold >= 0)) throw new RecordError(`A histogram has a zero threshold of ${zeroThreshold}.`)
  const positive = unfold(wire.positiveSpans, wire.positiveDeltas, wire.positiveCounts)
  const negative = unfold(wire.negativeSpans, wire.negativeDeltas, wire.negativeCounts)
  const zeroCount = exact(wire.zeroCountInt) + wire.zeroCountFloat
  const count = exact(wire.countInt) + wire.countFloat
  const binned = zeroCount + sumBuckets(positive.counts) + sumBuckets(negative.counts)
  if (!Number.isNaN(wire.sum) && Math.abs(binned - count) > 1e-9 * count) {
    throw new RecordError(`A histogram counts ${count} values, its buckets ${binned}.`)
  }
  return { schema, zeroThreshold, zeroCount, sum: wire.sum, count, positive, negative }
}

/**
 * The wire form of a histogram with whole counts, at `timestamp` (ms); one span for each run of neighbouring
 * buckets.
 */
export function toWire(histogram: Histogram, timestamp: number): Partial<WireHistogram> {
  const { schema, zeroThreshold, zeroCount, sum, count, positive, negative } = histogram
  return {
    schema,
    zeroThreshold,
    sum,
    timestamp,
    countInt: count,
    zeroCountInt: zeroCount,
    positiveSpans: spans(positive),
    positiveDeltas: deltas(positive),
    negativeSpans: spans(negative),
    negativeDeltas: deltas(negative),
  }
}

/** A 64-bit integer as a number; throws a RecordError beyond 2^53, where numbers stop being exact. */
export function exact(wide: Wide): number {
  const number = typeof wide === 'number' ? wide : wide.toNumber()
  if (!Number.isSafeInteger(number)) throw new RecordError(`The push holds ${number}, too large to be exact.`)
  return number
}

function unfold(spans: readonly WireSpan[], deltas: readonly Wide[], floats: readonly number[]): Buckets {
  const size = sumBuckets(spans.map(({ length }) => length))
  if (size > MAX_BUCKETS || size !== Math.max(deltas.length, floats.length)) {
    throw new RecordError(
      `A histogram's spans hold ${size} buckets, its counts ${deltas.length + floats.length}.`,
    )
  }
  const indexes: number[] = []
  let next = 0
  for (const { offset, length } of spans) {
    if (offset < 0 && indexes.length > 0) throw new RecordError('A histogram has overlapping spans.')
    next += offset
    if (Math.abs(next) + length > MAX_INDEX)
      throw new RecordError('A histogram has a bucket beyond all numbers.')
    for (let bucket = 0; bucket < length; bucket++) indexes.push(next++)
  }
  let current = 0
  const counts = floats.length > 0 ? floats : deltas.map((delta) => (current += exact(delta)))
  if (counts.some((count) => !(count >= 0)))
    throw new RecordError('A histogram has a bucket with less than nothing in it.')
  return gather(indexes, counts)
}

function spans({ indexes }: Buckets): WireSpan[] {
  const runs: { offset: number; length: number }[] = []
  indexes.forEach((index, at) => {
    const gap = index - (indexes[at - 1] ?? -1) - 1
    const run = runs.at(-1)
    if (run && gap === 0) run.length++
    else runs.push({ offset: gap, length: 1 })
  })
  return runs
}

function deltas({ counts }: Buckets): number[] {
  return counts.map((count, at) => count - (counts[at - 1] ?? 0))
}
