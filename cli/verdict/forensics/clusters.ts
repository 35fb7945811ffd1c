import { sum } from '../../../config/sum.ts'
import { GRPC_CODES } from '../../../config/grpcCodes.ts'
import type { FailureEvent, PageEvent } from '../../../lib/catalog.ts'
import type { Asked, Counted } from './counted.ts'
import { readExcerpt } from './excerpt.ts'
import { addPages } from './failedPages.ts'
import { rowsIn, tally, failureTimes, weighed, weightOf, type FailureGroup, type Weighted } from './weigh.ts'
import type { FailureCluster } from '../../record/index.ts'
import { defined } from '../../base/index.ts'

/** Clusters that a record keeps: each is a few hundred bytes, and a person reads the first few. */
export const MAX_CLUSTERS = 50

const MAX_ROWS = 10
/** Consequences that a cluster keeps. */
const MAX_CONSEQUENCES = 10
const MAX_TRACES = 3

/** Failures by cause, most frequent first: {@link groupsOf} without the reports, at most {@link MAX_CLUSTERS}. */
export function clustersOf(
  events: readonly FailureEvent[],
  pages: readonly PageEvent[] = [],
  counted?: Counted,
): FailureCluster[] {
  return groupsOf(events, pages, counted)
    .slice(0, MAX_CLUSTERS)
    .map(({ cluster }) => cluster)
}

/**
 * Groups failures by journey, step, kind, what, status, code and origin, most frequent first; exact where k6 has counted the
 * same. One failure has one cause: checks on a request that failed, and errors after it, belong to that request. What pages
 * looked like belongs to the failures on them.
 */
export function groupsOf(
  events: readonly FailureEvent[],
  pages: readonly PageEvent[] = [],
  counted?: Counted,
): FailureGroup[] {
  const groups = new Map<string, Weighted[]>()
  for (const event of weighed(events)) {
    const { journey, step, kind, what, status, code, origin } = event
    const key = JSON.stringify([journey, step, kind, what, status, code, origin])
    const known = groups.get(key)
    if (known) known.push(event)
    else groups.set(key, [event])
  }
  const made = [...groups.values()].map((events) => ({ cluster: clusterOf(events), events }))
  if (counted) for (const { cluster } of made) count(cluster, made, counted)
  made.sort((a, b) => b.cluster.count - a.cluster.count)
  const requests = made.filter(({ cluster }) => cluster.kind === 'request')
  const causes = made.filter((group) => !isConsequence(group, requests))
  addPages(causes, pages)
  return causes
}

/** Adds a group to the cluster of the request that it followed from; false where there is none. */
function isConsequence({ cluster, events }: FailureGroup, requests: readonly FailureGroup[]): boolean {
  const { kind, what, journey, step, request, status, count, excerpt } = cluster
  if (kind === 'request' || (kind === 'error' && !events.every(({ after }) => after))) return false
  const near = requests.filter(
    (one) => one.cluster.journey === journey && one.cluster.step === step && one.cluster.what === request,
  )
  const isOf = ({ cluster }: FailureGroup): boolean =>
    cluster.status === status ||
    // What an answer of gRPC calls its status is the number of its code.
    (cluster.code !== undefined && cluster.code === GRPC_CODES[status ?? -1])
  const cause = kind === 'error' ? near[0] : near.find(isOf)
  if (!cause) return false
  const known = cause.cluster.consequences ?? []
  if (known.length < MAX_CONSEQUENCES) cause.cluster.consequences = [...known, { kind, what, count }]
  if (excerpt !== undefined) cause.cluster.excerpt ??= excerpt
  return true
}

