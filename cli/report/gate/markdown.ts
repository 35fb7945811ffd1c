import { plural } from '../../base/index.ts'
import { textsOf, type Verdict } from '../../record/index.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { markdownText } from '../markdownText.ts'
import { aboutText, approvalText, caseText, sortedCases, waiverText } from './words.ts'

const SIGNS: Readonly<Record<Verdict, string>> = { pass: '✅', fail: '❌', inconclusive: '❔', invalid: '⚠️' }

const OUTCOMES: Readonly<Record<GateCase['outcome'], string>> = {
  failed: '❌ failed',
  open: '❔ open',
  waived: '⏳ waived',
  'cannot tell': '❔ cannot tell',
  held: '✅ held',
}

/** Characters of a sentence at most. */
const MAX_CHARACTERS = 1000
/** Cases of the table. */
const MAX_CASES = 40

/** A decision as Markdown for a pull request or a step summary: verdict first, then the cases that matter. */
export function decisionMarkdown(decision: Decision, all = false, next?: string): string {
  const { verdict, text, reasons, notes } = decision
  const cases = sortedCases(decision)
  const shown = all ? cases : cases.filter(({ outcome }) => outcome !== 'cannot tell').slice(0, MAX_CASES)
  const approval = approvalText(decision)
  const sentence = (one: string): string => markdownText(one, MAX_CHARACTERS)
  const list = (texts: readonly string[]): string => texts.map((one) => `- ${sentence(one)}`).join('\n')
  return [
    `## ${SIGNS[verdict]} ${sentence(text)}`,
    ...(approval === undefined ? [] : [`**${sentence(approval)}**`]),
    sentence(aboutText(decision)),
    ...(reasons.length > 1 ? [list(textsOf(reasons))] : []),
    ...(notes.length > 0 ? [list(textsOf(notes))] : []),
    ...(shown.length > 0 ? [tableOf(shown)] : []),
    ...(cases.length > shown.length
      ? [`${plural(cases.length - shown.length, 'more figure')}: \`--all\`.`]
      : []),
    ...(next === undefined ? [] : [`To confirm it, once: \`${next}\``]),
    '',
  ].join('\n\n')
}

function tableOf(cases: readonly GateCase[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    line(['', 'figure', 'waiver']),
    line(['---', '---', '---']),
    ...cases.map((one) =>
      line([
        OUTCOMES[one.outcome],
        markdownText(caseText(one), MAX_CHARACTERS),
        markdownText(waiverText(one), MAX_CHARACTERS),
      ]),
    ),
  ].join('\n')
}
