import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { UserError } from '../../base/index.ts'
import { whileNotStopped } from '../../k6/index.ts'
import { followRecorded, metadataOf, type FollowedRun } from '../../record/index.ts'
import {
  followLoad,
  guardRate,
  makeRunFolder,
  newRunId,
  recordRun,
  roomIn,
  type Finished,
  type Listening,
} from '../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import type { ClusterTest } from '../clusterTest.ts'
import type { PlannedTest } from '../plan.ts'
import { collectorHash } from '../render/collector.ts'
import { objectsOf } from '../render/objects.ts'
import { endedOf, fetchLogs } from './ended.ts'
import { followTest, type FollowedTest, type TestState } from './follow.ts'
import { removeTest, secretOf } from './objects.ts'
import { openerOf } from './openerOf.ts'
import { collectorReady, remoteCollector, type RemoteCollector } from './remoteCollector.ts'

/** What a run in a cluster needs beside its test. */
export interface ClusterRun extends Pick<Listening, 'live'> {
  /** The folder that run folders are made in. */
  readonly results: string
  /** Whether its objects stay. */
  readonly keep: boolean
  /** Milliseconds that runners may be Pending. */
  readonly waitMs: number
  readonly say: (line: string) => void
}

/**
 * Runs a test in a cluster to its end, and leaves the record of a run. `show` gets it as soon as its verdict and its
 * reports are there. Throws UserError where the cluster does not answer, or has a TestRun of the name.
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
  await refuseSecond(cluster, test.names.test)
  const { results, warning } = await roomIn(resolve(run.results))
  if (warning !== undefined) say(warning)
  return whileNotStopped(async (stopped) => {
    const folder = await makeRunFolder(results, id)
    const started = { ...test.started, startedAt: new Date().toISOString() }
    const guard = guardRate(plan.settings.ENVIRONMENT, plan.environment.caps.rate, say)
    const followed = followRecorded(folder, guard)
    const how = { folder, map: plan.suite.map, onChanges: () => undefined, open: openerOf(followed) }
    const listening = { ...run, record: 'on' as const }
    try {
      return await recordRun(started, { ...how, listening, stopped, say, show }, async () => {
        const collector = await launch(cluster, test, { say, signal: stopped }).catch((error: unknown) => {
          if (!stopped.aborted) throw error
          say('interrupted')
        })
        if (!collector) return endedOf(started, NONE, { began: undefined, isAborted: false })
        return untilOver(
          cluster,
          { ...test, started },
          { collector, followed, folder, planned, run, stopped },
        )
      })
    } finally {
      if (run.keep) say(`its objects stay: loadwright kubernetes delete ${test.names.test} removes them`)
      else await removeTest(cluster, test.names.test).catch((error: unknown) => say((error as Error).message))
    }
  })
}

/** How a test ends that a signal ended before it had runners. */
const NONE: FollowedTest = { runners: new Map(), interrupted: true }

/** Of one name there is one TestRun at a time. */
async function refuseSecond({ api }: Cluster, name: string): Promise<void> {
  const there = await api.get<{ status?: { stage?: string } }>('TestRun', name)
  if (there)
    throw new UserError(
      `kubernetes: there is a TestRun ${name} already (${there.status?.stage ?? 'new'}): wait for its end, remove it by loadwright kubernetes delete ${name}, or give another --name`,
    )
}

/** Makes a test's objects: its collector first, and what runs once that is ready. */
async function launch(
  cluster: Cluster,
  test: ClusterTest,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<RemoteCollector> {
  const { api } = cluster
  const token = randomBytes(24).toString('base64url')
  const objects = objectsOf(test)
  for (const object of [secretOf(test, token), ...objects])
    if (object.kind !== 'TestRun') await api.apply(object)
  await collectorReady(cluster, test.names.test, { hash: collectorHash(test), say, signal })
  for (const object of objects)
    if (object.kind === 'TestRun' && !(await api.create(object))) await refuseSecond(cluster, test.names.test)
  return remoteCollector(cluster, test.names.test, token)
}

interface Underway {
  collector: RemoteCollector
  followed: FollowedRun
  folder: string
  planned: PlannedTest
  run: ClusterRun
  stopped: AbortSignal
}

/** Follows a test until its runners have ended, and fetches what they left. */
async function untilOver(
  cluster: Cluster,
  test: ClusterTest,
  { collector, followed, folder, planned, run, stopped }: Underway,
) {
  const { say, waitMs } = run
  const { started, runners: count, names } = test
  const following: { stop: () => void }[] = []
  const sign: { began?: string; crossed?: string } = {}
  const onLook = async ({ stage }: TestState): Promise<void> => {
    if (sign.began === undefined && stage === 'started') {
      sign.began = new Date().toISOString()
      const { thresholds } = planned.plan.manifest.options
      following.push(
        followLoad({ store: followed.store, started, thresholds }, (one) => (sign.crossed = one)),
      )
    }
    // What cannot be fetched now comes with the next look.
    await collector.sync(followed).catch(() => undefined)
  }
  try {
    const about = { test: names.test, count, say, stopped, waitMs, onLook, why: () => sign.crossed }
    const ended = await followTest(cluster, about)
    await lastOf(collector, followed, say)
    await fetchLogs(cluster, folder, ended.runners.values())
    return endedOf(started, ended, { began: sign.began, isAborted: sign.crossed !== undefined })
  } finally {
    for (const one of following) one.stop()
  }
}

/** Brings the last of what was recorded; a record without it is told as one. */
async function lastOf(
  collector: RemoteCollector,
  followed: FollowedRun,
  say: (line: string) => void,
): Promise<void> {
  try {
    await collector.sync(followed)
    for (const problem of (await collector.standing()).problems) say(problem)
  } catch (error) {
    say(`the last of what was recorded did not come: ${(error as Error).message}`)
  }
}
