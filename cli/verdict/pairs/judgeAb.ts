import { EXIT } from '../../base/index.ts'
import { VERDICT_WORDS } from '../../record/index.ts'
import { decided, told } from '../rules/rule.ts'
import { AB_NOTES, AB_STAGES, type AbFacts } from './abRules.ts'
import { AB_SCHEMA, type AbPlan, type AbResult } from './abResult.ts'

/** An A/B test that ended, with its verdict. */
export function judgeAb(plan: AbPlan, facts: AbFacts, endedAt: string): AbResult {
  const judgement = decided(AB_STAGES, facts)
  if (judgement === undefined) throw new Error('a comparison is one of those that the stages know')
  const { verdict, exitCode, reasons } = judgement
  return {
    ...headOf(plan, facts),
    state: 'ended',
    endedAt,
    verdict,
    exitCode,
    text: `${VERDICT_WORDS[verdict]}: ${reasons[0]?.text ?? ''}`,
    reasons,
    notes: told(AB_NOTES, facts),
  }
}

/** An A/B test that still runs: what it leaves if it is killed. */
export const runningAb = (plan: AbPlan, facts: AbFacts): AbResult => ({
  ...headOf(plan, facts),
  state: 'running',
  verdict: 'invalid',
  exitCode: EXIT.invalid,
  text: `${VERDICT_WORDS.invalid}: the test has not ended: ${facts.counted} of ${plan.pairs} pairs`,
  reasons: [],
  notes: [],
})

const headOf = (plan: AbPlan, { counted, comparison, runs }: AbFacts) => ({
  loadwright: 'ab' as const,
  schema: AB_SCHEMA as typeof AB_SCHEMA,
  ...plan,
  counted,
  change: comparison.verdict,
  runs,
  rows: comparison.rows,
})
