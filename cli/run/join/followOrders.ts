import { bytes, defined, delay, EXIT } from '../../base/index.ts'
import { cameToItsEnd, lostBy } from '../instances/ends.ts'
import { isOver, isReady, release, runSetup, shareSetup, wasWhole } from '../instances/restApi.ts'
import { endLingering } from '../instances/setupOnce.ts'
import type { StartedInstance } from '../instances/startInstance.ts'
import type { CollectorClient, Sent } from './collectorClient.ts'
import {
  MAX_BYTES,
  REPORT_MS,
  type JoinedEnd,
  type JoinedReport,
  type JoinedState,
  type Order,
} from './protocol.ts'

/** What an instance is told of itself, and what it does at its end. */
export interface Following {
  readonly about: Omit<JoinedReport, 'state' | 'setup' | 'started' | 'end'>
  /** Interrupts k6. */
  readonly stop: () => void
  readonly wasSignalled: () => boolean
  /** Sends what k6 has left, and tells what became of it. */
  readonly beforeEnd: () => Promise<Sent>
  /** What was seen of its machine. */
  readonly watched: () => Pick<JoinedEnd, 'watched' | 'memory'>
  /** Why k6 was ended before it took the last memory of its machine. */
  readonly exhausted: () => string | undefined
  /** Milliseconds for which it waits for the others before its load, and for the collector before and after it. */
  readonly waitMs: number
  readonly say: (line: string) => void
}

/** How an instance ended: its exit code, and whether the collector knows all of it. */
export interface Followed {
  readonly code: number
  readonly isSent: boolean
}

/** Reports without an answer after which it is said. */
const SILENT_REPORTS = 6
/** Milliseconds between two words on what is waited for. */
const TELL_MS = 60_000

