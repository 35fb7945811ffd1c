import { delay, UserError } from '../../../base/index.ts'
import { GRACE_MS } from '../../../k6/index.ts'
import { cameToItsEnd } from '../../../run/index.ts'
import type { Cluster } from '../cluster.ts'
import { begunByOperator, begunTogether, type Stop } from './beginning.ts'
import { initializerSaid } from './initializer.ts'
import { stopAll } from './runnerApi.ts'
import type { Runner } from './runners.ts'
import { stateOf, type NamedTest, type TestRun, type TestState } from './state.ts'
import type { JointStart } from './jointStart.ts'
import { createTeller } from './tell.ts'
import { tooLong, waitOf } from './waits.ts'

/** What follows a test. */
export interface Following extends NamedTest {
  /** How many runners there should be, and how many with those of other clusters. */
  readonly count: number
  readonly total: number
  readonly say: (line: string) => void
  /** The first signal, and the second: nobody waits any more. */
  readonly stopped: AbortSignal
  readonly hurried: AbortSignal
  /** Milliseconds that anything may take before the load begins. */
  readonly waitMs: number
  /** Milliseconds that the load may take once it has begun. */
  readonly mostMs: number
  /** Told with each look. */
  readonly onLook: (state: TestState) => Promise<void>
  /** Begins the load of several clusters at once; where it is left out, the operator begins it. */
  readonly start?: JointStart | undefined
  /** Told why all are stopped, where it was seen here. */
  readonly onStop: (why: string) => void
  /** Why all should stop, by what was recorded or by another cluster; undefined as long as nothing does. */
  readonly why: () => string | undefined
  /** Fetches what runners have written, and removes the TestRun, and with it what runs. */
  readonly remove: (runners: Iterable<Runner>) => Promise<unknown>
}

/** How a test came to its end. */
export interface FollowedTest extends Pick<Stop, 'code'> {
  readonly runners: ReadonlyMap<string, Runner>
  /** The runner whose end was that of all. */
  readonly first?: Runner | undefined
  /** Why the operator or the cluster never began it. */
  readonly failure?: string | undefined
  /** Why loadwright ended it, or lost sight of it. */
  readonly stopped?: string | undefined
  readonly interrupted: boolean
  /** Whether its load has begun; and whether it has ended, or never will begin. */
  readonly hasBegun: boolean
  readonly isOver: boolean
  /** Whether loadwright stopped it. */
  readonly isStopped: boolean
  readonly runs: readonly TestRun[]
}

/** Milliseconds between two looks. */
const INTERVAL_MS = 1000

