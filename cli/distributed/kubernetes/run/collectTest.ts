import { resolve } from 'node:path'
import { UserError } from '../../../base/index.ts'
import { whileNotStopped } from '../../../k6/index.ts'
import type { FollowedSeries, Reason, RunRecord } from '../../../record/index.ts'
import { makeRunFolder, newRunId, recordRun, roomIn, type Finished } from '../../../run/index.ts'
import type { Cluster, Place } from '../cluster.ts'
import { namesOf, type Names } from '../names.ts'
import { changesIn } from './changesIn.ts'
import { endedOf } from './ended.ts'
import { fetchLogs } from './fetchLogs.ts'
import type { ShareEnd } from './followShare.ts'
import { stateOf, type TestState } from './state.ts'
import { isOddEnd } from './follow.ts'
import { initializerSaid } from './initializer.ts'
import { remoteRecorder } from './recorder.ts'
import { remoteCollector, tokenOf, type Pushed, type RemoteCollector } from './remoteCollector.ts'
import { renderedIn, type Rendered } from './rendered.ts'
import { noTest } from './told.ts'

/** How the record of a test is fetched. */
export interface CollectHow {
  readonly results: string
  /** Where baselines lie, against which regions are held. */
  readonly baselines: string
  /** The Secret with the collector's token, where it has a name of its own. */
  readonly secret: string | undefined
  readonly say: (line: string) => void
}

/** A test in a cluster that has ended, with what its collector recorded. */
interface EndedTest {
  readonly region: string | undefined
  readonly cluster: Cluster
  readonly state: TestState
  readonly collector: RemoteCollector
  readonly rendered: Rendered
  /** Why the operator never began it. */
  readonly failure: string | undefined
  /** When its TestRuns were made (ISO 8601, UTC). */
  readonly made: string
}

/**
 * Fetches the record of a test that somebody else has applied, or of one that several clusters have made, and judges it.
 * Throws UserError where there is none, or where it has not ended.
 */
export async function collectTest(
  places: readonly Place[],
  test: string,
  { results: given, baselines, secret, say }: CollectHow,
  show: (finished: Finished) => void,
): Promise<Finished> {
  const names = namesOf(test, secret)
  const ended = await Promise.all(places.map((place) => endedTest(place, names)))
  const [first] = ended
  if (!first) throw noTest(test)
  const { rendered, made: began } = first
  const { begun } = rendered
  refuseUnlike(test, ended)
  const { results } = await roomIn(resolve(given))
  const id = newRunId(begun.suite, new Date(began))
  const started: RunRecord = { ...begun, id, startedAt: began }
  return whileNotStopped(async (stopped) => {
    const folder = await makeRunFolder(results, id)
    const refused: Reason[] = []
    const recorder = remoteRecorder(() => refused)
    const how = { folder, baselines, onChanges: () => undefined, open: recorder.open, stopped, say, show }
    return recordRun(started, { ...how, listening: { record: 'on' } }, async () => {
      const shares = await Promise.all(
        ended.map((one) => fetchShare(test, one, recorder.now().source(), folder)),
      )
      for (const { pushed } of shares) refused.push(...(pushed?.problems ?? []))
      for (const { text } of refused) say(text)
      return endedOf(started, shares, { began })
    })
  })
}

/** A test in one cluster. Throws UserError where there is none, or where it has not ended. */
async function endedTest({ cluster, region }: Place, names: Names): Promise<EndedTest> {
  const { test } = names
  const rendered = await renderedIn(cluster, test)
  if (!rendered) throw noTest(test)
  const state = await stateOf(cluster, rendered)
  const { stage, runners, runs } = state
  if (runs.length === 0) throw noTest(test)
  const isRefused = stage === 'error' && runners.length === 0
  if (!isRefused && (runners.length === 0 || runners.some(({ ended }) => ended === undefined)))
    throw new UserError(
      `kubernetes: ${test} has not ended (${stage ?? 'deleted'}): loadwright kubernetes status ${test}`,
    )
  return {
    region,
    cluster,
    state,
    rendered,
    collector: remoteCollector(cluster, test, await tokenOf(cluster, names.secret)),
    failure: isRefused ? await initializerSaid(cluster, rendered) : undefined,
    made: runs.map(({ metadata }) => metadata.creationTimestamp).sort()[0] ?? '',
  }
}

/** Fetches what one cluster has of a test. */
async function fetchShare(
  test: string,
  { cluster, state, collector, rendered, failure, made }: EndedTest,
  source: FollowedSeries,
  folder: string,
): Promise<ShareEnd> {
  const { runners, runs } = state
  const pushed = failure === undefined ? await collector.last(source) : undefined
  refuseEarlier(test, pushed, made)
  await fetchLogs(cluster, folder, runners)
  const ended = {
    runners: new Map(runners.map((one) => [one.id, one])),
    first: runners.find(isOddEnd),
    failure,
    interrupted: false,
    hasBegun: failure === undefined,
    isOver: true,
    isStopped: false,
    runs,
  }
  return { ended, pushed, changes: changesIn(test, rendered.loadings, runs) }
}

/** Clusters that have different runs under one name, or not all of one. */
function refuseUnlike(test: string, all: readonly EndedTest[]): void {
  const ids = [...new Set(all.map(({ rendered }) => rendered.begun.id))]
  if (ids.length > 1)
    throw new UserError(
      `kubernetes: under the name ${test} these clusters have different runs: ${ids.join(', ')}`,
    )
  const wanted = [...new Set(all[0]?.rendered.begun.instances.map(({ region }) => region))]
  const missing = wanted.filter((region) => !all.some((one) => one.region === region))
  const isDivided = all.some(({ rendered }) => !rendered.runs.includes(test))
  if (isDivided && missing.length > 0)
    throw new UserError(
      `kubernetes: ${test} was made by several clusters; its regions ${missing.join(', ')} are missing: give each as --region NAME=CONTEXT`,
    )
}

/** Milliseconds by which the clocks of a cluster may differ. */
const CLOCKS_MS = 5000

/** What was pushed before a TestRun was made is of another run, which was applied before it. */
function refuseEarlier(test: string, pushed: Pushed | undefined, began: string): void {
  const members = pushed?.members ?? []
  if (members.length === 0) return
  const last = Math.max(...members.map((one) => one.last))
  if (last < Date.parse(began) - CLOCKS_MS)
    throw new UserError(
      `kubernetes: what the collector of ${test} has was pushed until ${new Date(last).toISOString()}, before this TestRun was made (${began}): its runners have pushed nothing`,
    )
}
