import pc from 'picocolors'
import { alignTable, plural, printable, truncate } from '../../base/index.ts'
import type { Comparison, RowVerdict } from '../../verdict/index.ts'
import { aboutText, differenceText } from './heading.ts'
import { cellsOf, HEADINGS, shownRows, whyOf } from './rows.ts'

const PAINT: Readonly<Record<RowVerdict, (text: string) => string>> = {
  worse: pc.red,
  better: pc.green,
  same: (text) => text,
  'cannot tell': pc.yellow,
}

/** Characters of a name at most: a table stays readable whatever steps are called. */
const MAX_CHARACTERS = 100
/** Characters of the answer at most. */
const MAX_ANSWER = 1000

/** A comparison for a terminal: the answer, what differs, the rows that matter; with `all`, every row. */
export function comparisonText(comparison: Comparison, all = false): string {
  const { verdict, text, differences } = comparison
  const { shown, more } = shownRows(comparison, all)
  const rows = shown.map((row) => [
    ...cellsOf(row).map((cell) => printable(truncate(cell, MAX_CHARACTERS))),
    `${PAINT[row.verdict](row.verdict)}${whyOf(row) === '' ? '' : pc.dim(` (${row.reason.code})`)}`,
  ])
  const hints = new Map(
    shown.filter((row) => whyOf(row) !== '').map(({ reason }) => [reason.code, reason.text]),
  )
  return [
    pc.bold(PAINT[verdict](printable(truncate(text, MAX_ANSWER)))),
    `  ${printable(aboutText(comparison))}`,
    ...(differences.length > 0 ? ['', 'What differs'] : []),
    ...differences.map(
      (one) => `  ${one.decisive ? pc.yellow('not comparable: ') : ''}${printable(differenceText(one))}`,
    ),
    '',
    ...(rows.length > 0 ? alignTable([[...HEADINGS, 'verdict'].map(pc.dim), ...rows]) : []),
    ...(more > 0 ? [pc.dim(`and ${plural(more, 'more row')}: --all`)] : []),
    ...[...hints].map(([code, why]) => pc.dim(`${code}: ${printable(why)}`)),
  ].join('\n')
}
