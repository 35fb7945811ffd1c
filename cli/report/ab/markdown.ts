import { plural } from '../../base/index.ts'
import { textsOf, type Verdict } from '../../record/index.ts'
import type { AbResult, RowVerdict } from '../../verdict/index.ts'
import { shownRows, whyOf } from '../comparison/rows.ts'
import { markdownText } from '../markdownText.ts'
import { AB_HEADINGS, abCells } from './cells.ts'
import { abAbout } from './words.ts'

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔', invalid: '⚠️' }
const ROW_SIGNS: Readonly<Record<RowVerdict, string>> = {
  worse: '❌ worse',
  better: '✅ better',
  same: '➖ same',
  'cannot tell': '❔ cannot tell',
}

/** Characters of a sentence at most. */
const MAX_CHARACTERS = 1000

/** An A/B test as Markdown for a pull request or a step summary. */
export function abMarkdown(result: AbResult, all = false): string {
  const { verdict, text, reasons, notes } = result
  const { shown, more } = shownRows(result, all)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const sentence = (one: string): string => markdownText(one, MAX_CHARACTERS)
  const list = (texts: readonly string[]): string => texts.map((one) => `- ${sentence(one)}`).join('\n')
  const head = [...AB_HEADINGS, 'verdict', 'why']
  return [
    `## ${SIGNS[verdict]} ${sentence(text)}`,
    sentence(abAbout(result)),
    ...(reasons.length > 1 ? [list(textsOf(reasons))] : []),
    ...(notes.length > 0 ? [list(textsOf(notes))] : []),
    ...(shown.length === 0
      ? []
      : [
          [
            line(head),
            line(head.map((_, column) => (column > 0 && column < AB_HEADINGS.length ? '---:' : '---'))),
            ...shown.map((row) =>
              line([
                ...abCells(row).map((cell) => markdownText(cell)),
                ROW_SIGNS[row.verdict],
                markdownText(whyOf(row), MAX_CHARACTERS),
              ]),
            ),
          ].join('\n'),
        ]),
    ...(more > 0 ? [`${plural(more, 'more row')} in \`ab.json\`.`] : []),
    '',
  ].join('\n\n')
}
