import { K6_METRICS, type MetricKind } from '../../config/thresholds/metricKinds.ts'
import { CATALOG, TAGS, type MetricEntry } from '../../lib/catalog.ts'
import type { MetricDeclaration } from '../record/index.ts'

export type { MetricDeclaration }

/** What a dashboard must know of a metric. */
export interface Metric {
  readonly kind: MetricKind
  readonly meaning: string
  /** `ms` for times, `bytes` for data, else the unit people read. */
  readonly unit?: string
  /** The labels of its series, beside `testid` and those of a whole run. */
  readonly labels: readonly string[]
}

/** Metrics by k6's name. */
export type Metrics = Readonly<Record<string, Metric>>

const AMBIENT = [...TAGS, 'scenario', 'group']
const ITERATION = ['journey', 'phase', 'scenario']
const REQUEST = [...AMBIENT, 'name', 'status', 'method', 'expected_response', 'error_code']

/** The labels of k6's own metrics, as they are pushed with the system tags of a suite. */
const K6_LABELS: Readonly<Partial<Record<keyof typeof K6_METRICS, readonly string[]>>> = {
  vus: [],
  vus_max: [],
  checks: [...AMBIENT, 'check'],
  dropped_iterations: ['journey', 'scenario'],
  group_duration: AMBIENT,
  iterations: ITERATION,
  iteration_duration: ITERATION,
  data_received: ITERATION,
  data_sent: ITERATION,
}

/** k6's metrics of the browser module: what its pages feel like. */
const BROWSER: Metrics = Object.fromEntries(
  (
    [
      ['browser_web_vital_lcp', 'Largest Contentful Paint', 'ms'],
      ['browser_web_vital_inp', 'Interaction to Next Paint', 'ms'],
      ['browser_web_vital_cls', 'Cumulative Layout Shift', undefined],
      ['browser_web_vital_fcp', 'First Contentful Paint', 'ms'],
      ['browser_web_vital_ttfb', 'Time to First Byte', 'ms'],
    ] as const
  ).map(([name, meaning, unit]) => [
    name,
    { kind: 'trend', meaning, ...(unit ? { unit } : {}), labels: [...AMBIENT, 'rating', 'url'] },
  ]),
)

/** Every metric that a dashboard may ask for: k6's, the library's, and an author's own. */
export function metricsOf(own: readonly MetricDeclaration[] = []): Metrics {
  const k6 = Object.entries(K6_METRICS).map(([name, kind]): [string, Metric] => {
    const labels = K6_LABELS[name as keyof typeof K6_METRICS] ?? REQUEST
    const unit = /duration|http_req_(?!failed)/.test(name)
      ? 'ms'
      : name.startsWith('data_')
        ? 'bytes'
        : undefined
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
  return { ...Object.fromEntries([...k6, ...library, ...authors]), ...BROWSER }
}

function withLabels(entry: MetricEntry): Metric {
  const { kind, meaning, unit, by = [] } = entry
  return { kind, meaning, ...(unit === undefined ? {} : { unit }), labels: [...AMBIENT, ...by] }
}

/** A Counter, or those of its series that have certain labels. */
export interface Part {
  readonly metric: string
  readonly where?: Readonly<Record<string, string>>
}

/** The counters that a Rate's share is made of: yes, and either all or no. */
export type Share = { readonly yes: Part } & ({ readonly all: Part } | { readonly no: Part })

/** The counters of a Rate. Its gauge cannot be added up: it has no denominator. */
export function shareOf(rate: string): Share {
  if (Object.hasOwn(SHARES, rate)) return SHARES[rate] as Share
  return { yes: { metric: `${rate}_nonzero` }, no: { metric: `${rate}_zero` } }
}

const SHARES: Readonly<Record<string, Share>> = {
  http_req_failed: {
    yes: { metric: 'http_reqs', where: { expected_response: 'false' } },
    all: { metric: 'http_reqs' },
  },
  checks: { yes: { metric: 'checks_succeeded' }, no: { metric: 'checks_failed' } },
  journey_failed: { yes: { metric: 'journeys_failed' }, no: { metric: 'journeys_completed' } },
}
