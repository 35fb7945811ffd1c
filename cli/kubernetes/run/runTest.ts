import { resolve } from 'node:path'
import { whileNotStopped } from '../../k6/index.ts'
import { followRecorded, metadataOf } from '../../record/index.ts'
import {
  guardRate,
  makeRunFolder,
  newRunId,
  recordRun,
  roomIn,
  type Finished,
  type Listening,
} from '../../run/index.ts'
import { apiOf } from '../api/api.ts'
import type { Cluster } from '../cluster.ts'
import type { ClusterTest } from '../clusterTest.ts'
import type { PlannedTest } from '../plan.ts'
import { takeName, type Locked } from './objects.ts'
import { recorderOf } from './recorder.ts'
import { toItsEnd, type Sign } from './toItsEnd.ts'

/** What a run in a cluster needs beside its test. */
export interface ClusterRun extends Pick<Listening, 'live'> {
  /** The folder that run folders are made in. */
  readonly results: string
  /** Whether its objects stay. */
  readonly keep: boolean
  /** Milliseconds that anything may take before the load begins. */
  readonly waitMs: number
  readonly say: (line: string) => void
}

/** Milliseconds for which a cluster that does not answer is asked again while a test runs. */
const PATIENCE_MS = 300_000

/**
 * Runs a test in a cluster to its end, and leaves the record of a run. `show` gets it as soon as its verdict and its
 * reports are there. Throws UserError where the cluster does not answer, or another run has the name.
 */
export async function runTest(
  cluster: Cluster,
  planned: PlannedTest,
  run: ClusterRun,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const { plan } = planned
  const { say } = run
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const test = await planned.test({ id, metadata: await metadataOf(process.cwd()) })
  const { results, warning } = await roomIn(resolve(run.results))
  if (warning !== undefined) say(warning)
  return whileNotStopped(async (stopped, hurried) => {
    const locked = await takeName(cluster, test)
    const kept = { isWhole: true }
    try {
      const folder = await makeRunFolder(results, id)
      const started = { ...test.started, startedAt: new Date().toISOString() }
      const sign: Sign = {}
      const guard = guardRate(
        plan.settings.ENVIRONMENT,
        plan.environment.caps.rate,
        (why) => (sign.over = why),
      )
      const followed = followRecorded(folder, guard)
      const patient = {
        access: cluster.access,
        api: apiOf(cluster.access, { ms: PATIENCE_MS, say, signal: hurried }),
      }
      const open = recorderOf(followed, () => sign.pushed)
      const how = { folder, map: plan.suite.map, onChanges: () => undefined, open, stopped, say, show }
      const listening = { ...run, record: 'on' as const }
      const about = { planned, run, folder, followed, sign, locked, stopped, hurried, kept }
      return await recordRun(started, { ...how, listening }, () =>
        toItsEnd(patient, { ...test, started }, about),
      )
    } finally {
      await cleanUp(test, locked, { keep: run.keep, isWhole: kept.isWhole, say })
    }
  })
}

/** Removes what a run has made, unless it is to stay or the record is not whole without it. */
async function cleanUp(
  { names, namespace }: ClusterTest,
  { made }: Locked,
  { keep, isWhole, say }: { keep: boolean; isWhole: boolean; say: (line: string) => void },
): Promise<void> {
  const about = `${names.test}${namespace === undefined ? '' : ` --namespace ${namespace}`}`
  const remove = `loadwright kubernetes delete ${about} removes them`
  if (!isWhole)
    say(
      `its objects stay, since not all that they have is here: loadwright kubernetes collect ${about} fetches the record once its load has ended, and ${remove}`,
    )
  else if (keep) say(`its objects stay: ${remove}`)
  else await made.remove().catch((error: unknown) => say(`${(error as Error).message}; ${remove}`))
}
