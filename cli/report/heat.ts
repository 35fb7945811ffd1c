import { truncate } from '../base/index.ts'
import type { StepCurves, TrendFigures } from '../record/index.ts'

/** A step's heatmap as it is drawn: only rows in use, at most so many columns. */
export interface Heat {
  journey: string
  step: string
  /** Upper bounds of the rows, milliseconds, ascending. */
  bounds: readonly number[]
  /** By how much a row's upper bound is above the one below it: 2^(1/8) where rows are k6's buckets. */
  factor: number
  /** How many windows a column holds: counts of neighbours are added where there are very many. */
  per: number
  /** For each column, for each bound, how many. */
  columns: readonly (readonly number[])[]
}

/** Columns at most: a screen has few more pixels. */
const MAX_COLUMNS = 400
/** Rows of the table that stands for a heatmap. */
const MAX_ROWS = 24

/** A step's heatmap with empty rows at the edges cut off, and columns added up where there are too many. */
export function heatOf({ journey, step, heatmap }: StepCurves): Heat {
  const per = Math.max(1, Math.ceil(heatmap.counts.length / MAX_COLUMNS))
  const columns = merged(heatmap.counts, per)
  const used = heatmap.bounds.flatMap((_, row) =>
    columns.some((column) => (column[row] ?? 0) > 0) ? [row] : [],
  )
  const [low = 0, high = -1] = [used[0], used.at(-1)]
  const [lower, upper] = heatmap.bounds
  const factor = lower !== undefined && upper !== undefined ? upper / lower : 2 ** (1 / 8)
  return {
    journey: truncate(journey, 200),
    step: truncate(step, 200),
    per,
    factor,
    bounds: heatmap.bounds.slice(low, high + 1).map((bound) => Number(bound.toPrecision(4))),
    columns: columns.map((column) => column.slice(low, high + 1)),
  }
}

function merged(columns: Heat['columns'], per: number): number[][] {
  const groups = Math.ceil(columns.length / per)
  return Array.from({ length: groups }, (_, group) => {
    const members = columns.slice(group * per, (group + 1) * per)
    const rows = Math.max(0, ...members.map(({ length }) => length))
    return Array.from({ length: rows }, (_, row) =>
      members.reduce((sum, member) => sum + (member[row] ?? 0), 0),
    )
  })
}

/** A stretch of a heatmap in figures; times in milliseconds, to the width of a bucket. */
export interface HeatRow extends Omit<TrendFigures, 'mean'> {
  /** The first column and how many follow. */
  column: number
  columns: number
  count: number
}

/** A heatmap as rows of a table: for those who do not see it, and on paper. */
export function heatRows({ bounds, columns, factor }: Heat): HeatRow[] {
  const per = Math.max(1, Math.ceil(columns.length / MAX_ROWS))
  return merged(columns, per).flatMap((counts, group) => {
    const count = counts.reduce((sum, one) => sum + one, 0)
    if (count === 0) return []
    const at = (q: number): number => quantileOf(bounds, counts, factor, q * count)
    return [{ column: group * per, columns: per, count, p50: at(0.5), p95: at(0.95), p99: at(0.99) }]
  })
}

/** Buckets grow by a constant factor: a rank inside one lies on that curve. */
function quantileOf(
  bounds: readonly number[],
  counts: readonly number[],
  factor: number,
  rank: number,
): number {
  let below = 0
  for (const [row, count] of counts.entries()) {
    if (count > 0 && below + count >= rank) {
      const upper = bounds[row] ?? 0
      return (upper / factor) * factor ** ((rank - below) / count)
    }
    below += count
  }
  return bounds.at(-1) ?? 0
}
