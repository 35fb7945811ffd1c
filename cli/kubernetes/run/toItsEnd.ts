import { totalPeak } from '../../../config/workload/shape.ts'
import { UserError } from '../../base/index.ts'
import { ranScenarios, type FollowedRun, type RunRecord } from '../../record/index.ts'
import { followLoad, type Recorded } from '../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import type { ClusterTest } from '../clusterTest.ts'
import type { PlannedTest } from '../plan.ts'
import { changesOf, loadingOf } from '../render/loading.ts'
import { loadingIn } from '../render/objects.ts'
import { endedOf, fetchLogs } from './ended.ts'
import { followTest, type FollowedTest } from './follow.ts'
import { launch, type Locked } from './objects.ts'
import type { Pushed, RemoteCollector } from './remoteCollector.ts'
import type { Runner } from './runners.ts'
import type { TestState } from './state.ts'

/** What is seen of a test while it runs. */
export interface Sign {
  /** When its load began. */
  began?: string
  /** Why thresholds, or the environment's cap, end it. */
  crossed?: string
  over?: string
  pushed?: Pushed
}

/** A run in a cluster. */
export interface Underway {
  readonly planned: PlannedTest
  readonly run: { readonly waitMs: number; readonly say: (line: string) => void }
  readonly folder: string
  readonly followed: FollowedRun
  readonly sign: Sign
  readonly locked: Locked
  readonly stopped: AbortSignal
  readonly hurried: AbortSignal
  /** Whether all that the cluster has of the run is here. */
  readonly kept: { isWhole: boolean }
}

/** How a test ends that a signal ended before it was launched. */
const NONE: FollowedTest = { runners: new Map(), interrupted: true, hasBegun: false, isOver: true }

/** Launches a test, follows it until its runners have ended, and fetches what they left. */
export async function toItsEnd(cluster: Cluster, test: ClusterTest, about: Underway): Promise<Recorded> {
  const { run, folder, followed, sign, locked, stopped, hurried, kept } = about
  const { say, waitMs } = run
  const { started, runners: count, names } = test
  const collector = await launched(cluster, test, about)
  if (!collector) return endedOf(started, NONE, { isAborted: false, changes: [] })
  let fetched: Promise<void> | undefined
  const logs = (runners: Iterable<Runner>): Promise<void> => (fetched ??= fetchLogs(cluster, folder, runners))
  const look = looking(collector, started, about)
  const ended = await followTest(cluster, {
    test: names.test,
    count,
    say,
    stopped,
    hurried,
    waitMs,
    mostMs: mostOf(started),
    onLook: look.on,
    why: () => sign.over ?? sign.crossed,
    remove: async (runners) => {
      await logs(runners)
      await locked.made.remove('TestRun')
    },
  }).finally(look.stop)
  try {
    if (ended.hasBegun) sign.pushed = await collector.last(followed)
    await logs(ended.runners.values())
    kept.isWhole = ended.isOver
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(`the last of what was recorded did not come: ${error.message}`)
  }
  for (const problem of sign.pushed?.problems ?? []) say(problem)
  return endedOf(started, ended, {
    began: sign.began,
    isAborted: sign.crossed !== undefined,
    over: sign.over,
    pushed: sign.pushed,
    changes: ended.run ? changesOf(loadingIn(test), loadingOf(ended.run.spec)) : [],
  })
}

/** Launches a test; undefined where a signal came before. */
async function launched(
  cluster: Cluster,
  test: ClusterTest,
  { run: { say }, locked, stopped, kept }: Underway,
): Promise<RemoteCollector | undefined> {
  try {
    const onRun = (): void => void (kept.isWhole = false)
    return await launch(cluster, test, locked, { say, signal: stopped, onRun })
  } catch (error) {
    if (!stopped.aborted) throw error
    say('interrupted')
    return undefined
  }
}

/** What is done with each look at a test: from its beginning on its load is shown and judged, and what was recorded comes. */
function looking(
  collector: RemoteCollector,
  started: RunRecord,
  { planned, followed, sign }: Underway,
): { on: (state: TestState) => Promise<void>; stop: () => void } {
  let following: { stop: () => void } | undefined
  return {
    async on({ stage }) {
      if (stage === 'started' && sign.began === undefined) {
        sign.began = new Date().toISOString()
        const { thresholds } = planned.plan.manifest.options
        const load = { store: followed.store, started, thresholds }
        following = followLoad(load, (sentence) => (sign.crossed = sentence))
      }
      // What cannot be fetched now comes with the next look.
      await collector.sync(followed).catch(() => undefined)
    },
    stop: () => following?.stop(),
  }
}

/** Milliseconds that `setup`, `teardown` and graceful stops may take beside the planned load. */
const SLACK_MS = 1_800_000

/** Milliseconds that a load may take. */
function mostOf(started: RunRecord): number {
  const { seconds } = totalPeak(Object.values(ranScenarios(started)))
  return seconds > 0 ? seconds * 1000 + SLACK_MS : Infinity
}