/** Follows a test to its end: says what changes, and stops all runners where one is lost or a signal comes. */
export async function followTest(cluster: Cluster, about: Following): Promise<FollowedTest> {
  const { count, total, start, stopped, hurried, waitMs, onLook, onStop, remove, say } = about
  const seen = new Map<string, Runner>()
  const tell = createTeller(about)
  const beginning = start
    ? begunTogether(cluster, count, { start, named: about })
    : begunByOperator(cluster, count)
  const times = { launched: performance.now(), begun: Infinity, stopping: Infinity }
  let first: Runner | undefined
  let stop: Stop | undefined
  let runs: readonly TestRun[] = []
  const ended = (more: Partial<FollowedTest> = {}): FollowedTest => ({
    runners: seen,
    first,
    runs,
    interrupted: stopped.aborted,
    hasBegun: times.begun < Infinity,
    isOver: true,
    isStopped: stop !== undefined,
    ...more,
  })
  const endOf = (one: Runner): string =>
    `runner ${one.id} of ${total} ${wordsOf(one)}; the others are stopped`
  /** Why all should stop now, and what the record says of it. */
  const reasonOf = async (state: TestState): Promise<Stop | undefined> => {
    if (stopped.aborted) return { say: 'interrupted', isTold: true }
    first = [...seen.values()].find(isOddEnd)
    if (first) return { say: endOf(first) }
    const why = about.why()
    if (why !== undefined) return { say: why, isTold: true }
    const wait = waitOf(state, count, beginning.hasBegun(state))
    if (wait && performance.now() - times.launched > waitMs) return tooLong(wait, waitMs, state.runners)
    const lasted = performance.now() - times.begun
    const late = await beginning.look(state, lasted)
    if (late || lasted <= about.mostMs) return late
    const slow = `the load should have ended within ${Math.round(about.mostMs / 1000)} s, and goes on`
    return { say: slow, stopped: slow }
  }
  try {
    for (;;) {
      const state = await stateOf(cluster, about)
      if (state.runs.length > 0) runs = state.runs
      note(seen, state, stop !== undefined)
      if (state.stage !== undefined && beginning.hasBegun(state))
        times.begun = Math.min(times.begun, performance.now())
      await onLook(state)
      tell(state, performance.now() - times.launched, beginning.hasBegun(state))
      if (state.stage === 'error' && seen.size === 0)
        return ended({ failure: await initializerSaid(cluster, about) })
      if (state.stage === undefined && seen.size === 0) return ended({ failure: 'its TestRun was deleted' })
      if (isOver(state, seen, count)) {
        first ??= [...seen.values()].find(isOddEnd)
        if (first && !stop) onStop(endOf(first))
        return ended(stop)
      }
      if (stop === undefined) {
        stop = await reasonOf(state)
        if (stop) {
          times.stopping = performance.now()
          for (const [id, lost] of stop.lost ?? []) lose(seen, id, lost)
          first ??= [...seen.values()].find(isOddEnd)
          say(stop.say)
          if (stop.isTold !== true) onStop(stop.say)
        }
      }
      if (stop) {
        if (!beginning.hasBegun(state)) {
          // The operator would begin it later.
          await remove(seen.values())
          return ended(stop)
        }
        if (state.runners.every(({ isRunning }) => !isRunning)) return ended(stop)
        if (hurried.aborted || performance.now() - times.stopping > GRACE_MS) {
          await remove(seen.values())
          return ended(stop)
        }
        // With each look, as those that had waited for room have it now.
        await stopAll(cluster, state.runners)
      }
      await delay(INTERVAL_MS, hurried).catch(() => undefined)
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return ended({ stopped: `the test was lost sight of: ${error.message}`, isOver: false })
  }
}

function lose(seen: Map<string, Runner>, id: string, lost: string): void {
  const one = seen.get(id)
  if (one) seen.set(id, { ...one, lost })
}

const isOver = ({ stage }: TestState, seen: ReadonlyMap<string, Runner>, count: number): boolean =>
  (seen.size === count || stage === undefined || /^(finished|error|stopped)$/.test(stage)) &&
  [...seen.values()].every((one) => one.ended !== undefined || one.lost !== undefined)

/** Whether a runner ended in any other way than by coming to its own end. */
export const isOddEnd = ({ lost, exit }: Runner): boolean =>
  lost !== undefined || (exit !== undefined && !cameToItsEnd({ code: exit }))

const wordsOf = ({ lost, exit }: Runner): string => lost ?? `ended with exit code ${exit ?? 0}`

/** Notes where runners are; one that ran and is gone was deleted, unless all are being stopped. */
function note(seen: Map<string, Runner>, { runners }: TestState, isStopping: boolean): void {
  const there = new Set(runners.map(({ id }) => id))
  for (const one of runners) {
    const before = seen.get(one.id)
    if (before?.ended === undefined && before?.lost === undefined) seen.set(one.id, one)
    // How it ended after it was lost changes nothing of that.
    else if (before.lost !== undefined && one.ended !== undefined)
      seen.set(one.id, { ...one, lost: before.lost })
  }
  for (const [id, one] of seen)
    if (!there.has(id) && one.ended === undefined && one.lost === undefined)
      seen.set(id, {
        ...one,
        isRunning: false,
        ...(isStopping ? { ended: new Date().toISOString() } : { lost: 'was deleted' }),
      })
}
