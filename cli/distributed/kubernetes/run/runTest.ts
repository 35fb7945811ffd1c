import { resolve } from 'node:path'
import { whileNotStopped } from '../../../k6/index.ts'
import { metadataOf } from '../../../record/index.ts'
import {
  guardRate,
  makeRunFolder,
  newRunId,
  recordRun,
  roomIn,
  type Finished,
  type Listening,
} from '../../../run/index.ts'
import { apiOf } from '../api/api.ts'
import type { Place } from '../cluster.ts'
import type { PlannedTest } from '../plan.ts'
import { takeName } from './objects.ts'
import { remoteRecorder } from './recorder.ts'
import { toItsEnd } from './toItsEnd.ts'
import type { Sign, Site } from './underway.ts'

/** What a run in a cluster needs beside its test. */
export interface ClusterRun extends Pick<Listening, 'live' | 'forward'> {
  /** The folder that run folders are made in. */
  readonly results: string
  /** Where baselines lie, against which regions are held. */
  readonly baselines: string
  /** Whether its objects stay. */
  readonly keep: boolean
  /** Milliseconds that anything may take before the load begins. */
  readonly waitMs: number
  /** The flags that lead to its clusters, for what a person may have to do there. */
  readonly where: string
  readonly say: (line: string) => void
}

/** Milliseconds for which a cluster that does not answer is asked again while a test runs. */
const PATIENCE_MS = 300_000

/**
 * Runs a test in a cluster, or in several, to its end, and leaves the record of a run. `show` gets it as soon as its verdict
 * and its reports are there. Throws UserError where a cluster does not answer, or another run has the name there.
 */
export async function runTest(
  places: readonly Place[],
  planned: PlannedTest,
  run: ClusterRun,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const { plan } = planned
  const { say } = run
  const id = plan.settings.RUN_ID ?? newRunId(plan.manifest.suite)
  const begun = await planned.started({ id, metadata: await metadataOf(process.cwd()) })
  const { results, warning } = await roomIn(resolve(run.results))
  if (warning !== undefined) say(warning)
  return whileNotStopped(async (stopped, hurried) => {
    const sites: Site[] = []
    try {
      for (const { region, cluster } of places) {
        const test = await planned.test(begun, region)
        const locked = await takeName(cluster, test)
        const patient = apiOf(cluster.access, { ms: PATIENCE_MS, say, signal: hurried })
        const kept = { isWhole: true }
        sites.push({ region, cluster: { access: cluster.access, api: patient }, test, locked, kept })
      }
      const folder = await makeRunFolder(results, id)
      const started = { ...begun, startedAt: new Date().toISOString() }
      const sign: Sign = { refused: [] }
      const { ENVIRONMENT } = plan.settings
      const onChanges = guardRate(ENVIRONMENT, plan.environment.caps.rate, (why) => (sign.over = why))
      const recorder = remoteRecorder(() => sign.refused)
      const listening = { ...run, record: 'on' as const }
      const how = {
        folder,
        baselines: run.baselines,
        map: plan.suite.map,
        onChanges,
        open: recorder.open,
        stopped,
        say,
        show,
      }
      return await recordRun(started, { ...how, listening }, () =>
        toItsEnd(sites, { planned, started, run, folder, recorder, sign, stopped, hurried }),
      )
    } finally {
      await cleanUp(sites, run)
    }
  })
}

/** Removes what a run has made, unless it is to stay or the record is not whole without it. */
async function cleanUp(
  sites: readonly Site[],
  { keep, where, say }: Pick<ClusterRun, 'keep' | 'where' | 'say'>,
): Promise<void> {
  const about = [sites[0]?.test.names.test, where].filter(Boolean).join(' ')
  const remove = `loadwright kubernetes delete ${about} removes them`
  if (sites.some(({ kept }) => !kept.isWhole))
    say(
      `its objects stay, since not all that they have is here: loadwright kubernetes collect ${about} fetches the record once its load has ended, and ${remove}`,
    )
  else if (keep && sites.length > 0) say(`its objects stay: ${remove}`)
  else
    for (const { locked } of sites)
      await locked.made.remove().catch((error: unknown) => say(`${(error as Error).message}; ${remove}`))
}
