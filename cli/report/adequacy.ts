import pc from 'picocolors'
import { ADEQUACY_HEADS, adequacyCells, type RunRecord } from '../record/index.ts'
import { alignTable, printable } from '../base/index.ts'

/** The test beside production as lines for a terminal; none where no production is known. */
export function adequacyLines({ adequacy }: Pick<RunRecord, 'adequacy'>): string[] {
  if (adequacy === undefined) return []
  const [, ...heads] = ADEQUACY_HEADS
  const rows = adequacyCells(adequacy).map(({ cells: [what = '', ...others], differs }) => [
    `  ${printable(what)}`,
    ...others.map((cell, column) => (differs && column === 2 ? pc.yellow(cell) : cell)),
  ])
  return [...alignTable([['Adequacy', ...heads], ...rows]), printable(adequacy.sentence), '']
}
