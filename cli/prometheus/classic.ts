import { upperBound } from './buckets.ts'
import type { Histogram } from './histogram.ts'
import { histogramIn } from './points.ts'
import { labelBytes, labelsOf, samplePoint, type RawSeries, type WirePoint } from './wire.ts'

const powers = (base: number, from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, step) => base ** (from + step))

/**
 * The upper bounds (`le`) of classic histograms, by the unit at the end of the name. All are powers of two, and so
 * bounds of every native schema from 0 on: the counts under them are exact.
 */
export const BOUNDS: readonly (readonly [suffix: string, bounds: readonly number[]])[] = [
  ['_seconds', powers(2, -10, 7)],
  ['_bytes', powers(4, 3, 15)],
  ['', powers(4, -3, 10)],
]

/** A series in the classic form: `_bucket` by `le`, `_sum`, `_count`. One without histograms stays as it is. */
export function classicOf(series: RawSeries): RawSeries[] {
  if (!series.points.some(({ kind }) => kind === 'histogram')) return [series]
  const labels = labelsOf(series)
  const { __name__: name = '' } = labels
  const bounds = [...(BOUNDS.find(([suffix]) => name.endsWith(suffix))?.[1] ?? []), Infinity]
  const decoded = series.points.flatMap((point) => {
    const histogram = histogramAt(point)
    return histogram === 'broken' ? [] : [{ at: point.at, histogram }]
  })
  const made = (
    suffix: string,
    more: Record<string, string>,
    value: (of: Histogram) => number,
  ): RawSeries => ({
    labels: sorted({ ...labels, ...more, __name__: name + suffix }),
    points: decoded.map(({ at, histogram }) => samplePoint(at, histogram ? value(histogram) : 'stale')),
  })
  return [
    ...bounds.map((le) => made('_bucket', { le: leOf(le) }, (histogram) => countUnder(histogram, le))),
    made('_sum', {}, ({ sum }) => sum),
    made('_count', {}, ({ count }) => count),
  ]
}

/** A bound as a label's value. */
export const leOf = (bound: number): string => (bound === Infinity ? '+Inf' : String(bound))

/** How many values lie at or under a bound; between two bounds of its buckets, under the lower one. */
export function countUnder(
  { schema, zeroCount, count, positive, negative }: Histogram,
  bound: number,
): number {
  if (bound === Infinity) return count
  const under = positive.counts.filter((_, at) => upperBound(positive.indexes[at] ?? 0, schema) <= bound)
  return [...negative.counts, zeroCount, ...under].reduce((sum, each) => sum + each, 0)
}

/** A point's histogram; undefined for a stale marker. The recorder refuses broken ones before they come here. */
function histogramAt({ kind, bytes }: WirePoint): Histogram | undefined | 'broken' {
  if (kind === 'sample') return undefined
  try {
    return histogramIn(bytes)
  } catch {
    return 'broken'
  }
}

const sorted = (labels: Record<string, string>): Uint8Array[] =>
  Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => labelBytes(name, value))
