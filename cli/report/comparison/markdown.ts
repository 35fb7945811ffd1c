import { plural } from '../../base/index.ts'
import type { Comparison, Row, RowVerdict } from '../../verdict/index.ts'
import { markdownText } from '../markdownText.ts'
import { evidenceText } from './evidence.ts'
import { aboutText, differenceText } from './heading.ts'
import { cellsOf, HEADINGS, shownRows, whyOf } from './rows.ts'

const SIGNS: Readonly<Record<RowVerdict, string>> = {
  worse: '❌ worse',
  better: '✅ better',
  same: '➖ same',
  'cannot tell': '❔ cannot tell',
}

/** A comparison as Markdown for a pull request or a step summary. */
export function comparisonMarkdown(comparison: Comparison, all = false): string {
  const { verdict, text, differences } = comparison
  const { shown, more } = shownRows(comparison, all)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const head = [...HEADINGS, 'verdict', 'why']
  return [
    `## ${SIGNS[verdict].split(' ')[0] ?? ''} ${markdownText(text, 1000)}`,
    markdownText(aboutText(comparison), 1000),
    ...(differences.length > 0
      ? [
          `### What differs\n\n${differences.map((one) => `- ${one.decisive ? '**not comparable:** ' : ''}${markdownText(differenceText(one), 1000)}`).join('\n')}`,
        ]
      : []),
    [
      line(head),
      line(head.map((_, column) => (column > 0 && column < 6 ? '---:' : '---'))),
      ...shown.map((row) =>
        line([
          ...cellsOf(row).map((cell) => markdownText(cell)),
          SIGNS[row.verdict],
          markdownText(whyOf(row), 400),
        ]),
      ),
    ].join('\n'),
    ...evidenceDetails(shown),
    ...(more > 0 ? [`${plural(more, 'more row')} in the JSON of \`loadwright compare --format json\`.`] : []),
    '',
  ].join('\n\n')
}

/** What is told beside the verdicts, folded away. */
function evidenceDetails(rows: readonly Row[]): string[] {
  const told = rows.flatMap((row) => {
    const text = evidenceText(row)
    return text === undefined ? [] : [`- ${markdownText(row.name)}: ${markdownText(text, 400)}`]
  })
  const head =
    '<summary>Beside the verdicts, of which it is no part: evidence from the course of the runs</summary>'
  return told.length > 0 ? [`<details>\n${head}`, told.join('\n'), '</details>'] : []
}
