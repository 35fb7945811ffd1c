/** What is counted: a Counter, or the samples of a Trend; with `where`, those series alone that have certain tags. */
export interface Part {
  readonly metric: string
  readonly where?: Readonly<Record<string, string>>
}

/**
 * Something that a script does again and again, by the metrics that tell of it: how long one took, how many there were,
 * how many failed. Counted are `all`, else `ok` and `failed`, else the samples of the Trend.
 */
export interface Signal {
  /** What it is called in records, charts and sentences: many of them, and one. */
  readonly name: string
  readonly one: string
  /** The Trend of what is measured of each, such as how long it took, and its unit as k6 writes it. */
  readonly trend?: string
  readonly unit: 'ms' | 'bytes' | ''
  readonly all?: Part
  readonly ok?: Part
  readonly failed?: Part
  /** Rates of them: the share that failed, or the share that was well. */
  readonly failedShare?: string
  readonly okShare?: string
  /** A Counter of those that began. */
  readonly started?: string
  /** The tags of their series by which figures are cut, beside those of a whole run. */
  readonly tags: readonly string[]
}

/** The tags of every sample that is taken in a step. */
const IN_STEP = ['journey', 'step', 'phase', 'scenario', 'group'] as const
/** The tags of every sample of an iteration. */
const OF_ITERATION = ['journey', 'phase', 'scenario'] as const

/** HTTP requests; those failed whose response was not expected. */
export const REQUESTS = {
  name: 'requests',
  one: 'request',
  unit: 'ms',
  trend: 'http_req_duration',
  all: { metric: 'http_reqs' },
  failed: { metric: 'http_reqs', where: { expected_response: 'false' } },
  failedShare: 'http_req_failed',
  tags: [...IN_STEP, 'name', 'status', 'method', 'expected_response', 'error_code'],
} as const satisfies Signal

/** Steps that reached their end; k6's own Trend of groups has their time. */
export const STEPS = {
  name: 'steps',
  one: 'step',
  unit: 'ms',
  trend: 'group_duration',
  all: { metric: 'steps_completed' },
  tags: IN_STEP,
} as const satisfies Signal

/** Journeys that ended; their time is without think time. */
export const JOURNEYS = {
  name: 'journeys',
  one: 'journey',
  unit: 'ms',
  trend: 'journey_duration',
  ok: { metric: 'journeys_completed' },
  failed: { metric: 'journeys_failed' },
  failedShare: 'journey_failed',
  started: 'journeys_started',
  tags: IN_STEP,
} as const satisfies Signal

/** Iterations that ended. */
export const ITERATIONS = {
  name: 'iterations',
  one: 'iteration',
  unit: 'ms',
  trend: 'iteration_duration',
  all: { metric: 'iterations' },
  tags: OF_ITERATION,
} as const satisfies Signal

/** Checks; k6 has a Rate of them alone, the library two Counters. */
export const CHECKS = {
  name: 'checks',
  one: 'check',
  unit: '',
  ok: { metric: 'checks_succeeded' },
  failed: { metric: 'checks_failed' },
  okShare: 'checks',
  tags: IN_STEP,
} as const satisfies Signal

/** gRPC calls, streams among them, as the library counts them: which statuses are expected, k6 is not told. */
export const CALLS = {
  name: 'gRPC calls',
  one: 'gRPC call',
  unit: 'ms',
  trend: 'grpc_req_duration',
  all: { metric: 'grpc_calls' },
  failed: { metric: 'grpc_calls_failed' },
  failedShare: 'grpc_call_failed',
  tags: [...IN_STEP, 'name', 'method', 'status'],
} as const satisfies Signal

/** WebSockets; their time is that from the handshake to the end. */
export const SOCKETS = {
  name: 'sockets',
  one: 'socket session',
  unit: 'ms',
  trend: 'ws_session_duration',
  all: { metric: 'ws_sessions' },
  tags: [...IN_STEP, 'name', 'status'],
} as const satisfies Signal

/** Operations of GraphQL; their times are those of their requests. */
export const OPERATIONS = {
  name: 'GraphQL operations',
  one: 'GraphQL operation',
  unit: 'ms',
  all: { metric: 'graphql_operations' },
  failed: { metric: 'graphql_operations_failed' },
  failedShare: 'graphql_operation_failed',
  tags: [...IN_STEP, 'name'],
} as const satisfies Signal

/**
 * What scripts exchange with what they test, a row for each protocol: figures, curves, charts, agreement and
 * Prometheus' recording rules are made of every row.
 */
export const SIGNALS: readonly Signal[] = [REQUESTS, CALLS, SOCKETS, OPERATIONS]

/** The Rates of what failed: of everything that scripts do. */
export const FAILED_SHARES: readonly string[] = ([...SIGNALS, JOURNEYS] as readonly Signal[]).flatMap(
  ({ failedShare }) => failedShare ?? [],
)

/** What a load from several regions is judged by beside each other: the first of these of which every region has some. */
export const OF_REGIONS: readonly (Signal & { readonly trend: string })[] = [
  REQUESTS,
  CALLS,
  JOURNEYS,
  ITERATIONS,
]

/** Rows without HTTP requests, which have keys of their own in a record. */
export const othersOf = (signals: readonly Signal[]): readonly Signal[] =>
  signals.filter(({ name }) => name !== REQUESTS.name)

/** The parts that together count each one once. */
export function countersOf(signal: Signal): readonly Part[] {
  const { all, ok, failed } = signal
  const parts = all ? [all] : ok ? [ok, failed] : samplesOf(signal)
  return parts.filter((part) => part !== undefined)
}

/** The samples of its Trend, which count what nobody else does: calls that a script makes by k6's own module. */
export const samplesOf = ({ trend }: Signal): readonly Part[] =>
  trend === undefined ? [] : [{ metric: trend }]

/** Whether it is known of what has this name how many failed. */
export function tellsFailures(name: string): boolean {
  const all: readonly Signal[] = [...SIGNALS, JOURNEYS, ITERATIONS]
  const known = all.find((signal) => signal.name === name)
  return known === undefined || known.failed !== undefined
}

/** Every metric that a row names, each once. */
export function metricNamesOf({ trend, all, ok, failed, failedShare, okShare, started }: Signal): string[] {
  const named = [trend, all?.metric, ok?.metric, failed?.metric, failedShare, okShare, started]
  return [...new Set(named.filter((metric) => metric !== undefined))]
}
