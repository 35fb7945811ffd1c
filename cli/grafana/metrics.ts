import { K6_METRICS, PROTOCOL_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { CATALOG, type MetricEntry } from '../../lib/catalog.ts'
import {
  CALLS,
  CHECKS,
  ITERATIONS,
  metricNamesOf,
  PAGE_REQUESTS,
  REQUESTS,
  SOCKETS,
  STEPS,
  WEB_VITALS,
  type MetricDeclaration,
  type Signal,
} from '../record/index.ts'

export type { MetricDeclaration }

/** What a dashboard must know of a metric. */
export interface KnownMetric {
  readonly kind: MetricKind
  readonly meaning: string
  /** `ms` for times, `bytes` for data, else the unit people read. */
  readonly unit?: string
  /** The labels of its series, beside `testid` and those of a whole run. */
  readonly labels: readonly string[]
}

/** Metrics by k6's name. */
export type MetricNames = Readonly<Record<string, KnownMetric>>

const AMBIENT = STEPS.tags

/** The labels of k6's own metrics, as they are pushed with the system tags of a suite; else they are those of requests. */
const K6_LABELS: Readonly<Record<string, readonly string[]>> = {
  vus: [],
  vus_max: [],
  // k6 drops them before an iteration begins: it does not know of which journey.
  dropped_iterations: ['scenario'],
  data_received: ITERATIONS.tags,
  data_sent: ITERATIONS.tags,
  ...labelsOf([STEPS, ITERATIONS]),
  [CHECKS.okShare]: [...AMBIENT, 'check'],
}

/** The labels of the metrics of some signals. */
function labelsOf(signals: readonly Signal[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    signals.flatMap((signal) => metricNamesOf(signal).map((metric) => [metric, signal.tags] as const)),
  )
}

/** k6's metrics of the browser module: what its pages feel like, and what they ask for. */
const BROWSER: MetricNames = {
  ...Object.fromEntries(
    WEB_VITALS.map(({ metric, meaning, unit }) => [
      metric,
      { kind: 'trend', meaning, ...(unit ? { unit } : {}), labels: [...AMBIENT, 'name', 'rating', 'url'] },
    ]),
  ),
  [PAGE_REQUESTS]: {
    kind: 'trend',
    meaning: 'how long a request of a page took',
    unit: 'ms',
    labels: [...AMBIENT, 'name', 'status', 'method', 'url'],
  },
}

/** k6's metrics of sockets and gRPC. */
const TALKS: MetricNames = Object.fromEntries(
  Object.entries(PROTOCOL_METRICS).flatMap(([metric, kind]): [string, KnownMetric][] => {
    const of = [SOCKETS, CALLS].find((signal) => metric.startsWith(signal.trend.replace(/_.*/, '_')))
    const about = { kind, meaning: `k6's ${metric}`, ...(kind === 'trend' ? { unit: 'ms' } : {}) }
    return of ? [[metric, { ...about, labels: of.tags }]] : []
  }),
)

/** Every metric that a dashboard may ask for: k6's, the library's, and an author's own. */
export function metricsOf(own: readonly MetricDeclaration[] = []): MetricNames {
  const k6 = Object.entries(K6_METRICS).map(([name, kind]): [string, KnownMetric] => {
    const labels = K6_LABELS[name] ?? REQUESTS.tags
    const unit = kind === 'trend' ? 'ms' : name.startsWith('data_') ? 'bytes' : undefined
    return [name, { kind, meaning: `k6's ${name}`, ...(unit ? { unit } : {}), labels }]
  })
  const library = Object.entries<MetricEntry>(CATALOG).map(
    ([name, entry]) => [name, withLabels(entry)] as const,
  )
  const authors = own.flatMap(({ name, ...entry }) => [
    [name, withLabels(entry)] as const,
    // A Rate's counters: the only form of it that can be added up.
    ...(entry.kind === 'rate'
      ? (['nonzero', 'zero'] as const).map(
          (half) => [`${name}_${half}`, withLabels({ ...entry, kind: 'counter' })] as const,
        )
      : []),
  ])
  return { ...Object.fromEntries([...k6, ...library, ...authors]), ...BROWSER, ...TALKS }
}

function withLabels(entry: MetricEntry): KnownMetric {
  const { kind, meaning, unit, by = [] } = entry
  return { kind, meaning, ...(unit === undefined ? {} : { unit }), labels: [...AMBIENT, ...by] }
}
