import { type Buckets, sumBuckets } from './buckets.ts'
import { RecordError } from './errors.ts'
import type { Histogram } from './histogram.ts'
import type { WireHistogram, WireSpan } from './messages.ts'

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
  const zeroCount = wire.zeroCountInt + wire.zeroCountFloat
  const count = wire.countInt + wire.countFloat
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

function unfold(spans: readonly WireSpan[], deltas: readonly number[], floats: readonly number[]): Buckets {
  const given = Math.max(deltas.length, floats.length)
  const size = spans.reduce((sum, { length }) => sum + length, 0)
  if (size > MAX_BUCKETS || size !== given) {
    throw new RecordError(
      `A histogram's spans hold ${size} buckets, its counts ${deltas.length + floats.length}.`,
    )
  }
  const indexes: number[] = []
  const counts: number[] = []
  let [next, at, current] = [0, 0, 0]
  for (const { offset, length } of spans) {
    if (offset < 0 && at > 0) throw new RecordError('A histogram has overlapping spans.')
    next += offset
    if (Math.abs(next) + length > MAX_INDEX)
      throw new RecordError('A histogram has a bucket beyond all numbers.')
    for (let bucket = 0; bucket < length; bucket++, next++, at++) {
      current = floats.length > 0 ? (floats[at] ?? 0) : current + (deltas[at] ?? 0)
      if (!(current >= 0)) throw new RecordError('A histogram has a bucket with less than nothing in it.')
      if (current === 0) continue
      indexes.push(next)
      counts.push(current)
    }
  }
  return { indexes, counts }
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
