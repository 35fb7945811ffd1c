import type { MetricNames } from '../metrics.ts'
import type { Dialect } from '../question.ts'
import type { Asked } from './asked.ts'
import { promql } from './promql.ts'

/** What `k6 run --out opentelemetry` must be given for these names: without it, k6's metrics have no prefix. */
export const OTEL_PREFIX = 'k6_'

const series = ({ metric, unit }: Asked): string =>
  `${OTEL_PREFIX}${metric}${unit === 's' ? '_milliseconds' : unit === 'bytes' ? '_bytes' : ''}`

const added = (trend: Asked, part: '_bucket' | '_sum' | '_count', ...further: string[]): string =>
  trend.sum(
    `${trend.over === 'run' ? 'last_over_time' : 'rate'}(${trend.past(series(trend) + part)})`,
    ...further,
  )

/** Times are pushed in milliseconds and read in seconds. */
const read = (trend: Asked, value: string): string => (trend.unit === 's' ? `${value} / 1000` : value)

/**
 * k6's OpenTelemetry output through OTLP into Prometheus, with names as the translation makes them. Shares come from
 * loadwright's pairs of counters as everywhere, though here k6 writes its Rates as counters too
 * (`k6_checks_total{condition}`): one definition of a share for all namings.
 */
export const otel = (metrics: MetricNames): Dialect =>
  promql(
    {
      name: 'otel',
      title: 'Prometheus by OpenTelemetry',
      counter: (metric) =>
        `${OTEL_PREFIX}${metric}${metrics[metric]?.unit === 'bytes' ? '_bytes' : ''}_total`,
      gauge: (metric) => OTEL_PREFIX + metric,
      quantile: (trend, q) => read(trend, `histogram_quantile(${q}, ${added(trend, '_bucket', 'le')})`),
      mean: (trend) => read(trend, `${added(trend, '_sum')} / ${added(trend, '_count')}`),
      samples: (trend) => added(trend, '_count'),
      sum: (trend) => read(trend, added(trend, '_sum')),
      // Its bounds stay in milliseconds: a label cannot be divided.
      buckets: (trend) => added(trend, '_bucket', 'le'),
    },
    metrics,
  )
