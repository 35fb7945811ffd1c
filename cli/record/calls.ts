import { GRPC_CODES } from '../../config/grpcCodes.ts'
import { namedPlaces } from './namedPlaces.ts'
import { series, total } from './query.ts'
import { countsOf, trendOf, type TrendFigures } from './signalFigures.ts'
import { CALLS } from './signals.ts'
import type { Store } from './store.ts'

/** The gRPC calls of one name in a journey, in the judged phases; times in ms. */
export interface CallFigures extends TrendFigures {
  journey?: string
  call: string
  count: number
  /** Those whose status was not expected; absent of calls that a script makes by k6's own module, which has no such thing. */
  failed?: number
  /** How they ended, most first: `OK`, `NOT_FOUND`; `not made` where there was no connection, or nothing to call. */
  statuses: { status: string; count: number }[]
  /** Of streams alone: how many there were, and their messages. */
  streams?: { count: number; sent: number; received: number }
}

/** The gRPC calls of each journey by name, in the order in which they were first seen. */
export const callsOf = (store: Store, judged: readonly string[]): CallFigures[] =>
  namedPlaces(store, [CALLS.all.metric, CALLS.trend, STREAMS.all], judged).map(({ journey, name, where }) => {
    const { count: answered, figures } = trendOf(store, CALLS.trend, where)
    const asked = total(store, CALLS.all.metric, where)
    const streams = total(store, STREAMS.all, where)
    const statuses = new Map<string, number>()
    for (const one of series(store, CALLS.trend, where)) {
      if (one.kind !== 'histogram') continue
      const status = statusOf(one.labels.status)
      statuses.set(status, (statuses.get(status) ?? 0) + one.histogram.count)
    }
    if (asked > answered) statuses.set('not made', asked - answered)
    return {
      ...(journey === '' ? {} : { journey }),
      call: name,
      ...(asked > 0 ? countsOf(store, CALLS, where) : { count: answered }),
      ...figures,
      statuses: [...statuses].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count),
      ...(streams > 0
        ? {
            streams: {
              count: streams,
              sent: total(store, STREAMS.sent, where),
              received: total(store, STREAMS.received, where),
            },
          }
        : {}),
    }
  })

/** k6's metrics of streams, and of their messages. */
export const STREAMS = {
  all: 'grpc_streams',
  sent: 'grpc_streams_msgs_sent',
  received: 'grpc_streams_msgs_received',
} as const

/** k6 writes a status as its number. */
const statusOf = (number = ''): string => GRPC_CODES[Number(number || NaN)] ?? `status ${number || 'unknown'}`
