import { expect, test } from 'vitest'
import { FIRST, LAST } from '../cli/cloud/rules.ts'
import { PROBLEMS } from '../cli/record/index.ts'
import { ROW_RULES } from '../cli/verdict/comparison/rules.ts'
import { GATE_NOTES } from '../cli/verdict/gate/notes.ts'
import { GATE_STAGES } from '../cli/verdict/gate/rules.ts'
import { AB_NOTES, AB_STAGES } from '../cli/verdict/pairs/abRules.ts'
import { PAIR_RULES } from '../cli/verdict/pairs/rules.ts'
import { ROLLOUT_NOTES, ROLLOUT_STAGES } from '../cli/verdict/rollout/rules.ts'
import { NOT_ENDED } from '../cli/verdict/rules/notEnded.ts'
import { REGION_NOTES } from '../cli/verdict/rules/regions.ts'
import type { VerdictEffect, VerdictRule, VerdictStage } from '../cli/verdict/rules/rule.ts'
import { NOTES, STAGES } from '../cli/verdict/rules/table.ts'

/** What a row of the table says of itself. */
type Told = Pick<VerdictRule<never>, 'code' | 'effect' | 'about'>

const rowsOf = <Facts>(stages: readonly VerdictStage<Facts>[]): Told[] =>
  stages.flatMap(({ decide, tell = [] }) => [...decide, ...tell])

const ofGate = rowsOf(GATE_STAGES)
const ofAb = rowsOf(AB_STAGES)
const ofRollout = [...new Set(rowsOf(ROLLOUT_STAGES))]
const reasons = [NOT_ENDED, ...rowsOf(STAGES), ...rowsOf(FIRST), ...rowsOf(LAST)]

const DECISIONS: Readonly<Record<VerdictEffect, string>> = {
  interrupted: '**hold** (exit 105)',
  refused: '**hold** (exit 104)',
  invalid: '**hold** (exit 96)',
  fail: '**roll back**',
  inconclusive: '**hold**',
  pass: '**promote**',
  note: 'a note',
}

const EFFECTS: Readonly<Record<VerdictEffect, string>> = {
  interrupted: '**invalid** (exit 105)',
  refused: '**invalid** (exit 104)',
  invalid: '**invalid**',
  fail: '**fail**',
  inconclusive: '**inconclusive**',
  pass: '**pass**',
  note: 'a note',
}

/** The page of all codes. */
function reasonsPage(): string {
  const cells = ({ code, effect, about }: Told): string[] => [`\`${code}\``, EFFECTS[effect], about]
  const all = [...reasons, ...REGION_NOTES, ...NOTES].map(cells)
  const once = [...new Map(all.map((row) => [row.join(), row])).values()]
  return `# Reasons and notes

<!-- Generated from the table of rules: \`npm run docs\` writes it anew. -->

\`reasons\`, \`notes\` and \`problems\` of a [run record](run-record.md) are lists of \`{ code, text, data }\`: a name that stays
the same, a sentence for a person, and the figures and names that the sentence has, at most 10 of a list and 500
characters of each. Programs read \`code\` and \`data\`: sentences may get better.

\`\`\`json
{
  "code": "threshold-crossed",
  "text": "http_req_duration{journey:checkout,phase:steady}: p(95)<800 was crossed (912.346)",
  "data": { "metric": "http_req_duration{journey:checkout,phase:steady}", "threshold": "p(95)<800", "value": 912.3456 }
}
\`\`\`

The rules are read in this order. The first rule that applies decides the verdict; other rules that apply add further reasons.

${table(['code', 'makes the run', 'applies where'], once)}

\`problems\` are what could not be recorded, or read of what was. They change no verdict: where figures are not whole because of
one, a reason says so (\`record-incomplete\`, \`collector-full\`).

${table(
  ['code', 'told where'],
  Object.entries(PROBLEMS).map(([code, about]) => [`\`${code}\``, about]),
)}

## Rows of a comparison

Each row of [\`loadwright compare\`](comparing.md) has a \`reason\` of the same form. The first rule that applies decides.

${table(
  ['code', 'the row is', 'applies where'],
  ROW_RULES.map(({ code, verdict, about }) => [`\`${code}\``, `**${verdict}**`, about]),
)}

## Decisions of a gate

[\`loadwright gate\`](gating.md) has \`reasons\` and \`notes\` of the same form, decided in this order.

${table(['code', 'makes the gate', 'applies where'], [...ofGate, ...GATE_NOTES].map(cells))}

## Rows of an A/B test

Each row of [\`loadwright ab\`](ab.md) has a \`reason\` of the same form. The first rule that applies decides.

${table(
  ['code', 'the row is', 'applies where'],
  PAIR_RULES.map(({ code, verdict, about }) => [`\`${code}\``, `**${verdict}**`, about]),
)}

## Decisions of an A/B test

It has \`reasons\` and \`notes\`, decided in this order.

${table(['code', 'makes the test', 'applies where'], [...ofAb, ...AB_NOTES].map(cells))}

## Decisions on a canary

[\`loadwright watch\`](rollouts.md) has \`reasons\` and \`notes\` of the same form, decided in this order.

${table(
  ['code', 'the decision', 'applies where'],
  [...ofRollout, ...ROLLOUT_NOTES].map(({ code, effect, about }) => [
    `\`${code}\``,
    DECISIONS[effect],
    about,
  ]),
)}
`
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

// `npm run docs` writes this file: it runs this test with --update.
test('docs/reasons.md has the code of every rule', async () => {
  await expect(reasonsPage()).toMatchFileSnapshot('../docs/reasons.md')
})

test('every reason decides something, no note does, and codes are words', () => {
  for (const { code, about } of [
    ...reasons,
    ...REGION_NOTES,
    ...NOTES,
    ...ROW_RULES,
    ...ofGate,
    ...GATE_NOTES,
    ...ofRollout,
    ...ROLLOUT_NOTES,
    ...PAIR_RULES,
    ...ofAb,
    ...AB_NOTES,
  ]) {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(about).not.toMatch(/[|\n.]$/)
  }
  expect([...reasons, ...ofGate, ...ofRollout, ...ofAb].filter(({ effect }) => effect === 'note')).toEqual([])
  expect(
    [...REGION_NOTES, ...NOTES, ...GATE_NOTES, ...ROLLOUT_NOTES, ...AB_NOTES].filter(
      ({ effect }) => effect !== 'note',
    ),
  ).toEqual([])
})
