import { plural } from '../../base/index.ts'
import type { Reason, Verdict } from '../../record/index.ts'
import { decided, told } from '../rules/rule.ts'
import { EARLY_STAGES, ROLLOUT_NOTES, ROLLOUT_STAGES, type RolloutFacts } from './rules.ts'
import type { RolloutRow } from './row.ts'

/** The version of a decision's shape as JSON. */
export const ROLLOUT_SCHEMA = 1

/** What becomes of a canary. */
export type RolloutDecided = 'promote' | 'hold' | 'roll back'

/** What a watch decides of a canary, why, and each metric that was looked at. */
export interface RolloutDecision {
  readonly schema: typeof ROLLOUT_SCHEMA
  readonly canary: string
  readonly stable: string
  /** ISO 8601, UTC. */
  readonly decidedAt: string
  readonly decision: RolloutDecided
  readonly exitCode: number
  /** The answer in a sentence. */
  readonly text: string
  readonly looks: number
  readonly planned: number
  readonly reasons: readonly Reason[]
  readonly notes: readonly Reason[]
  readonly rows: readonly RolloutRow[]
}

const DECIDED: Readonly<Record<Verdict, RolloutDecided>> = {
  pass: 'promote',
  fail: 'roll back',
  inconclusive: 'hold',
  invalid: 'hold',
}
const WORDS: Readonly<Record<RolloutDecided, string>> = {
  promote: 'Promote',
  hold: 'Hold',
  'roll back': 'Roll back',
}

/** Decides of a canary: while looks are left only what ends a watch before its time, undefined where nothing does. */
export function decideRollout(facts: RolloutFacts, now: Date): RolloutDecision | undefined {
  const isOver = facts.looks >= facts.planned
  const judgement = decided(isOver ? ROLLOUT_STAGES : EARLY_STAGES, facts)
  if (judgement === undefined) return undefined
  const { verdict, exitCode, reasons } = judgement
  const decision = DECIDED[verdict]
  const more = reasons.length > 1 ? `, and ${plural(reasons.length - 1, 'more reason')}` : ''
  const { canary, stable, looks, planned, rows } = facts
  return {
    schema: ROLLOUT_SCHEMA,
    canary,
    stable,
    decidedAt: now.toISOString(),
    decision,
    exitCode,
    text: `${WORDS[decision]}: ${reasons[0]?.text ?? ''}${more}`,
    looks,
    planned,
    reasons,
    notes: told(ROLLOUT_NOTES, facts),
    rows,
  }
}
