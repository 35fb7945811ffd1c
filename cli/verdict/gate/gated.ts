import type { Tolerance } from '../../../config/gate.ts'
import { refusal } from '../../base/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import { aboutRun, conditionsOf, type MeasuredRun } from '../../record/index.ts'
import type { Comparison } from '../comparison/compare.ts'
import { differing } from '../comparison/differences.ts'
import { measured, measurementOf, wholeOf } from '../comparison/earlier.ts'
import { compareWith, sideOf, usualBase, type Places, type Side } from '../comparison/sides.ts'
import { openRun, type Run } from '../openRun.ts'
import { decide, type Decision } from './decide.ts'
import { pooled } from './pooled.ts'
import type { GatePolicy } from './policy.ts'
import type { Waiver } from './waiver.ts'

/** What a gate is asked about. */
export interface GateQuestion extends Places {
  readonly run: Run
  readonly baseline: string | undefined
  /** A second run, which was made to confirm the first. */
  readonly confirm: string | undefined
  readonly waivers: readonly Waiver[]
  /** What the config tolerates. */
  readonly tolerances: readonly Tolerance[]
  readonly policy: GatePolicy
}

/** A decision on a run, with the run that confirmed it, if one did. */
export interface GatedRun {
  readonly second: Run | undefined
  readonly decision: Decision
}

/** Opens what a run is compared with, and decides. Throws UserError where one of them cannot be read or compared. */
export async function gateRun(question: GateQuestion): Promise<GatedRun> {
  const { run, confirm, waivers, tolerances, policy, results } = question
  const { record } = run
  const second = confirm === undefined ? undefined : await confirming(run, confirm, results)
  const found = await measurementOf(run)
  const unrecorded = await isUnrecorded(run, found)
  const base = unrecorded ? undefined : await baseOf(run, question)
  const comparison = base && comparisonOf(base, wholeOf(run, found), second?.measured)
  const unmeasured = base?.unmeasured ?? []
  const confirmedBy = second?.measured.id
  const now = new Date()
  return {
    second: second?.run,
    decision: decide({
      record: second ? { ...record, thresholds: ofBoth(record.thresholds, second.thresholds) } : record,
      comparison,
      places: question.baseline === undefined ? { results, baselines: question.baselines } : undefined,
      unrecorded,
      unmeasured,
      // A baseline that is meant for such runs says more than any run before it.
      unlike: base?.unlikeBase ? undefined : base?.unlike,
      unlikeBase: base?.unlikeBase,
      anew: base?.anew,
      waivers,
      tolerances,
      policy,
      now,
      confirmedBy,
    }),
  }
}

const baseOf = ({ record }: Run, { baseline, ...places }: GateQuestion): Promise<Side> =>
  baseline === undefined ? usualBase(record, places) : sideOf(baseline, places)

const comparisonOf = (
  base: Side,
  first: MeasuredRun,
  second: MeasuredRun | undefined,
): Comparison | undefined =>
  compareWith(base, second ? pooled(first, second) : first, second ? [second.id] : [])

/**
 * Whether nothing of a run was recorded, as of one in the cloud: its thresholds are all that there is. What was recorded
 * and is lost is no such run, unless it says itself that it measured nothing.
 */
const isUnrecorded = async (run: Run, found: MeasuredRun | { why: string }): Promise<boolean> =>
  'why' in found &&
  (await run.store()) === undefined &&
  (run.record.agreement === undefined || run.record.verdict === 'invalid')

/** A second run: what it measured, and how its own thresholds ended. */
interface Second {
  readonly run: Run
  readonly measured: MeasuredRun
  readonly thresholds: readonly ThresholdResult[]
}

/** What a second run must have in common with the first, beside the conditions of a comparison: it is to be the same once more. */
const SAME = ['version', 'commit', 'bundle']

async function confirming({ record }: Run, name: string, results: string): Promise<Second> {
  const run = await openRun(results, name)
  const [first, second] = [aboutRun(record), aboutRun(run.record)]
  const differ = [
    ...differing(conditionsOf(run.record), conditionsOf(record)),
    ...SAME.filter((what) => first[what] !== second[what]),
  ]
  const { id, verdict, startedAt, thresholds } = run.record
  const bad =
    id === record.id
      ? 'the run itself'
      : differ.length > 0
        ? `${id}, which differs in ${differ.join(', ')}`
        : startedAt < record.startedAt
          ? `${id}, which was made before it`
          : verdict === 'invalid'
            ? `${id}, which is invalid`
            : undefined
  if (bad !== undefined)
    throw refusal([
      {
        where: '--confirm',
        got: bad,
        allowed: `a later run of the same as ${record.id}, which is comparable and valid`,
      },
    ])
  return { run, measured: await measured(run), thresholds }
}

/** The thresholds of two runs: one that either crossed is crossed. */
const ofBoth = (first: readonly ThresholdResult[], second: readonly ThresholdResult[]): ThresholdResult[] =>
  first.map(
    (one) =>
      second.find(
        ({ metric, threshold, result }) =>
          one.result !== 'fail' && result === 'fail' && metric === one.metric && threshold === one.threshold,
      ) ?? one,
  )
