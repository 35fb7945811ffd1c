import { number, share } from '../../base/index.ts'
import type { Adequacy } from './adequacy.ts'
import type { AdequacyRow } from './row.ts'

/** The heads of the columns of {@link adequacyCells}. */
export const ADEQUACY_HEADS = ['', 'production', 'test', ''] as const

/** A line of the table in words: what, production, test, and whether they differ. */
export function adequacyCells({ rows }: Adequacy): { cells: string[]; differs: boolean }[] {
  return rows.map((row) => ({
    cells: [row.what, figure(row, row.production), figure(row, row.test), row.differs ? 'differs' : ''],
    differs: row.differs,
  }))
}

function figure({ aspect }: AdequacyRow, value: number | undefined): string {
  if (value === undefined) return '–'
  if (aspect === 'mix' || aspect === 'not covered') return share(value)
  return aspect === 'rate' ? `${number(value)}/s` : number(value)
}