/** Tells a collector where a k6 is, and does what it says, until k6 has ended and the collector knows it. */
export async function followOrders(
  one: StartedInstance,
  collector: CollectorClient,
  { about, stop, wasSignalled, beforeEnd, watched, exhausted, waitMs, say }: Following,
): Promise<Followed> {
  const now: { state: JoinedState } = { state: 'starting' }
  let setup: JoinedReport['setup']
  let [unanswered, stopped] = [0, undefined as string | undefined]
  let busy: Promise<void> | undefined
  const isFirst = about.part.id === '1'
  const patience = createPatience(waitMs, say)
  const isAlive = (): boolean => one.child.exitCode === null && one.child.signalCode === null
  const report = async (more: Partial<JoinedReport> = {}): Promise<Order | undefined> => {
    const order = await collector.report({
      ...about,
      state: now.state,
      ...defined({ started: one.begun }),
      ...(now.state === 'setUp' && setup ? { setup } : {}),
      ...more,
    })
    if (order === undefined && ++unanswered === SILENT_REPORTS)
      say(
        `the collector at ${collector.url} does not answer: k6 ${one.begun === undefined ? 'waits' : 'goes on, and its next push has what was missed'}`,
      )
    if (order !== undefined) {
      if (unanswered >= SILENT_REPORTS) say('the collector answers again')
      unanswered = 0
      if (now.state !== 'starting' && now.state !== 'ready') patience.begin()
    }
    return order
  }
  const begin = async ({ afterMs, setup: shared }: Extract<Order, { do: 'begin' }>): Promise<void> => {
    const refusal = shared === undefined ? undefined : await shareSetup(one.port, shared)
    await delay(afterMs)
    const why = refusal ?? (await release(one.port))
    if (why === undefined) {
      one.begun = new Date().toISOString()
      now.state = 'running'
      say(`instance ${about.part.id} has begun`)
    } else {
      say(`k6 could not be told to begin: ${why}`)
      stop()
    }
  }
  const prepare = async (): Promise<void> => {
    setup = shareable(await runSetup(one.port))
    one.isSetUp = setup.failed === undefined
    now.state = 'setUp'
  }
  const end = async (why: string): Promise<void> => {
    stopped = why
    say(why)
    if (isFirst) await endLingering(one, Promise.resolve())
    else stop()
  }
  const obey = (order: Order): Promise<void> | undefined => {
    if (order.do === 'setup' && now.state === 'ready') return prepare()
    if (order.do === 'begin' && one.begun === undefined) return begin(order)
    if (order.do === 'teardown') return endLingering(one, Promise.resolve())
    if (order.do === 'stop' && stopped === undefined)
      return end(`the collector stops this instance: ${order.why}`)
    return undefined
  }
  while (isAlive()) {
    if (now.state === 'starting' && (await isReady(one.port))) now.state = 'ready'
    if (now.state === 'running' && isFirst && (await isOver(one.port))) {
      now.state = 'over'
      // What ended it is told by its exit code, and ends all.
      if (!(await wasWhole(one.port))) busy ??= endLingering(one, Promise.resolve())
    }
    const order = await report()
    const isWaiting = one.begun === undefined || (now.state === 'over' && !order)
    if (
      isWaiting &&
      stopped === undefined &&
      !wasSignalled() &&
      patience.isOver(waitsFor(now.state, unanswered))
    )
      busy ??= end(`${waitsFor(now.state, unanswered)} for ${waitMs / 1000} s (--wait)`)
    if (order && busy === undefined)
      busy = obey(order)?.finally(() => {
        busy = undefined
      })
    await delay(REPORT_MS)
  }
  const { signal, ...ended } = await one.end
  const { code, interruptedIterations } = ended
  const isStopped = stopped !== undefined || wasSignalled()
  const why = exhausted()
  const lost = why === undefined ? (isStopped ? undefined : lostBy(ended, signal)) : `was ended: ${why}`
  const seen = watched()
  const sent = await beforeEnd()
  now.state = 'ended'
  const last = {
    ended: new Date().toISOString(),
    // Of its exit code a reader would take it for a Ctrl-C.
    ...defined({ code: why === undefined ? code : undefined, lost, interruptedIterations }),
    ...seen,
  }
  patience.begin()
  do {
    if (await report({ end: last }))
      return { code: sent === 'failed' ? EXIT.invalid : exitOf(ended, stopped), isSent: sent === 'taken' }
    await delay(2 * REPORT_MS)
  } while (!patience.isOver('the collector has not got the end of this instance'))
  say(
    `the collector at ${collector.url} has not got the end of this instance within ${waitMs / 1000} s (--wait)`,
  )
  return { code: EXIT.invalid, isSent: false }
}

/** What `setup` came to, as a report carries it: what is too large for one is a failure that is told. */
export function shareable(setup: NonNullable<JoinedReport['setup']>): NonNullable<JoinedReport['setup']> {
  const length = Buffer.byteLength(JSON.stringify(setup.data ?? null))
  return length <= MAX_BYTES.setup
    ? setup
    : {
        failed: `setup returned ${bytes(length)}, and other instances are given ${bytes(MAX_BYTES.setup)} at most: return less, or read it at init (open, SharedArray)`,
      }
}

/** What an instance waits for. */
const waitsFor = (state: JoinedState, unanswered: number): string =>
  unanswered >= SILENT_REPORTS
    ? 'the collector has not answered'
    : state === 'starting'
      ? 'k6 was not ready to begin'
      : 'the other instances were not there'

/** For how long something is waited for, and a word on it each minute. */
function createPatience(waitMs: number, say: (line: string) => void) {
  let since = performance.now()
  let told = since
  return {
    begin() {
      since = told = performance.now()
    },
    isOver(what: string): boolean {
      const now = performance.now()
      if (now - told >= TELL_MS) {
        told = now
        say(`${what} for ${Math.round((now - since) / 1000)} s of ${waitMs / 1000} s`)
      }
      return now - since >= waitMs
    },
  }
}

/** An instance has no verdict: it only says whether it did its part. */
const exitOf = (ended: { code: number | undefined }, stopped: string | undefined): number =>
  stopped === undefined && cameToItsEnd(ended) ? EXIT.pass : EXIT.invalid
