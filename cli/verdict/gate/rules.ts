import { andMore, plural } from '../../base/index.ts'
import { textsOf, type Reason, type Verdict } from '../../record/index.ts'
import type { LeftOut } from '../comparison/leftOut.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { Places } from '../comparison/sides.ts'
import { isTellable } from '../comparison/summary.ts'
import { unlikeText, type UnlikeBase } from '../comparison/unlikeBaseline.ts'
import { rule, type VerdictRule, type VerdictStage } from '../rules/rule.ts'
import type { CaseOutcome, GateCase } from './gateCase.ts'
import type { GatePolicy } from './policy.ts'
import type { Waiver } from './waiver.ts'

/** What the decision of a gate is made of. */
export interface GateFacts {
  readonly run: { readonly id: string; readonly verdict: Verdict; readonly reasons: readonly Reason[] }
  readonly cases: readonly GateCase[]
  /** Runs that it was compared with. */
  readonly runs: number
  /** Where those were looked for: folders of runs and of baselines; absent where a base was named. */
  readonly places: Places | undefined
  /** Nothing of it was recorded, so that it was compared with none. */
  readonly unrecorded: boolean
  /** Runs that would be among those, if all of them were there. */
  readonly unmeasured: readonly LeftOut[]
  /** Places of a metric that were not compared, by the metric, since there are too many. */
  readonly cut: Readonly<Record<string, number>>
  /** The newest run before it of the same suite that is not comparable. */
  readonly unlike: LeftOut | undefined
  /** What it would be compared with, and is of other conditions. */
  readonly unlikeBase: UnlikeBase | undefined
  /** Why the comparison as a whole cannot tell; undefined where it can, or where single rows say it. */
  readonly unclear: string | undefined
  /** A second run, made to confirm the first, is in the figures. */
  readonly isConfirmed: boolean
  /** Waivers that hold today, and those whose last day is over. */
  readonly inForce: readonly Waiver[]
  readonly expired: readonly Waiver[]
  /** What the run has, by which waivers may be of something. */
  readonly known: Readonly<Record<'metric' | 'journey' | 'step', readonly string[]>>
  readonly policy: GatePolicy
}

/** Texts of a reason at most. */
const MAX_TEXTS = 3

const told = (reasons: readonly Reason[]): string =>
  andMore(textsOf(reasons.slice(0, MAX_TEXTS)), reasons.length - MAX_TEXTS).join('; ')

/** Thresholds or rows with an outcome. */
export const casesIn = ({ cases }: GateFacts, outcome: CaseOutcome, kind: 'threshold' | 'row'): GateCase[] =>
  cases.filter((one) => one.outcome === outcome && one[kind] !== undefined)

/** A case as a reason or a note tells of it. */
export const toldCase = ({ name, text }: GateCase): { case: string; text: string } => ({ case: name, text })

/** A reason of a failed run that is no threshold, which alone can be waived. */
const isOther = ({ code, data }: Reason): boolean => code !== 'threshold-crossed' || data.metric === undefined

const ofRun =
  (verdict: Verdict, which: (reason: Reason) => boolean = () => true) =>
  ({ run }: GateFacts): { whys: string }[] => {
    const reasons = run.reasons.filter(which)
    return run.verdict === verdict && reasons.length > 0 ? [{ whys: told(reasons) }] : []
  }

const lacking = (
  { runs, places, unrecorded, unlike, policy }: GateFacts,
  does: GatePolicy['insufficientBaseline'],
) =>
  runs < LIMITS.runs && policy.insufficientBaseline === does
    ? [
        {
          runs,
          needed: LIMITS.runs,
          unrecorded,
          places: places ? `${places.results} and ${places.baselines}` : '',
          unlike: unlike && !unrecorded ? `${unlike.id}: ${unlike.why}` : '',
        },
      ]
    : []
const lackingText = ({
  runs,
  needed,
  places,
  unrecorded,
  unlike,
}: ReturnType<typeof lacking>[number]): string => {
  if (unrecorded)
    return 'nothing of this run was recorded, so that it was not compared: only thresholds were judged'
  const found = `${runs === 0 ? 'no comparable run' : `${runs} comparable runs`}${places === '' ? '' : ` in ${places}`}`
  return `${found} to compare it with, and ${needed} are needed: only thresholds were judged${unlike === '' ? '' : ` (not comparable is ${unlike})`}`
}

const RUN_INVALID = rule({
  code: 'run-invalid',
  about: 'the run does not measure the target',
  effect: 'invalid',
  when: ofRun('invalid'),
  say: ({ whys }) => `the run is invalid: ${whys}`,
})

