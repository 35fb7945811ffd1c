import { grownIn } from '../k6/index.ts'
import { defined } from '../base/index.ts'
import {
  countsOf,
  drivesBrowser,
  JOURNEYS,
  occurrences,
  othersOf,
  REQUESTS,
  series,
  SIGNALS,
  STREAMS,
  total,
  type Counts,
  type RunRecord,
  type Store,
} from '../record/index.ts'
import { downIn } from './down.ts'
import { abortText, isUncounted, setupText } from './exceptions.ts'
import type { Facts } from './facts.ts'
import { outOfRoomIn } from './outOfRoom.ts'
import type { Ending, RunRemains } from './runRemains.ts'

/** The Rates of what never happened, and the counts of streams where there were none. */
const idleIn = (store: Store): string[] => [
  ...othersOf(SIGNALS).flatMap((signal) =>
    signal.failedShare && countsOf(store, signal, {}).count === 0 ? signal.failedShare : [],
  ),
  ...(series(store, STREAMS.all).length === 0 ? Object.values(STREAMS) : []),
]

/** HTTP requests that `setup` made: those that ask whether the target is there are in every run. */
const setupRequests = (store: Store): number => occurrences(store, REQUESTS.all, { group: '::setup' })

type OfStart =
  | ('script' | 'replaced' | 'singlePass' | 'slos' | 'http' | 'browser' | 'aborted' | 'setup')
  | ('said' | 'outOfRoom' | 'rows' | 'targets' | 'tunnel' | 'skew')

/** Facts of what was started, and of what its script and its target said. */
export function ofStart(
  { script, declared, load }: RunRecord,
  { console, places, store }: RunRemains,
  { requests }: Counts,
): Pick<Facts, OfStart> {
  const said = console.said.map(({ text }) => text)
  const aborted = abortText(said, places)
  const tunnel = console.failures.find(({ origin }) => origin === 'tunnel')?.got
  const { slos = [], http = false } = declared ?? {}
  return {
    script: script !== undefined,
    replaced: load.replaced,
    singlePass: load.singlePass,
    slos,
    http: http || requests > setupRequests(store),
    browser: !load.replaced && drivesBrowser({ scenarios: declared?.scenarios ?? {} }),
    rows: console.rows,
    targets: console.targets,
    setup: console.setup.map((event) => setupText(event, places)),
    said,
    outOfRoom: outOfRoomIn(console.said),
    ...defined({ aborted, tunnel, skew: console.clocks[0]?.ms }),
  }
}

/** Facts of how k6 ended, and of what was counted by then. */
export function ofEnd(
  { code, interrupted, stopped, goesOn, failure, memory }: Ending,
  { console, store, summary, thresholds, exceptions, received, unread }: RunRemains,
  { iterations, dropped, requests, checks, failedChecks, uncountedChecks }: Counts,
): Omit<Facts, OfStart> {
  return {
    k6: code,
    interrupted,
    ...defined({ stopped, goesOn, failure, memory }),
    thresholds,
    iterations,
    dropped,
    checks,
    failedChecks,
    ...defined({ uncountedChecks }),
    received: { bytes: received, requests },
    grown: grownIn(summary),
    down: downIn(store),
    idle: idleIn(store),
    tunnelErrors: total(store, 'tunnel_errors'),
    exceptions,
    failedJourneys: isUncounted(console.failures) ? total(store, JOURNEYS.failed.metric) : undefined,
    unread,
  }
}
