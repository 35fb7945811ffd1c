import type { About } from '../../../cli/grafana/about.ts'
import type { KnownMetric } from '../../../cli/grafana/metrics.ts'
import type { Dialect } from '../../../cli/grafana/question.ts'
import { RUN_SERIES, type RunSeries } from '../../../cli/record/runSeries.ts'
import { HISTORY_SERIES, type HistoryGauge } from '../../../cli/record/historySeries.ts'
import { OUTSIDE } from './outside.ts'

/**
 * What a series is: a Counter, a Gauge, a native histogram, the buckets of a classic one; or what k6 makes of a Rate
 * (`share`) and of a Trend without native histograms (`stat`): gauges of one set of tags each, since the start of a run.
 */
export type SeriesType = 'counter' | 'gauge' | 'native' | 'buckets' | 'share' | 'stat'

/** A series that a query may name. */
export interface Series {
  readonly type: SeriesType
  /** All that it may have; undefined where they are not known. */
  readonly labels: ReadonlySet<string> | undefined
}

export type Catalogue = ReadonlyMap<string, Series>

/** Labels of every series of a run: its own, k6's feature, and the runner's where there are several. */
const EVERY = ['testid', 'instance_id', 'k6_feature_native_histograms']

/** Statistics of Trends that k6 can be told to write; two of them only grow, as counters do. */
const STATS = ['avg', 'min', 'med', 'max', 'p50', 'p75', 'p90', 'p95', 'p99', 'p999']
const GROWING = ['sum', 'count']

type Named = readonly (readonly [suffix: string, type: SeriesType])[]

const HISTOGRAM: Named = [
  ['_bucket', 'buckets'],
  ['_sum', 'counter'],
  ['_count', 'counter'],
]

/** The ends of names in k6's remote write, after its prefix and the metric's own name. */
const REMOTE_WRITE = {
  counter: () => [['_total', 'counter']],
  gauge: () => [['', 'gauge']],
  rate: () => [['_rate', 'share']],
  trend: (): Named => [],
} as const satisfies Record<KnownMetric['kind'], (metric: KnownMetric) => Named>

const unitOf = ({ unit }: KnownMetric, time: string): string =>
  unit === 'ms' ? time : unit === 'bytes' ? '_bytes' : ''
const after = (unit: string, ends: Named): Named => ends.map(([end, type]) => [unit + end, type])

/** How k6 names a metric in each naming (its sources: internal/output/prometheusrw, internal/output/opentelemetry). */
const NAMES: Readonly<Record<string, (metric: KnownMetric) => Named>> = {
  native: (metric) =>
    metric.kind === 'trend' ? [[unitOf(metric, '_seconds'), 'native']] : REMOTE_WRITE[metric.kind](),
  classic: (metric) =>
    metric.kind === 'trend'
      ? [
          ...STATS.map((stat) => [`_${stat}`, 'stat'] as const),
          ...GROWING.map((stat) => [`_${stat}`, 'counter'] as const),
          ...after(unitOf(metric, '_seconds'), HISTOGRAM),
        ]
      : REMOTE_WRITE[metric.kind](),
  otel: (metric) => {
    if (metric.kind === 'trend') return after(unitOf(metric, '_milliseconds'), HISTOGRAM)
    // A Rate is a counter here, divided by a label.
    if (metric.kind === 'rate') return [['_total', 'counter']]
    return metric.kind === 'counter' ? after(unitOf(metric, ''), [['_total', 'counter']]) : [['', 'gauge']]
  },
}

/** Every series that a query of one naming may name; of `influxdb` every measurement. */
export function catalogue(dialect: Dialect['name'], { metrics }: Pick<About, 'metrics'>): Catalogue {
  if (dialect === 'influxdb') {
    const measurements = Object.entries(metrics).map(([name, { labels }]): [string, Series] => [
      name,
      { type: 'gauge', labels: labelsOf(labels) },
    ])
    return new Map([...measurements, ...outside()])
  }
  const names = NAMES[dialect]
  const k6 = Object.entries(metrics).flatMap(([name, metric]) =>
    (names?.(metric) ?? []).map(([end, type]): [string, Series] => {
      const more =
        type === 'buckets' ? ['le'] : dialect === 'otel' && metric.kind === 'rate' ? ['condition'] : []
      return [`k6_${name}${end}`, { type, labels: labelsOf([...metric.labels, ...more]) }]
    }),
  )
  const ours = Object.entries<RunSeries | HistoryGauge>({ ...RUN_SERIES, ...HISTORY_SERIES }).map(
    ([name, { labels }]): [string, Series] => [name, { type: 'gauge', labels: labelsOf(labels) }],
  )
  // Where a Trend without a unit has one name as a statistic and as a part of a histogram, it is the latter.
  return new Map([...k6, ...(dialect === 'otel' ? [] : ours), ...outside()])
}

/** Series that are not k6's, and so of every naming: those of the system under test, of monitors, of alerts. */
function outside(): [string, Series][] {
  return OUTSIDE.flatMap(({ labels, series }) =>
    Object.entries(series).map(([name, type]): [string, Series] => [
      name,
      { type, labels: labels && new Set(labels) },
    ]),
  )
}

const labelsOf = (labels: readonly string[]): ReadonlySet<string> => new Set([...EVERY, ...labels])
