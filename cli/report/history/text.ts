import pc from 'picocolors'
import { alignTable, plural, printable } from '../../base/index.ts'
import { dayOf, type Account, type Change, type History, type HistorySeries } from '../../verdict/index.ts'
import { shownHistory } from './shown.ts'
import { sparkline } from './sparkline.ts'
import {
  ACCOUNT_HEADINGS,
  accountCells,
  accountNotes,
  changeDetails,
  ROW_HEADINGS,
  rowCells,
  seriesNotes,
  seriesText,
} from './words.ts'

const PAINT: Readonly<Record<Change['verdict'], (text: string) => string>> = {
  worse: pc.red,
  better: pc.green,
  other: pc.yellow,
}

/** A history for a terminal: the answer, of each series its changes and its rows, and who answers for what. */
export const historyText = ({ text, series, accounts, notes }: History, all = false): string =>
  [
    pc.bold(printable(text)),
    ...notes.map((note) => pc.yellow(printable(note))),
    ...series.flatMap((one) => ['', ...seriesLines(one, all)]),
    ...accountLines(accounts),
  ].join('\n')

function seriesLines(series: HistorySeries, all: boolean): string[] {
  const { changes, rows } = series
  const { shown, more } = shownHistory(rows, all)
  const table = shown.map((row) => [printable(row.name), sparkline(row.values), ...rowCells(row)])
  return [
    pc.bold(printable(seriesText(series))),
    ...seriesNotes(series).map((note) => `  ${pc.yellow(printable(note))}`),
    ...(changes.length > 0 ? ['', ...changes.flatMap(changeLines)] : []),
    ...(table.length > 0 ? ['', ...alignTable([['', 'trend', ...ROW_HEADINGS].map(pc.dim), ...table])] : []),
    ...(more > 0 ? [pc.dim(`and ${plural(more, 'more row')}: --all`)] : []),
  ]
}

const changeLines = (change: Change): string[] => [
  `  ${dayOf(change.run.startedAt)}  ${PAINT[change.verdict](change.verdict === 'other' ? 'changed' : change.verdict)}  ${printable(change.text)}`,
  ...changeDetails(change).map((line) => pc.dim(`    ${printable(line)}`)),
]

function accountLines(accounts: readonly Account[]): string[] {
  if (accounts.length === 0) return []
  const rows = accounts.map((one) => [printable(one.owner), ...accountCells(one)])
  return [
    '',
    pc.bold('Who answers'),
    ...alignTable([['', ...ACCOUNT_HEADINGS].map(pc.dim), ...rows]),
    ...accounts.flatMap(accountNotes).map((note) => pc.dim(`  ${printable(note)}`)),
  ]
}
