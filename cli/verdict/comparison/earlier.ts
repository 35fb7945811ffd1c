import { defined, RECORD_FILE, refusal, SERIES_FILE } from '../../base/index.ts'
import {
  conditionsOf,
  diskFolder,
  gatedAs,
  isDamaged,
  ITERATIONS,
  keepRun,
  keptRun,
  measuredRun,
  occurrences,
  readRecord,
  readResults,
  REQUESTS,
  type Gated,
  type Listed,
  type MeasuredRun,
  type RunFolder,
  type RunRecord,
  type Store,
} from '../../record/index.ts'
import { runIn, type Run } from '../openRun.ts'
import { withBursts } from './bursts.ts'
import { differing } from './differences.ts'
import type { LeftOut } from './leftOut.ts'

/** Runs that are looked at for comparable ones, the newest first. */
const MAX_LOOKED_AT = 200

/** What a run measured. Throws UserError where nothing of it was recorded, or not all is there. */
export const measured = async (run: Run): Promise<MeasuredRun> => wholeOf(run, await measurementOf(run))

/** What {@link measurementOf} found of a run. Throws as {@link measured} does. */
export function wholeOf(run: Run, found: MeasuredRun | { why: string }): MeasuredRun {
  if ('measurements' in found) return found
  throw refusal([
    {
      where: run.record.id,
      got: `a run that cannot be compared: ${found.why}`,
      allowed: 'a run whose recorded series are whole',
      fix: `${run.folder.path} has the figures that there are.`,
    },
  ])
}

/** What a run measured, or why nothing of it can be compared. */
export async function measurementOf(run: Run): Promise<MeasuredRun | { why: string }> {
  const { folder, record } = run
  const kept = await keptRun(folder)
  if (kept) return kept
  const series = await run.store()
  if (series === undefined)
    return {
      why: record.agreement ? `its series (${SERIES_FILE}) are missing` : 'nothing of it was recorded',
    }
  const why = incompleteIn(series, record)
  if (why !== undefined) return { why }
  const found = await withBursts(folder, measuredRun(record, series))
  if (record.state === 'ended') await keepRun(folder, found)
  return found
}

/** What was recorded, held against the counts of the record: a file may be cut short, doubled, or of another run. */
function incompleteIn(store: Store, { totals, verdict }: RunRecord): string | undefined {
  // An invalid run says itself what is wrong with it.
  if (verdict === 'invalid') return undefined
  const counts = { requests: REQUESTS.all.metric, iterations: ITERATIONS.all.metric } as const
  for (const [what, metric] of Object.entries(counts) as [keyof typeof counts, string][]) {
    const found = occurrences(store, { metric })
    if (found !== totals[what])
      return `its series (${SERIES_FILE}) have ${found} ${what}, and ${RECORD_FILE} has ${totals[what]}`
  }
  return undefined
}

/**
 * The runs in a folder of results that passed, are comparable with a run and began before it, newest first, each once: as
 * many as wanted; and what was left out on the way, with why: by its verdict or the gate, or since it is not whole; of runs
 * of the same suite that are not comparable, the newest.
 */
export async function comparableRuns(
  results: string,
  like: RunRecord,
  most: number,
): Promise<{
  runs: MeasuredRun[]
  folders: ReadonlyMap<string, RunFolder>
  leftOut: LeftOut[]
  unmeasured: LeftOut[]
  unlike?: LeftOut
}> {
  const wanted = conditionsOf(like)
  const { runs: listed } = await readResults(results)
  const earlier = listed.filter((one) => isEarlier(one, like)).slice(0, MAX_LOOKED_AT)
  const runs: MeasuredRun[] = []
  const folders = new Map<string, RunFolder>()
  const leftOut: LeftOut[] = []
  const unmeasured: LeftOut[] = []
  let unlike: LeftOut | undefined
  for (const { id, folder } of earlier) {
    if (runs.length >= most) break
    // A folder that was copied is no second run.
    if (runs.some((run) => run.id === id)) continue
    const record = await readRecord(diskFolder(folder))
    if (record === undefined || isDamaged(record)) continue
    const differ = differing(conditionsOf(record), wanted)
    if (differ.length > 0) {
      if (record.suite === like.suite) unlike ??= { id, why: `it differs in ${differ.join(', ')}` }
      continue
    }
    const phases = otherPhases(record, like)
    if (phases !== undefined) {
      unmeasured.push({ id, why: phases })
      continue
    }
    const why = notEntering(record) ?? (await refusedByGate(diskFolder(folder)))
    if (why !== undefined) {
      leftOut.push({ id, why })
      continue
    }
    const found = await measurementOf(await runIn(diskFolder(folder)))
    if ('why' in found) unmeasured.push({ id, why: found.why })
    else {
      runs.push(found)
      folders.set(id, diskFolder(folder))
    }
  }
  return { runs, folders, leftOut, unmeasured, ...defined({ unlike }) }
}

/** Why a run is not compared with one whose phases are judged, or are not; undefined where both are of one kind. */
function otherPhases({ judgedPhases }: RunRecord, like: RunRecord): string | undefined {
  const has = judgedPhases.length > 0
  if (has === like.judgedPhases.length > 0) return undefined
  return has ? 'it has phases' : 'it has no phases'
}

/** Why a run may not enter a baseline; undefined where it may. */
export function notEntering({ state, verdict, mode }: RunRecord): string | undefined {
  if (state !== 'ended') return 'it has not ended'
  if (mode === 'cloud') return 'it was made in the cloud, and nothing of it was recorded here'
  return verdict === 'pass' ? undefined : `its verdict is ${verdict}`
}

/** What keeps a run out of a baseline, by what the gate said of it. */
const REFUSED: Readonly<Record<Gated, string>> = {
  waived: 'the gate let it through under a waiver',
  failed: 'the gate did not let it through',
  inconclusive: 'the gate could not tell whether it is worse',
  tolerated: 'it is worse than before, which the config tolerates',
}

/** Why the gate keeps a run out of a baseline; undefined where it does not. One that is chosen by a person has the new level. */
export async function refusedByGate(folder: RunFolder, isChosen = false): Promise<string | undefined> {
  const gated = await gatedAs(folder)
  return gated === undefined || (isChosen && gated !== 'waived') ? undefined : REFUSED[gated]
}

const isEarlier = (one: Listed, { id, startedAt, profile, environment }: RunRecord): boolean =>
  one.id !== id && one.startedAt <= startedAt && one.profile === profile && one.environment === environment
