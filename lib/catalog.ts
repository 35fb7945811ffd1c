import type { MetricKind } from '../config/thresholds/metricKinds.ts'

/** What is known of a metric before anything is measured. */
export interface MetricEntry {
  kind: MetricKind
  meaning: string
  /** `ms` for times (k6 then treats them as times), else the unit people read, such as `EUR`. */
  unit?: string
  /** The names of tags that samples may carry beside the ambient ones. */
  by?: readonly string[]
  /** `start`: samples carry the phase in which the iteration began, not the one in which they are added. */
  phaseOf?: 'start'
}

/** Every metric that the library itself emits; ambient tags on all: journey, step, phase, scenario. */
export const CATALOG = {
  journeys_started: { kind: 'counter', meaning: 'Started journeys, by the phase in which they started' },
  journeys_completed: { kind: 'counter', meaning: 'Journeys that reached their end' },
  journeys_failed: { kind: 'counter', meaning: 'Journeys abandoned by ensure() or ended by an error' },
  journey_failed: { kind: 'rate', meaning: 'Share of ended journeys that failed' },
  journey_duration: { kind: 'trend', meaning: 'Time of a journey, think time excluded', unit: 'ms' },
  steps_completed: {
    kind: 'counter',
    meaning: 'Steps that reached their end, by the phase in which the journey began',
  },
  span_duration: { kind: 'trend', meaning: 'Time of a span', unit: 'ms', by: ['span'] },
  checks_succeeded: { kind: 'counter', meaning: 'Passed checks' },
  checks_failed: { kind: 'counter', meaning: 'Failed checks' },
  graphql_operations: { kind: 'counter', meaning: 'GraphQL operations that were sent', by: ['name'] },
  graphql_operations_failed: {
    kind: 'counter',
    meaning: 'GraphQL operations whose answer had errors that were not expected, whatever its status was',
    by: ['name'],
  },
  graphql_operation_failed: {
    kind: 'rate',
    meaning: 'Share of GraphQL operations whose answer had errors that were not expected',
    by: ['name'],
  },
  grpc_calls: { kind: 'counter', meaning: 'gRPC calls and streams that were made', by: ['name'] },
  grpc_calls_failed: {
    kind: 'counter',
    meaning: 'gRPC calls and streams whose status was not expected, or to which there was no connection',
    by: ['name'],
  },
  grpc_call_failed: {
    kind: 'rate',
    meaning: 'Share of gRPC calls and streams whose status was not expected',
    by: ['name'],
  },
  tunnel_errors: {
    kind: 'counter',
    meaning: 'Responses made by the tunnel in front of the target, not by the target',
    by: ['code'],
  },
} as const satisfies Record<string, MetricEntry>

/** k6's own metric to which steps add; re-declaring it gives the built-in one. */
export const GROUP_DURATION = 'group_duration'

/** Tags that the library sets on samples. */
export const TAGS = ['journey', 'step', 'phase'] as const

/** The name of the array in which the VUs of a process share the settings. */
export const SETTINGS_ARRAY = 'loadwright settings'

/** Where a table of an author's metrics is kept, beside its recorders. */
export const TABLE: unique symbol = Symbol.for('table')

/** What went wrong, as one line on k6's console (`"loadwright":"failure"`): the CLI groups by it, a person reads it in a log. */
export interface FailureEvent {
  /** A check that did not hold, a request that failed, or an error that ended the journey. */
  kind: 'check' | 'request' | 'error'
  /** The check's name, the request's name, or the error's text. */
  what: string
  journey?: string
  step?: string
  phase?: string
  scenario?: string
  /** The name of the last request before it. */
  request?: string
  expected?: string
  got?: string
  /** Of an error, where it was thrown: positions in the bundle, `line:column`, innermost first, at most 8. */
  stack?: string
  /** Of an error, where a request or check of the same iteration had failed before: the test may be right. */
  after?: true
  status?: number
  /** Of a request, the status of gRPC that it ended with, or the code of GraphQL's first error: another code is another cause. */
  code?: string
  /** Where a response was made: `tunnel` when something in front of the target made it. */
  origin?: 'tunnel'
  /** What the response's body begins with, at most 800 characters, without tags and without what may be a secret. */
  excerpt?: string
  /** The rows in use, `pool=label` with a space between. */
  row?: string
  trace_id?: string
  vu: number
  /** The iteration of this VU in this scenario, from 0. */
  iteration?: number
  /** Unix time in milliseconds. */
  at?: number
  /** How many like it this VU has seen so far: only the 1st, 2nd, 4th, 8th … and the first of ten rows are written. */
  count: number
}

/** What a page looked like whose step or check failed (`"loadwright":"page"`): it belongs to a failure of the same iteration. */
export interface PageEvent {
  journey: string
  step: string
  /** Without what may be a secret, at most 300 characters. */
  url: string
  /** The file in the folder PICTURES; undefined where none could be taken. */
  picture?: string | undefined
  /** The page's last errors, at most 20 of 300 characters, without what may be a secret. */
  console: readonly string[]
  vu: number
  /** The iteration of this VU in this scenario, from 0. */
  iteration: number
  /** Unix time in milliseconds. */
  at: number
}

/** The name of a page's requests to other hosts than the target: fonts, tags, counters of others. */
export const THIRD_PARTY = 'third party'

/** Rows that the target did not know (`"loadwright":"rows"`). */
export interface RowsEvent {
  pool: string
  bad: readonly string[]
  of: number
  statuses: string
  action: 'abort' | 'quarantine'
}

/** What the author's `setup` threw (`"loadwright":"setup"`); `stack` as in {@link FailureEvent}. */
export interface SetupEvent {
  error: string
  stack?: string | undefined
}

/** A target that does not answer (`"loadwright":"target"`). */
export interface TargetEvent {
  target: string
  error: string
}

/** A target's clock that is another (`"loadwright":"clock"`): `ms` ahead of the generator's, or behind where below 0. */
export interface ClockEvent {
  ms: number
}

/**
 * The spans of one trace (`"loadwright":"span"`), for whoever exports traces: a step, its requests, its author's spans;
 * or what was outside of a step. One line a trace: k6 writes each at a cost, and what they share is said once.
 */
export interface SpanEvent {
  trace_id: string
  /** k6's tags at its end: journey, step, phase, scenario, group, and the author's own. */
  tags: Readonly<Record<string, string | number | boolean>>
  /** The root first, and only the root has no parent; it has no name where the trace is of no step. */
  spans: readonly SpanPart[]
}

/** One span of a {@link SpanEvent}; one without `ms` had not ended when its trace did. */
export interface SpanPart {
  /** 16 hexadecimal digits; of a request, those in its `traceparent`. */
  id: string
  parent?: string
  name?: string
  /** Unix time in milliseconds, and how long it took. */
  at?: number
  ms?: number
  /** What failed, where something did. */
  error?: string
  /** Of a request alone; its URL without what may be a secret. */
  method?: string
  url?: string
  status?: number
}
