import { rescaleBuckets, sumBuckets, upperBound, type Histogram } from '../prometheus/index.ts'
import type { Heatmap } from './timeline.ts'

/**
 * How often a time (histograms in seconds) lay in which bucket, window by window, in at most `rows` rows: neighbouring
 * buckets are taken together where there are more. What counts as 0, or lies below it, is in the lowest row.
 */
export function heatmapOf(windows: readonly (Histogram | undefined)[], rows: number): Heatmap {
  const known = windows.filter((each) => each !== undefined)
  let schema = Math.min(3, ...known.map((each) => each.schema))
  while (schema > -4 && rowsAt(known, schema).length > rows) schema--
  const indexes = rowsAt(known, schema)
  const [lowest = 0] = indexes
  return {
    bounds: indexes.map((index) => upperBound(index, schema) * 1000),
    counts: windows.map((each) => {
      const row = indexes.map(() => 0)
      if (!each) return row
      const { positive, negative, zeroCount } = rescaleBuckets(each, schema)
      positive.indexes.forEach((index, at) => (row[index - lowest] = positive.counts[at] ?? 0))
      row[0] = (row[0] ?? 0) + zeroCount + sumBuckets(negative.counts)
      return row
    }),
  }
}

/** Every bucket from the lowest to the highest that is occupied. */
function rowsAt(histograms: readonly Histogram[], schema: number): number[] {
  let lowest = Infinity
  let highest = -Infinity
  for (const each of histograms) {
    const { indexes } = each.positive
    const steps = each.schema - schema
    const wide = (index: number): number => (steps > 0 ? ((index - 1) >> steps) + 1 : index)
    const [first, last] = [indexes[0], indexes.at(-1)]
    if (first === undefined || last === undefined) continue
    lowest = Math.min(lowest, wide(first))
    highest = Math.max(highest, wide(last))
  }
  if (lowest > highest) return histograms.length > 0 ? [0] : []
  return Array.from({ length: highest - lowest + 1 }, (_, row) => lowest + row)
}
