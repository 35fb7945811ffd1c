import { number, shareText } from '../base/index.ts'

/** A cell in words; `isBad` where something failed. */
export interface NamedCell {
  text: string
  isBad?: boolean
}

/** Figures by name: the first cell of a row is the name, the first heading the title. */
export interface NamedTable {
  title: string
  headings: string[]
  rows: NamedCell[][]
}

/** A row of figures, named by the parts of its place that are known. */
export const namedRow = (place: readonly (string | undefined)[], figures: readonly string[]): NamedCell[] =>
  [place.filter((part) => part !== undefined).join(' › '), ...figures].map((text) => ({ text }))

/** How many of so many failed: `348 (3 %)`. */
export const failedCell = (failed: number, count: number): NamedCell =>
  failed > 0 ? { text: `${number(failed)} (${shareText(failed, count)})`, isBad: true } : { text: '0' }
