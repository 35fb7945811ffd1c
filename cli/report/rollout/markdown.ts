import { textsOf } from '../../record/index.ts'
import type { RolloutDecided, RolloutDecision } from '../../verdict/index.ts'
import { markdownText } from '../markdownText.ts'
import { headingOf, rowCells, shownRows } from './cells.ts'
import { aboutText, moreText } from './text.ts'

const SIGNS: Readonly<Record<RolloutDecided, string>> = { promote: '✅', hold: '❔', 'roll back': '❌' }

/** Characters of a sentence at most. */
const MAX_CHARACTERS = 1000

/** A decision on a canary as Markdown for a step summary: the answer first, then each metric. */
export function rolloutMarkdown(decision: RolloutDecision): string {
  const { text, reasons, notes, rows } = decision
  const shown = shownRows(decision)
  const sentence = (one: string): string => markdownText(one, MAX_CHARACTERS)
  const list = (texts: readonly string[]): string => texts.map((one) => `- ${sentence(one)}`).join('\n')
  const line = (cells: readonly string[]): string => `| ${cells.map(sentence).join(' | ')} |`
  const heading = headingOf()
  return [
    `## ${SIGNS[decision.decision]} ${sentence(text)}`,
    sentence(aboutText(decision)),
    ...(reasons.length > 1 ? [list(textsOf(reasons))] : []),
    ...(notes.length > 0 ? [list(textsOf(notes))] : []),
    ...(rows.length > 0
      ? [
          [line(heading), line(heading.map(() => '---')), ...rows.map((row) => line(rowCells(row)))].join(
            '\n',
          ),
        ]
      : []),
    ...(rows.length > shown.length ? [sentence(moreText(rows.length - shown.length))] : []),
    '',
  ].join('\n\n')
}
