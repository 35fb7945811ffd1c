import { GRPC_CODES } from '../../../config/grpcCodes.ts'
import type { CheckResult } from '../../k6/index.ts'
import { CALLS, OPERATIONS, REQUESTS, series, total, type Part, type Store } from '../../record/index.ts'

/** Where something was asked for; '' where a tag is not there. */
export interface Asked {
  readonly journey: string
  readonly step: string
  readonly name: string
}

/** What was counted of failures: failed requests by their tags, checks by name and group. */
export interface Counted {
  /** `http_reqs{expected_response=false}`. */
  readonly requests: readonly (Asked & { readonly status: string; readonly count: number })[]
  readonly checks: readonly { readonly name: string; readonly group: string; readonly fails: number }[]
  /** What the library counts itself: calls of gRPC, and operations of GraphQL whose request did not fail. */
  readonly outcomes?: readonly (Asked & { readonly count: number })[]
  /** All calls of gRPC, by how they ended. */
  readonly calls?: readonly (Asked & { readonly code: string; readonly count: number })[]
}

/** What k6 and the library have counted of failures. */
export function countedBy(store: Store, checks: readonly CheckResult[]): Counted {
  const requests = series(store, REQUESTS.failed.metric, REQUESTS.failed.where).flatMap((one) =>
    one.kind === 'counter'
      ? [{ ...askedIn(one.labels), status: one.labels.status ?? '', count: one.total }]
      : [],
  )
  const calls = series(store, CALLS.trend).flatMap((one) =>
    one.kind === 'histogram'
      ? [
          {
            ...askedIn(one.labels),
            code: GRPC_CODES[Number(one.labels.status)] ?? '',
            count: one.histogram.count,
          },
        ]
      : [],
  )
  const outcomes = [
    ...failedAt(store, CALLS.failed).map((at) => ({
      ...at,
      count: total(store, CALLS.failed.metric, { ...at }),
    })),
    ...failedAt(store, OPERATIONS.failed).flatMap((at) => operationsAt(store, at)),
  ]
  return { requests, checks, outcomes, calls }
}

/** The operations of GraphQL that failed at a place with a request that did not; none where a request had several. */
function operationsAt(store: Store, at: Asked): (Asked & { readonly count: number })[] {
  const unanswered = total(store, REQUESTS.failed.metric, { ...REQUESTS.failed.where, ...at })
  const isOneEach =
    total(store, OPERATIONS.all.metric, { ...at }) === total(store, REQUESTS.all.metric, { ...at })
  if (unanswered > 0 && !isOneEach) return []
  return [{ ...at, count: total(store, OPERATIONS.failed.metric, { ...at }) - unanswered }]
}

/** Each place at which something was counted once. */
const failedAt = (store: Store, { metric }: Part): Asked[] => [
  ...new Map(
    series(store, metric).map(({ labels }) => [JSON.stringify(askedIn(labels)), askedIn(labels)]),
  ).values(),
]

const askedIn = ({ journey = '', step = '', name = '' }: Readonly<Record<string, string>>): Asked => ({
  journey,
  step,
  name,
})