function clusterOf(events: readonly Weighted[]): FailureCluster {
  const { journey, step, kind, what, expected, got, status, code, origin } = events[0] as Weighted
  const times = failureTimes(events)
  const raw = events.find((event) => event.excerpt !== undefined)?.excerpt
  const [[request] = []] = tally(events, (event) => event.request)
  return {
    ...defined({ journey, step, kind, what, request, expected, got, status, code, origin }),
    count: weightOf(events),
    exact: false,
    ...(times ? { first: iso(times.first), last: iso(times.last) } : {}),
    phases: tally(events, ({ phase }) => phase).map(([phase]) => phase),
    rows: rowsOf(events),
    trace_ids: [...new Set(events.flatMap(({ trace_id }) => trace_id ?? []))].slice(0, MAX_TRACES),
    ...defined({ excerpt: raw && readExcerpt(raw) }),
  }
}

const iso = (time: number): string => new Date(time).toISOString()

/** By how often a row was reported: the count between two reports says nothing of the rows between them. */
function rowsOf(events: readonly Weighted[]): string[] {
  const seen = new Map<string, number>()
  for (const { row } of events)
    for (const { pool, label } of rowsIn(row)) {
      const text = pool === '' ? label : `${pool}=${label}`
      seen.set(text, (seen.get(text) ?? 0) + 1)
    }
  return [...seen]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MAX_ROWS)
    .map(([row]) => row)
}

/**
 * Takes the count where it means this cluster alone. k6's of requests without an answer it does not take: those that k6 cut
 * off itself at the end are among them.
 */
function count(cluster: FailureCluster, all: readonly FailureGroup[], counted: Counted): void {
  const counter = counterOf(cluster, counted)
  const known = counter === undefined ? undefined : knownOf(cluster, counted)
  if (known === undefined) return
  const rivals = all.map((group) => group.cluster).filter((other) => counterOf(other, counted) === counter)
  const isCut = cluster.status === 0 && isByStatus(cluster, counted)
  if (known === sum(rivals.map((other) => other.count))) cluster.exact = true
  else if (rivals.length === 1) take(cluster, isCut ? 0 : known)
  // Calls of one name that ended in several ways: k6 has each of them, where none was expected to end so.
  else if (sum(rivals.map((other) => callsOf(other, counted))) === known)
    take(cluster, callsOf(cluster, counted))
}

function take(cluster: FailureCluster, known: number): void {
  if (known < cluster.count) return
  cluster.count = known
  cluster.exact = true
}

/** By what a cluster is counted; undefined where there is nothing. */
function counterOf(cluster: FailureCluster, counted: Counted): string | undefined {
  const { kind, journey, step, what, status } = cluster
  if (kind === 'error') return undefined
  if (kind === 'check') return JSON.stringify([kind, step, what])
  return JSON.stringify([kind, journey, step, what, isByStatus(cluster, counted) ? status : 'any'])
}

/** Whether k6 has counted a failed request of this status there. */
const isByStatus = (cluster: FailureCluster, { requests }: Counted): boolean =>
  requests.some((one) => isAt(one, cluster) && one.status === String(cluster.status))

const isAt = (one: Asked, { journey = '', step = '', what }: FailureCluster): boolean =>
  one.journey === journey && one.step === step && one.name === what

/** How many calls of gRPC ended as those of a cluster did. */
const callsOf = (cluster: FailureCluster, { calls = [] }: Counted): number =>
  sum(calls.filter((one) => isAt(one, cluster) && one.code === cluster.code).map((one) => one.count))

function knownOf(cluster: FailureCluster, counted: Counted): number | undefined {
  const { kind, step = '', what, status } = cluster
  const { checks, requests, outcomes = [] } = counted
  if (kind === 'check') {
    const own = checks.filter(
      ({ name, group }) => name === what && (group.split(' › ').at(-1) ?? '') === step,
    )
    return own.length === 0 ? undefined : sum(own.map(({ fails }) => fails))
  }
  const own = isByStatus(cluster, counted)
    ? requests.filter((one) => one.status === String(status))
    : outcomes
  const here = own.filter((one) => isAt(one, cluster))
  return here.length === 0 ? undefined : sum(here.map((one) => one.count))
}
