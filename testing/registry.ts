import type { MetricType } from './types.ts'

/** What a metric's values are: k6's word for the unit. */
export type Contents = 'default' | 'time' | 'data'

/** A metric that exists in the test. */
export interface Metric {
  readonly name: string
  readonly type: MetricType
  readonly contents: Contents
}

const own = {
  vus: ['gauge', 'default'],
  vus_max: ['gauge', 'default'],
  iterations: ['counter', 'default'],
  iteration_duration: ['trend', 'time'],
  dropped_iterations: ['counter', 'default'],
  checks: ['rate', 'default'],
  group_duration: ['trend', 'time'],
  http_reqs: ['counter', 'default'],
  http_req_failed: ['rate', 'default'],
  http_req_duration: ['trend', 'time'],
  http_req_blocked: ['trend', 'time'],
  http_req_connecting: ['trend', 'time'],
  http_req_tls_handshaking: ['trend', 'time'],
  http_req_sending: ['trend', 'time'],
  http_req_waiting: ['trend', 'time'],
  http_req_receiving: ['trend', 'time'],
  ws_sessions: ['counter', 'default'],
  ws_msgs_sent: ['counter', 'default'],
  ws_msgs_received: ['counter', 'default'],
  ws_ping: ['trend', 'time'],
  ws_session_duration: ['trend', 'time'],
  ws_connecting: ['trend', 'time'],
  grpc_req_duration: ['trend', 'time'],
  grpc_streams: ['counter', 'default'],
  grpc_streams_msgs_sent: ['counter', 'default'],
  grpc_streams_msgs_received: ['counter', 'default'],
  data_sent: ['counter', 'data'],
  data_received: ['counter', 'data'],
} satisfies Record<string, [MetricType, Contents]>

/** The names of k6's own metrics. */
export type Builtin = keyof typeof own

/** k6's metrics by name: one name, one type. */
export interface Registry {
  /** Gives the metric of that name, new or the same again, or k6's sentence when it may not be. */
  declare(name: string, type: MetricType, isTime: boolean): Metric | string
  builtin(name: Builtin): Metric
}

const allowed = /^[a-zA-Z_][a-zA-Z0-9_]{1,128}$/

/** A registry that holds k6's own metrics. */
export function createRegistry(): Registry {
  const metrics = new Map<string, Metric>()
  for (const [name, [type, contents]] of Object.entries(own)) metrics.set(name, { name, type, contents })
  return {
    declare: (name, type, isTime) => {
      if (!allowed.test(name)) {
        return (
          `Invalid metric name: '${name}'. Metric names must only include up to 128 ASCII letters, ` +
          'numbers, or underscores and start with a letter or an underscore.'
        )
      }
      const contents = isTime ? 'time' : 'default'
      const old = metrics.get(name) ?? { name, type, contents }
      const exists = `metric '${name}' already exists but with`
      if (old.type !== type) return `${exists} type ${old.type}, instead of ${type}`
      if (old.contents !== contents) return `${exists} a value type ${old.contents}, instead of ${contents}`
      metrics.set(name, old)
      return old
    },
    builtin: (name) => {
      const [type, contents] = own[name]
      return { name, type, contents }
    },
  }
}
