import { delay } from '../../base/index.ts'
import { callPod } from '../api/forward.ts'
import type { Cluster } from '../cluster.ts'
import { RUNNER_PORT } from '../plan.ts'
import { runnerLabels } from '../render/about.ts'
import { runnerOf, type Pod, type Runner } from './runners.ts'

/** Where a test in a cluster is. */
export interface TestState {
  /** The operator's word; undefined where the TestRun is gone, empty before the operator has looked at it. */
  readonly stage: string | undefined
  readonly runners: readonly Runner[]
}

/** Where a test is now. */
export async function stateOf({ api }: Cluster, test: string): Promise<TestState> {
  const [run, pods] = await Promise.all([
    api.get<{ status?: { stage?: string } }>('TestRun', test),
    api.list<Pod>('Pod', runnerLabels(test)),
  ])
  const runners = pods.map(runnerOf).filter(({ id }) => id !== '')
  return {
    stage: run === undefined ? undefined : (run.status?.stage ?? ''),
    runners: runners.sort((a, b) => Number(a.id) - Number(b.id)),
  }
}

/** What follows a test. */
export interface Following {
  readonly test: string
  /** How many runners there should be. */
  readonly count: number
  readonly say: (line: string) => void
  readonly stopped: AbortSignal
  /** Milliseconds that runners may be Pending. */
  readonly waitMs: number
  /** Told with each look. */
  readonly onLook: (state: TestState) => Promise<void>
  /** Why all should stop, by what was recorded; undefined as long as nothing does. */
  readonly why: () => string | undefined
}

/** How a test came to its end. */
export interface FollowedTest {
  readonly runners: ReadonlyMap<string, Runner>
  /** Why the operator or the cluster never began it. */
  readonly failure?: string
  readonly interrupted: boolean
}

/** Milliseconds between two looks; until runners that were stopped must have ended; until the operator must have looked. */
const INTERVAL_MS = 1000
const GRACE_MS = 190_000
const OPERATOR_MS = 30_000

/** Follows a test to its end: says what changes, and stops all runners where one is lost or a signal comes. */
export async function followTest(cluster: Cluster, about: Following): Promise<FollowedTest> {
  const { test, count, say, stopped, onLook, why, waitMs } = about
  const seen = new Map<string, Runner>()
  const told = new Set<string>()
  const once = (line: string): void => {
    if (!told.has(line)) say(line)
    told.add(line)
  }
  const began = performance.now()
  let stopping: number | undefined
  let failure: string | undefined
  for (;;) {
    const state = await stateOf(cluster, test)
    await onLook(state)
    note(seen, state)
    const waited = performance.now() - began
    if (state.stage === '' && waited > OPERATOR_MS)
      once(`the operator has not looked at the TestRun for ${OPERATOR_MS / 1000} s: does k6-operator run?`)
    if (state.stage !== undefined && state.stage !== '') once(`${test}: ${state.stage}`)
    for (const { id, pending } of state.runners)
      if (pending !== undefined) once(`runner ${id} of ${count} is Pending: ${pending}`)
    const all = [...seen.values()]
    const waiting = all.filter(({ pending }) => pending !== undefined)
    if (waiting.length > 0 && waited > waitMs && stopping === undefined)
      for (const one of waiting)
        seen.set(one.id, { ...one, lost: `was Pending for ${waitMs / 1000} s: ${one.pending ?? ''}` })
    const lost = [...seen.values()].find((one) => one.lost !== undefined)
    if (state.stage === 'error' && seen.size === 0) {
      failure = await initializerSaid(cluster, test)
      break
    }
    if (state.stage === undefined && seen.size === 0) {
      failure = 'its TestRun was deleted'
      break
    }
    const isWhole = all.length === count || /^(finished|error|stopped)$/.test(state.stage ?? '')
    if (isWhole && [...seen.values()].every((one) => one.ended !== undefined || one.lost !== undefined)) break
    const reason = stopped.aborted
      ? 'interrupted'
      : lost
        ? `runner ${lost.id} of ${count} ${lost.lost ?? ''}; the others are stopped`
        : waited > waitMs && all.length < count
          ? `${count - all.length} of ${count} runners have not come in ${waitMs / 1000} s: see the TestRun’s jobs`
          : why()
    if (reason !== undefined && stopping === undefined) {
      stopping = performance.now()
      say(reason)
    }
    if (stopping !== undefined) {
      if (state.runners.every(({ isRunning }) => !isRunning)) break
      if (performance.now() - stopping > GRACE_MS) break
      // With each look, as those that had waited for room have it now.
      await stopAll(cluster, state.runners)
    }
    await delay(INTERVAL_MS)
  }
  return { runners: seen, ...(failure === undefined ? {} : { failure }), interrupted: stopped.aborted }
}

/** Notes where runners are; one that ran and is gone was deleted. */
function note(seen: Map<string, Runner>, { runners }: TestState): void {
  const there = new Set(runners.map(({ id }) => id))
  for (const one of runners) if (seen.get(one.id)?.ended === undefined) seen.set(one.id, one)
  for (const [id, one] of seen)
    if (!there.has(id) && one.ended === undefined && one.lost === undefined)
      seen.set(id, { ...one, isRunning: false, lost: 'was deleted' })
}

/** Ends the load of runners by their k6's own API: what they leave when they have ended is kept. */
export async function stopAll({ access }: Cluster, runners: readonly Runner[]): Promise<void> {
  const body = { data: { type: 'status', id: 'default', attributes: { stopped: true } } }
  await Promise.all(
    runners
      .filter(({ isRunning }) => isRunning)
      .map(({ pod }) =>
        callPod(access, { pod, port: RUNNER_PORT }, { method: 'PATCH', path: '/v1/status', body }).catch(
          () => undefined,
        ),
      ),
  )
}

/** Why the operator's initializer failed, in its own words. */
async function initializerSaid({ api }: Cluster, test: string): Promise<string> {
  const [pod] = await api.list<Pod>('Pod', { app: 'k6', k6_cr: test, 'job-name': `${test}-initializer` })
  const text = pod ? await api.log(pod.metadata.name, 'k6') : ''
  const lines = text.split('\n').filter((line) => /level=error|not found|cannot/i.test(line))
  const said = /msg="((?:[^"\\]|\\.)*)"/.exec(lines[0] ?? '')?.[1] ?? lines[0]
  return `the operator’s initializer failed${said === undefined ? ': see the operator’s log' : `: ${said.slice(0, 500)}`}`
}
