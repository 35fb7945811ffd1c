import type { Tolerance } from '../../../config/gate.ts'
import { defined, EXIT, plural } from '../../base/index.ts'
import { VERDICT_WORDS, type Reason, type RunRecord, type Verdict } from '../../record/index.ts'
import type { Comparison } from '../comparison/compare.ts'
import type { LeftOut } from '../comparison/leftOut.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { Places } from '../comparison/sides.ts'
import { isOpen } from '../comparison/summary.ts'
import type { UnlikeBase } from '../comparison/unlikeBaseline.ts'
import { decided, told, type Judgement } from '../rules/rule.ts'
import { casesOf, ownersIn } from './cases.ts'
import type { GateCase } from './gateCase.ts'
import type { GatePolicy } from './policy.ts'
import { GATE_NOTES } from './notes.ts'
import { GATE_STAGES, type GateFacts } from './rules.ts'
import { isExpired, type Waiver } from './waiver.ts'

/** The version of a decision's shape as JSON. */
export const DECISION_SCHEMA = 1

/** What a gate decides of a run: its verdict with reasons, and each threshold and row that was judged. */
export interface Decision {
  readonly schema: typeof DECISION_SCHEMA
  readonly run: Pick<RunRecord, 'id' | 'suite' | 'environment' | 'profile' | 'startedAt' | 'verdict'>
  /** ISO 8601, UTC. */
  readonly decidedAt: string
  readonly verdict: Verdict
  /** The exit code of the command: by the policy, or 0 where somebody approved what failed. */
  readonly exitCode: number
  /** The answer in a sentence. */
  readonly text: string
  readonly reasons: readonly Reason[]
  readonly notes: readonly Reason[]
  readonly cases: readonly GateCase[]
  /** With what the run was compared; absent where there was nothing. */
  readonly base?: Comparison['base']
  /** The second run whose figures are in this decision. */
  readonly confirmedBy?: string
  /** Who let it through in spite of its verdict, and why. */
  readonly approval?: Approval
}

/** An override of a decision. */
export interface Approval {
  readonly reason: string
  readonly by: string
}

/** What a gate decides by. */
export interface GateGiven {
  readonly record: RunRecord
  /** The run held against its baseline; undefined where there is none. */
  readonly comparison: Comparison | undefined
  /** Where runs to compare it with were looked for. */
  readonly places?: Places | undefined
  /** Nothing of the run was recorded, so that it could not be compared. */
  readonly unrecorded?: boolean
  /** Runs that were left out of the baseline, since they are not whole. */
  readonly unmeasured?: readonly LeftOut[]
  /** The newest run before it of the same suite that is not comparable. */
  readonly unlike?: LeftOut | undefined
  /** The baseline that it would be compared with, and is of other conditions. */
  readonly unlikeBase?: UnlikeBase | undefined
  /** The command that writes the baseline of the comparison anew. */
  readonly anew?: string | undefined
  readonly waivers: readonly Waiver[]
  /** What the config tolerates. */
  readonly tolerances: readonly Tolerance[]
  readonly policy: GatePolicy
  readonly now: Date
  readonly confirmedBy?: string | undefined
}

/** Decides of a run by its own verdict, its thresholds and its comparison: pass, fail, inconclusive or invalid, and why. */
export function decide(given: GateGiven): Decision {
  const {
    record,
    comparison,
    unrecorded = false,
    unmeasured = [],
    unlike,
    unlikeBase = comparison && unlikeIn(comparison, given.anew),
    waivers,
    tolerances,
    policy,
    now,
    confirmedBy,
  } = given
  const { id, suite, environment, profile, startedAt, verdict } = record
  const inForce = waivers.filter((one) => !isExpired(one, now))
  const { thresholds } = record
  const owners = ownersIn(thresholds)
  const cases = casesOf(thresholds, comparison, { environment, waivers: inForce, tolerances, owners })
  const facts: GateFacts = {
    run: record,
    cases,
    runs: comparison?.base.runs.length ?? 0,
    places: given.places,
    unrecorded,
    unmeasured,
    cut: comparison?.cut ?? {},
    unlike,
    unlikeBase,
    unclear: unclearIn(comparison),
    isConfirmed: confirmedBy !== undefined,
    inForce,
    expired: waivers.filter((one) => isExpired(one, now)),
    known: knownIn(record, cases),
    policy,
  }
  // The last rule always applies.
  const judgement = decided(GATE_STAGES, facts) as Judgement
  return {
    schema: DECISION_SCHEMA,
    run: { id, suite, environment, profile, startedAt, verdict },
    decidedAt: now.toISOString(),
    verdict: judgement.verdict,
    exitCode: exitCodeOf(judgement, policy),
    text: textOf(judgement),
    reasons: judgement.reasons,
    notes: told(GATE_NOTES, facts),
    cases,
    ...(comparison ? { base: comparison.base } : {}),
    ...(confirmedBy === undefined ? {} : { confirmedBy }),
  }
}

/** The base of a comparison, where the run is not of its conditions. */
const unlikeIn = ({ base, differences }: Comparison, anew: string | undefined): UnlikeBase | undefined =>
  differences.some(({ decisive }) => decisive)
    ? { name: base.name, differences, ...defined({ anew }) }
    : undefined

/** Names of metrics that were judged, of journeys and of steps. */
const knownIn = ({ journeys }: RunRecord, cases: readonly GateCase[]): GateFacts['known'] => ({
  metric: cases.map(({ metric }) => metric),
  journey: journeys.map(({ name }) => name),
  step: journeys.flatMap(({ steps }) => steps.map(({ name }) => name)),
})

/** The same decision, let through by a person: its verdict stays, and the exit code is 0. */
export const approved = (decision: Decision, approval: Approval): Decision => ({
  ...decision,
  exitCode: EXIT.pass,
  approval,
})

function exitCodeOf({ verdict, exitCode }: Judgement, policy: GatePolicy): number {
  if (verdict !== 'inconclusive' && verdict !== 'invalid') return exitCode
  const treatment = policy[verdict]
  return treatment === 'own' ? exitCode : EXIT[treatment]
}

function textOf({ verdict, reasons }: Judgement): string {
  const more = reasons.length > 1 ? `, and ${plural(reasons.length - 1, 'more reason')}` : ''
  return `${VERDICT_WORDS[verdict]}: ${reasons[0]?.text ?? ''}${more}`
}

/** Why a comparison of enough comparable runs cannot tell, where no single row says it. */
function unclearIn(comparison: Comparison | undefined): string | undefined {
  if (comparison?.verdict !== 'cannot tell' || comparison.base.runs.length < LIMITS.runs) return undefined
  const { rows, differences, text } = comparison
  const isSaid = rows.some((row) => row.judged && isOpen(row)) || differences.some(({ decisive }) => decisive)
  return isSaid ? undefined : text.replace(/^Cannot tell: /, '')
}