const SLO_CROSSED = rule({
  code: 'slo-crossed',
  about: 'a threshold of the run was crossed, and no waiver allows it',
  effect: 'fail',
  when: (facts: GateFacts) => casesIn(facts, 'failed', 'threshold').map(toldCase),
  say: ({ text }) => text,
})

const REGRESSION = rule({
  code: 'regression',
  about: 'a row of the comparison is worse, and no waiver allows it',
  effect: 'fail',
  // A step says more than an own metric that has its time.
  when: (facts: GateFacts) =>
    casesIn(facts, 'failed', 'row')
      .toSorted((a, b) => Number(b.step !== undefined) - Number(a.step !== undefined))
      .map(toldCase),
  say: ({ text }) => `worse: ${text}`,
})

const RUN_FAILED = rule({
  code: 'run-failed',
  about: 'the run failed for another reason than a threshold',
  effect: 'fail',
  when: ofRun('fail', isOther),
  say: ({ whys }) => `the run failed: ${whys}`,
})

const RUN_INCONCLUSIVE = rule({
  code: 'run-inconclusive',
  about: 'the run judged nothing',
  effect: 'inconclusive',
  when: ofRun('inconclusive'),
  say: ({ whys }) => `the run is inconclusive: ${whys}`,
})

const CONDITIONS = rule({
  code: 'conditions-differ',
  about:
    'what the run would be compared with is of other conditions: target, load, minor version of k6, machine, or number of instances',
  effect: 'inconclusive',
  when: ({ unlikeBase }: GateFacts) => {
    if (unlikeBase === undefined) return []
    const { name, differences, anew = '' } = unlikeBase
    const conditions = differences.flatMap(({ what, decisive }) => (decisive ? [what] : []))
    return conditions.length === 0 ? [] : [{ base: name, conditions, anew, text: unlikeText(unlikeBase) }]
  },
  say: ({ text, anew }) =>
    `${text}: nothing was compared${anew === '' ? '' : `. If that is so for good, start a new one: ${anew}`}`,
})

const BORDERLINE = rule({
  code: 'borderline',
  about:
    'rows of the comparison cannot tell, and a second run would: `--confirm`; of a busy machine, or where something was not measured, a new one',
  effect: 'inconclusive',
  when: (facts: GateFacts) =>
    casesIn(facts, 'open', 'row')
      .filter((one) => !facts.isConfirmed || !isTellable(one))
      .map(toldCase),
  say: ({ text }) => `cannot tell: ${text}`,
})

const UNCLEAR = rule({
  code: 'comparison-unclear',
  about: 'the comparison as a whole cannot tell: noise is too large, or samples are too few',
  effect: 'inconclusive',
  when: ({ unclear }: GateFacts) => (unclear === undefined ? [] : [{ why: unclear }]),
  say: ({ why }) => `the comparison cannot tell: ${why}`,
})

/** What too few comparable runs do, by the policy that says so. */
export const lackingRule = (effect: 'fail' | 'inconclusive' | 'note'): VerdictRule<GateFacts> =>
  rule({
    code: 'insufficient-baseline',
    about: `fewer than ${LIMITS.runs} comparable runs, or nothing of the run was recorded (\`--insufficient-baseline ${effect === 'note' ? 'pass' : effect}\`)`,
    effect,
    when: (facts: GateFacts) => lacking(facts, effect === 'note' ? 'pass' : effect),
    say: lackingText,
  })

const HELD = rule({
  code: 'gate-held',
  about: 'thresholds hold, and no row is worse, but for what is waived',
  effect: 'pass',
  when: ({ cases }: GateFacts) => {
    const of = (kind: 'threshold' | 'row'): number =>
      cases.filter((one) => one.outcome === 'held' && one[kind] !== undefined).length
    return [{ thresholds: of('threshold'), rows: of('row') }]
  },
  say: ({ thresholds, rows }) =>
    `${plural(thresholds, 'threshold')} held, and ${rows === 0 ? 'no row was compared' : `${plural(rows, 'row is', 'rows are')} not worse`}`,
})

/** The rules of a gate, in the order in which they decide. */
export const GATE_STAGES: readonly VerdictStage<GateFacts>[] = [
  { decide: [RUN_INVALID] },
  { decide: [REGRESSION, SLO_CROSSED, RUN_FAILED, lackingRule('fail')] },
  { decide: [RUN_INCONCLUSIVE, CONDITIONS, BORDERLINE, UNCLEAR, lackingRule('inconclusive')] },
  { decide: [HELD] },
]
