import { placeKey } from '../../record/index.ts'
import { isTail, type HistoryRow } from '../../verdict/index.ts'

/** Rows of a series on the first screen. */
const MAX_ROWS = 20

/**
 * The rows of a first screen: what changed, then of each place the p95, and where samples are too few for it the p50, and
 * what failed at all; or all.
 */
export function shownHistory(
  rows: readonly HistoryRow[],
  all: boolean,
): { shown: readonly HistoryRow[]; more: number } {
  if (all) return { shown: rows, more: 0 }
  const told = new Set(rows.filter(({ quantity }) => isTail(quantity)).map(placeKey))
  const telling = rows.filter((row) => {
    const { levels, quantity, values } = row
    if (levels.length > 1 || isTail(quantity)) return true
    return quantity === 'share'
      ? values.some((value) => (value ?? 0) > 0)
      : quantity === 'p50' && !told.has(placeKey(row))
  })
  const shown = telling.slice(0, MAX_ROWS)
  return { shown, more: rows.length - shown.length }
}
