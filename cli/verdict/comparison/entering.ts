import { quote } from '../../../config/problem/problem.ts'
import { refusal } from '../../base/index.ts'
import { conditionsOf, type Baseline, type MeasuredRun, type RunRecord } from '../../record/index.ts'
import { openRun, type Run } from '../openRun.ts'
import { differing } from './differences.ts'
import { comparableRuns, measurementOf, notEntering, refusedByGate } from './earlier.ts'
import type { LeftOut } from './leftOut.ts'
import { newestRuns } from './newestRuns.ts'

/**
 * The runs that would enter a baseline, the newest first: those that are named, else the newest run and the comparable
 * ones before it; how a rolling baseline of them is called. Throws UserError where none may enter.
 */
export async function enteringRuns(
  results: string,
  { named, most }: { named: readonly string[]; most: number },
): Promise<{ runs: MeasuredRun[]; leftOut: LeftOut[]; usualName: string }> {
  const [first = 'latest', ...others] = named
  const newest = await openRun(results, first)
  const chosen = [newest, ...(await Promise.all(others.map((name) => openRun(results, name))))]
  const runs: MeasuredRun[] = []
  const leftOut: LeftOut[] = []
  for (const run of chosen) {
    const found = await entering(run, newest.record, named.length > 0)
    if ('why' in found) leftOut.push({ id: run.record.id, why: found.why })
    else runs.push(found)
  }
  if (named.length === 0) {
    const earlier = await comparableRuns(results, newest.record, most - runs.length)
    runs.push(...earlier.runs)
    leftOut.push(...earlier.leftOut, ...earlier.unmeasured)
  }
  if (runs.length === 0)
    throw refusal(leftOut.map(({ id, why }) => `${id} does not enter a baseline: ${why}`))
  return { runs: newestRuns(runs.slice(0, most), most), leftOut, usualName: nameFor(newest.record) }
}

/** What a run measured, or why it does not enter a baseline of such runs. */
async function entering(
  run: Run,
  like: RunRecord,
  isChosen: boolean,
): Promise<MeasuredRun | { why: string }> {
  const differ = differing(conditionsOf(run.record), conditionsOf(like))
  const why =
    notEntering(run.record) ??
    (differ.length > 0 ? `it differs in ${differ.join(', ')}` : undefined) ??
    (await refusedByGate(run.folder, isChosen))
  return why === undefined ? measurementOf(run) : { why }
}

/** By suite, profile and environment; a plain script by its file. */
const nameFor = ({ suite, profile, environment }: RunRecord): string =>
  [suite, profile, environment].map((word) => word.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')).join('-')

/**
 * A baseline with further runs in it. A rolling one keeps the newest; a pinned one is written once, or anew. Throws
 * UserError where it may not be written, or the runs are not comparable with those in it.
 */
export function intoBaseline(
  before: Baseline | undefined,
  runs: readonly MeasuredRun[],
  about: Pick<Baseline, 'name' | 'kind' | 'last'> & { replace: boolean; at: Date },
): Baseline {
  const { name, kind, last, replace, at } = about
  const kept = replace || before === undefined ? [] : before.runs
  if (before && !replace && (before.kind === 'pinned' || kind === 'pinned'))
    throw refusal([
      {
        where: 'baseline',
        got: quote(name),
        allowed: 'a new name: a pinned baseline stays as it is',
        fix: 'Write it anew with --replace.',
      },
    ])
  const [old, young] = [kept[0], runs[0]]
  const differ = old && young ? differing(old.conditions, young.conditions) : []
  if (differ.length > 0)
    throw refusal([
      {
        where: 'baseline',
        got: `runs that differ from those in ${quote(name)} in ${differ.join(', ')}`,
        allowed: 'comparable runs',
        fix: 'Give it another name, or write it anew with --replace.',
      },
    ])
  return {
    name,
    kind,
    last,
    writtenAt: at.toISOString(),
    runs: newestRuns([...kept, ...runs], last),
  }
}
