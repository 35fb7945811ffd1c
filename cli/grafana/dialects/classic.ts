import type { MetricNames } from '../metrics.ts'
import type { Dialect } from '../question.ts'
import { trendSeries, type Asked } from './asked.ts'
import { promql, type Naming } from './promql.ts'

/**
 * What K6_PROMETHEUS_RW_TREND_STATS must have for these dashboards where k6 itself writes, without native histograms:
 * the quantiles that are asked for, and what means and busy VUs are made of.
 */
export const CLASSIC_STATS = ['p(50)', 'p(75)', 'p(95)', 'p(99)', 'sum', 'count'] as const

const QUANTILES = [0.5, 0.75, 0.95, 0.99]

/** k6's own gauge of a statistic: `k6_group_duration_p95`, whatever the unit. */
const stat = ({ metric }: Asked, name: string): string => `k6_${metric}_${name}`

const pName = (q: number): string => `p${String(Math.round(q * 100_000) / 1000).replace('.', '')}`

/** Parts of histograms (`_bucket`, `_sum`, `_count`), added up: per second for a curve, all of them for a run. */
const added = (trend: Asked, series: string, ...further: string[]): string =>
  trend.sum(`${trend.over === 'run' ? 'last_over_time' : 'rate'}(${trend.past(series)})`, ...further)

/** The highest of k6's gauges: each is of one set of tags, since its start, and they cannot be added up. */
const highest = (trend: Asked, q: number): string =>
  trend.sum(`last_over_time(${trend.past(stat(trend, pName(q)))})`).replace(/^sum/, 'max')

/** k6 writes one gauge for each quantile; where a variable names the quantile, the one that it names. */
const gauges = (trend: Asked, q: number | string): string[] =>
  typeof q === 'number'
    ? QUANTILES.includes(q)
      ? [highest(trend, q)]
      : []
    : QUANTILES.map((one) => `(${highest(trend, one)} and on () vector(${q}) == ${one})`)

const quantile: Naming['quantile'] = (trend, q) =>
  [
    `histogram_quantile(${q}, ${added(trend, `${trendSeries(trend)}_bucket`, 'le')})`,
    ...gauges(trend, q),
  ].join(' or ')

/** Of a Trend without a unit, both forms have the same names. */
function mean(trend: Asked): string {
  const series = trendSeries(trend)
  const exact = `${added(trend, `${series}_sum`)} / ${added(trend, `${series}_count`)}`
  if (trend.unit === '') return exact
  // k6 divides the count of a time by 1000 too, as if it were milliseconds (grafana/k6#4582).
  const thousand = trend.unit === 's' ? ' / 1000' : ''
  return `${exact} or ${added(trend, stat(trend, 'sum'))} / ${added(trend, stat(trend, 'count'))}${thousand}`
}

function samples(trend: Asked): string {
  const exact = added(trend, `${trendSeries(trend)}_count`)
  if (trend.unit === '') return exact
  return `${exact} or ${added(trend, stat(trend, 'count'))}${trend.unit === 's' ? ' * 1000' : ''}`
}

function sum(trend: Asked): string {
  const exact = added(trend, `${trendSeries(trend)}_sum`)
  return trend.unit === '' ? exact : `${exact} or ${added(trend, stat(trend, 'sum'))}`
}

/**
 * A Prometheus without native histograms, whoever writes: loadwright (`_bucket`, `_sum`, `_count`), or else k6 itself,
 * whose gauges are the figures since the start of the run.
 */
export const classic = (metrics: MetricNames): Dialect =>
  promql(
    {
      name: 'classic',
      title: 'Prometheus, classic',
      counter: (metric) => `k6_${metric}_total`,
      gauge: (metric) => `k6_${metric}`,
      quantile,
      mean,
      samples,
      sum,
      buckets: (trend) => added(trend, `${trendSeries(trend)}_bucket`, 'le'),
    },
    metrics,
  )
