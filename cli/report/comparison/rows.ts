import { placeKey } from '../../record/index.ts'
import {
  changeText,
  figureText,
  isOpen,
  isTail,
  sizeText,
  type Comparison,
  type Row,
} from '../../verdict/index.ts'

/** Rows on the first screen. */
const MAX_ROWS = 20

/** A row as cells: name, before, after, change, noise, what would be found. */
export function cellsOf({ name, unit, base, candidate, change, noise, detectable }: Row): string[] {
  const of = (value: number | undefined): string => (value === undefined ? '–' : figureText(value, unit))
  const size = (value: number | undefined): string =>
    value === undefined || base === undefined ? '–' : sizeText(value, unit, base)
  return [
    name,
    of(base),
    of(candidate),
    change === undefined ? '–' : changeText(change, unit, base),
    noise === undefined ? '–' : `±${size(noise)}`,
    detectable === undefined ? '–' : size(detectable),
  ]
}

/** The heads of {@link cellsOf}. */
export const HEADINGS = ['', 'baseline', 'candidate', 'change', 'noise', 'found from'] as const

/**
 * The rows of a first screen: what moved, then of each place the p95, and where samples are too few for it the p50, and
 * failures where their share is another one; or all.
 */
export function shownRows(
  { rows }: Pick<Comparison, 'rows'>,
  all: boolean,
): { shown: readonly Row[]; more: number } {
  if (all) return { shown: rows, more: 0 }
  const told = new Set(rows.filter(({ isCounted }) => isCounted).map(keyOf))
  const isMain = (row: Row): boolean =>
    isTail(row.quantity) ||
    (row.quantity === 'p50' &&
      row.isCounted &&
      !(['p75', 'p95'] as const).some((quantity) => told.has(keyOf({ ...row, quantity }))))
  const telling = rows.filter((row) => {
    const { verdict, judged, isCounted, quantity, base = 0, candidate = 0 } = row
    if (verdict === 'worse' || verdict === 'better') return true
    if (judged && isOpen(row)) return true
    if (!judged || row.candidate === undefined) return false
    return quantity === 'share' ? isCounted && base !== candidate : isMain(row)
  })
  const shown = telling.slice(0, MAX_ROWS)
  return { shown, more: rows.length - shown.length }
}

const keyOf = (row: Row): string => `${placeKey(row)} ${row.quantity}`

/** Of a row that needs it, why it is so. */
export const whyOf = ({ verdict, reason }: Row): string => (verdict === 'cannot tell' ? reason.text : '')
