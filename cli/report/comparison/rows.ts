import { changeText, figureText, sizeText, type Comparison, type Row } from '../../verdict/index.ts'

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

/** The rows of a first screen: what moved or is open, then p95 and failures; or all. */
export function shownRows({ rows }: Comparison, all: boolean): { shown: readonly Row[]; more: number } {
  if (all) return { shown: rows, more: 0 }
  const isMain = ({ quantity }: Row): boolean => quantity === 'p95' || quantity === 'share'
  const telling = rows.filter(
    (row) =>
      row.verdict === 'worse' ||
      row.verdict === 'better' ||
      (row.judged && isMain(row) && row.candidate !== undefined),
  )
  const shown = telling.slice(0, MAX_ROWS)
  return { shown, more: rows.length - shown.length }
}

/** Of a row that needs it, why it is so. */
export const whyOf = ({ verdict, reason }: Row): string => (verdict === 'cannot tell' ? reason.text : '')
