import type { Tolerance } from '../../../config/gate.ts'
import { refusal } from '../../base/index.ts'
import { conditionsOf, type MeasuredRun } from '../../record/index.ts'
import { compareRuns, type Comparison } from '../comparison/compare.ts'
import { differing } from '../comparison/differences.ts'
import { measured } from '../comparison/earlier.ts'
import { sideOf, usualBase, type Places, type Side } from '../comparison/sides.ts'
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
  const comparison = await comparisonOf(run, second, question)
  const confirmedBy = second?.id
  const now = new Date()
  return { run, decision: decide({ record, comparison, waivers, tolerances, policy, now, confirmedBy }) }
}

async function comparisonOf(
  run: Run,
  second: MeasuredRun | undefined,
  { baseline, ...places }: GateQuestion,
): Promise<Comparison | undefined> {
  // Of a run in the cloud nothing is recorded here: its thresholds are all that there is.
  if ((await run.store()) === undefined) return undefined
  const base = await (baseline === undefined ? usualBase(run.record, places) : sideOf(baseline, places))
  if (base === undefined) return undefined
  const first = await measured(run)
  const runs = withoutThem(base, [first.id, second?.id])
  return runs.length === 0 ? undefined : compareRuns(runs, second ? pooled(first, second) : first, base.name)
}

/** A run is not held against itself. */
const withoutThem = ({ runs }: Side, ids: readonly (string | undefined)[]): MeasuredRun[] =>
  runs.filter(({ id }) => !ids.includes(id))

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
