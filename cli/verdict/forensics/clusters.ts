import { GRPC_CODES } from '../../../config/grpcCodes.ts'
import type { FailureEvent, PageEvent } from '../../../lib/catalog.ts'
import { readExcerpt } from './excerpt.ts'
import { addPages } from './failedPages.ts'
import { rowsIn, tally, failureTimes, weighed, weightOf, type FailureGroup, type Weighted } from './weigh.ts'
import type { FailureCluster } from '../../record/index.ts'
import { defined } from '../../base/index.ts'

/** What k6 itself counted: failed requests by their tags, checks by name and group. */
export interface Counted {
  /** `http_reqs{expected_response=false}`; '' where a tag is not there. */
  readonly requests: readonly {
    readonly journey: string
    readonly step: string
    readonly name: string
    readonly status: string
    readonly count: number
  }[]
  readonly checks: readonly { readonly name: string; readonly group: string; readonly fails: number }[]
}

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
 * Takes k6's count where it means this cluster alone. Requests without an answer it does not: k6 also counts those
 * that it cut off itself at the end.
 */
function count(cluster: FailureCluster, all: readonly FailureGroup[], counted: Counted): void {
  const rivals = all.map((group) => group.cluster).filter((other) => counterOf(other) === counterOf(cluster))
  const known = counterOf(cluster) === undefined ? undefined : byK6(cluster, counted)
  if (known === undefined) return
  const reported = rivals.reduce((sum, other) => sum + other.count, 0)
  if (known === reported) cluster.exact = true
  else if (rivals.length === 1 && known > cluster.count && cluster.status !== 0) {
    cluster.count = known
    cluster.exact = true
  }
}

/** Which of k6's counters a cluster is counted by; undefined where there is none. */
function counterOf({ kind, journey, step, what, status }: FailureCluster): string | undefined {
  if (kind === 'error') return undefined
  return JSON.stringify(kind === 'check' ? [kind, step, what] : [kind, journey, step, what, status])
}

function byK6({ kind, journey = '', step = '', what, status }: FailureCluster, counted: Counted) {
  const counts =
    kind === 'check'
      ? counted.checks
          .filter(({ name, group }) => name === what && (group.split(' › ').at(-1) ?? '') === step)
          .map(({ fails }) => fails)
      : counted.requests
          .filter((one) => one.journey === journey && one.step === step && one.name === what)
          .filter((one) => one.status === String(status))
          .map((one) => one.count)
  return counts.length === 0 ? undefined : counts.reduce((sum, each) => sum + each, 0)
}
