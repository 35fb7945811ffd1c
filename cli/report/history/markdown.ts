import { plural } from '../../base/index.ts'
import type { Change, History, HistorySeries } from '../../verdict/index.ts'
import { markdownText } from '../markdownText.ts'
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

const SIGNS: Readonly<Record<Change['verdict'], string>> = { worse: '❌', better: '✅', other: '❔' }
/** Characters of a sentence at most. */
const MAX_CHARACTERS = 1000
const sentence = (text: string): string => markdownText(text, MAX_CHARACTERS)

/** A history as Markdown for a step summary or a page of a repository. */
export const historyMarkdown = ({ text, series, accounts, notes }: History, all = false): string =>
  [
    `## ${sentence(text)}`,
    ...(notes.length > 0 ? [listed(notes)] : []),
    ...series.flatMap((one) => seriesParts(one, all)),
    ...(accounts.length > 0
      ? [
          '### Who answers',
          table(
            ['', ...ACCOUNT_HEADINGS],
            accounts.map((one) => [one.owner, ...accountCells(one)]),
          ),
        ]
      : []),
    ...(accounts.flatMap(accountNotes).length > 0 ? [listed(accounts.flatMap(accountNotes))] : []),
    '',
  ].join('\n\n')

function seriesParts(series: HistorySeries, all: boolean): string[] {
  const { shown, more } = shownHistory(series.rows, all)
  const changes = series.changes.map(
    (change) =>
      `- ${SIGNS[change.verdict]} ${sentence(change.text)}\n${changeDetails(change)
        .map((line) => `  - ${sentence(line)}`)
        .join('\n')}`,
  )
  const rows = shown.map((row) => [row.name, sparkline(row.values), ...rowCells(row)])
  return [
    `### ${sentence(seriesText(series))}`,
    ...(seriesNotes(series).length > 0 ? [listed(seriesNotes(series))] : []),
    ...(changes.length > 0 ? [changes.join('\n')] : []),
    ...(rows.length > 0 ? [table(['', 'trend', ...ROW_HEADINGS], rows)] : []),
    ...(more > 0 ? [`${plural(more, 'more row')}: \`--all\`.`] : []),
  ]
}

const listed = (texts: readonly string[]): string => texts.map((text) => `- ${sentence(text)}`).join('\n')

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(heads),
    line(heads.map((_, column) => (column > 0 ? '---:' : '---'))),
    ...rows.map((cells) => line(cells.map((cell) => markdownText(cell)))),
  ].join('\n')
}
