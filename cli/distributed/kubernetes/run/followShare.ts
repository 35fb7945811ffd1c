import { UserError } from '../../../base/index.ts'
import type { FollowedSeries } from '../../../record/index.ts'
import { loadingsIn } from '../render/objects.ts'
import { changesIn } from './changesIn.ts'
import { fetchLogs } from './fetchLogs.ts'
import { followTest, type FollowedTest } from './follow.ts'
import type { JointStart } from './jointStart.ts'
import { launch, namedOf } from './objects.ts'
import type { Pushed, RemoteCollector } from './remoteCollector.ts'
import type { Runner } from './runners.ts'
import type { Site, Underway } from './underway.ts'

/** How a cluster's share of a test ended. */
export interface ShareEnd {
  readonly ended: FollowedTest
  /** Who pushed, and what the collector refused. */
  readonly pushed?: Pushed | undefined
  /** In what its runners were not what was rendered, by their names. */
  readonly changes: ReadonlyMap<string, string>
}

/** How a share is followed beside all others. */
interface Beside extends Underway {
  readonly start: JointStart | undefined
  /** Told once the load has begun, and why the other regions are to end. */
  readonly onBegun: () => void
  readonly onStop: (why: string) => void
  /** Another region has ended all. */
  readonly halted: AbortSignal
  /** Milliseconds that the load may take. */
  readonly mostMs: number
}

/** How a test ends that was ended before it was launched. */
const NONE = { runners: new Map(), hasBegun: false, isOver: true, isStopped: true, runs: [] } as const

/** Launches a test in a cluster, follows it until its runners have ended, and fetches what they left. */
export async function followShare(site: Site, source: FollowedSeries, about: Beside): Promise<ShareEnd> {
  const { cluster, test, locked, region, kept } = site
  const { run, started, folder, sign, stopped, hurried, start, onBegun, onStop, mostMs } = about
  const say = (line: string): void => run.say(region === undefined ? line : `${region}: ${line}`)
  const collector = await launched(site, say, about)
  if (!collector) return { ended: { ...NONE, interrupted: stopped.aborted }, changes: new Map() }
  let fetched: Promise<void> | undefined
  const logs = (runners: Iterable<Runner>): Promise<void> => (fetched ??= fetchLogs(cluster, folder, runners))
  const ended = await followTest(cluster, {
    ...namedOf(test),
    count: test.runners,
    total: started.instances.length,
    say,
    stopped,
    hurried,
    waitMs: run.waitMs,
    mostMs,
    start,
    async onLook({ stage }) {
      if (start ? start.begun !== undefined : stage === 'started') onBegun()
      // What cannot be fetched now comes with the next look.
      await collector.sync(source).catch(() => undefined)
    },
    onStop,
    why: () => sign.over ?? sign.crossed ?? sign.elsewhere,
    remove: async (runners) => {
      await logs(runners)
      await locked.made.remove('TestRun')
    },
  })
  let pushed: Pushed | undefined
  try {
    if (ended.hasBegun) pushed = await collector.last(source)
    await logs(ended.runners.values())
    kept.isWhole = ended.isOver
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(`the last of what was recorded did not come: ${error.message}`)
  }
  for (const { text } of pushed?.problems ?? []) say(text)
  sign.refused.push(...(pushed?.problems ?? []))
  return { ended, pushed, changes: changesIn(test.names.test, loadingsIn(test), ended.runs) }
}

/** Launches a test; undefined where a signal, or another region, ended it before. */
async function launched(
  { cluster, test, locked, kept }: Site,
  say: (line: string) => void,
  { stopped, halted }: Beside,
): Promise<RemoteCollector | undefined> {
  const signal = AbortSignal.any([stopped, halted])
  try {
    const onRun = (): void => void (kept.isWhole = false)
    return await launch(cluster, test, locked, { say, signal, onRun })
  } catch (error) {
    if (!signal.aborted) throw error
    if (stopped.aborted) say('interrupted')
    return undefined
  }
}
