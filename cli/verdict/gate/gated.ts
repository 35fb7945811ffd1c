import type { Tolerance } from '../../../config/gate.ts'
import { refusal } from '../../base/index.ts'
import { conditionsOf, type MeasuredRun } from '../../record/index.ts'
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
  readonly run: string
  readonly baseline: string | undefined
  /** A second run, which was made to confirm the first. */
  readonly confirm: string | undefined
  readonly waivers: readonly Waiver[]
  /** What the config tolerates. */
  readonly tolerances: readonly Tolerance[]
  readonly policy: GatePolicy
}

/** Opens a run and what it is compared with, and decides. Throws UserError where one of them cannot be read or compared. */
export async function gateRun(question: GateQuestion): Promise<{ run: Run; decision: Decision }> {
  const { confirm, waivers, tolerances, policy, results } = question
  const run = await openRun(results, question.run)
  const { record } = run
  const second = confirm === undefined ? undefined : await confirming(run, confirm, results)
  const found = await measurementOf(run)
  const unrecorded = await isUnrecorded(run, found)
  const base = unrecorded ? undefined : await baseOf(run, question)
  const comparison = base && comparisonOf(base, wholeOf(run, found), second)
  const unmeasured = base?.unmeasured ?? []
  const confirmedBy = second?.id
  const now = new Date()
  return {
    run,
    decision: decide({
      record,
      comparison,
      unrecorded,
      unmeasured,
      unlike: base?.unlike,
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

async function confirming({ record }: Run, name: string, results: string): Promise<MeasuredRun> {
  const run = await openRun(results, name)
  const differ = differing(conditionsOf(run.record), conditionsOf(record))
  const { id, verdict } = run.record
  const bad =
    id === record.id
      ? 'the run itself'
      : differ.length > 0
        ? `${id}, which differs in ${differ.join(', ')}`
        : verdict === 'invalid'
          ? `${id}, which is invalid`
          : undefined
  if (bad !== undefined)
    throw refusal([
      {
        where: '--confirm',
        got: bad,
        allowed: `a second run that is comparable with ${record.id}, and is valid`,
      },
    ])
  return measured(run)
}
