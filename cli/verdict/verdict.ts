import type { Facts } from './facts.ts'
import { decided, told, type Judgement } from './rules/rule.ts'
import { NOTES, STAGES } from './rules/table.ts'
import type { Reason } from '../record/index.ts'

/** Judges a run by the table of rules: its verdict with the reasons, and what deserves attention beside them. */
export function judge(facts: Facts): Judgement & { notes: Reason[] } {
  const judgement = decided(STAGES, facts)
  if (!judgement) throw new Error('no rule of the table judges this run')
  return { ...judgement, notes: told(NOTES, { ...facts, verdict: judgement.verdict }) }
}
