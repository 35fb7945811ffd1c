import { refusal } from '../../base/index.ts'
import {
  conditionsOf,
  diskFolder,
  gatedAs,
  isDamaged,
  measuredRun,
  readRecord,
  readResults,
  type Listed,
  type MeasuredRun,
  type RunFolder,
  type RunRecord,
} from '../../record/index.ts'
import { runIn, type Run } from '../openRun.ts'
import { differing } from './differences.ts'

/** Runs that are looked at for comparable ones, the newest first. */
const MAX_LOOKED_AT = 200

/** What a run measured. Throws UserError where nothing of it was recorded. */
export async function measured(run: Run): Promise<MeasuredRun> {
  const { record, folder } = run
  const series = await run.store()
  if (series) return measuredRun(record, series)
  throw refusal([
    {
      where: record.id,
      got: 'a run without recorded series',
      allowed: 'a run that was recorded',
      fix: `Nothing of it can be compared: ${folder.path} has the figures that there are.`,
    },
  ])
}

/**
 * The runs in a folder of results that passed, are comparable with a run and began before it, newest first: as many as
 * wanted, and what was left out on the way, with why.
 */
export async function comparableRuns(
  results: string,
  like: RunRecord,
  most: number,
): Promise<{ runs: Run[]; leftOut: { id: string; why: string }[] }> {
  const wanted = conditionsOf(like)
  const { runs: listed } = await readResults(results)
  const earlier = listed.filter((one) => isEarlier(one, like)).slice(0, MAX_LOOKED_AT)
  const runs: Run[] = []
  const leftOut: { id: string; why: string }[] = []
  for (const { id, folder } of earlier) {
    if (runs.length >= most) break
    const record = await readRecord(diskFolder(folder))
    if (record === undefined || isDamaged(record)) continue
    const differ = differing(conditionsOf(record), wanted)
    if (differ.length > 0) continue
    const why = notEntering(record) ?? (await refusedByGate(diskFolder(folder)))
    if (why === undefined) runs.push(await runIn(diskFolder(folder)))
    else leftOut.push({ id, why })
  }
  return { runs, leftOut }
}

/** Why a run may not enter a baseline; undefined where it may. */
export function notEntering({ state, verdict, mode }: RunRecord): string | undefined {
  if (state !== 'ended') return 'it has not ended'
  if (mode === 'cloud') return 'it was made in the cloud, and nothing of it was recorded here'
  return verdict === 'pass' ? undefined : `its verdict is ${verdict}`
}

/** Why the gate keeps a run out of a baseline; undefined where it does not. One that is chosen by a person may have failed. */
export async function refusedByGate(folder: RunFolder, isChosen = false): Promise<string | undefined> {
  const gated = await gatedAs(folder)
  if (gated === 'waived') return 'the gate let it through under a waiver'
  return gated === 'failed' && !isChosen ? 'the gate did not let it through' : undefined
}

const isEarlier = (one: Listed, { id, startedAt, profile, environment }: RunRecord): boolean =>
  one.id !== id && one.startedAt <= startedAt && one.profile === profile && one.environment === environment
