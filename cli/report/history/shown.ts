import type { HistoryRow } from '../../verdict/index.ts'

/** Rows of a series on the first screen. */
const MAX_ROWS = 20

/** The rows of a first screen: what changed, then p95 and what failed at all; or all. */
export function shownHistory(
  rows: readonly HistoryRow[],
  all: boolean,
): { shown: readonly HistoryRow[]; more: number } {
  if (all) return { shown: rows, more: 0 }
  const telling = rows.filter(
    ({ levels, quantity, values }) =>
      levels.length > 1 ||
      quantity === 'p95' ||
      (quantity === 'share' && values.some((value) => (value ?? 0) > 0)),
  )
  const shown = telling.slice(0, MAX_ROWS)
  return { shown, more: rows.length - shown.length }
}
