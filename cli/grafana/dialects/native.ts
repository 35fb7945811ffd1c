import type { MetricNames } from '../metrics.ts'
import type { Dialect } from '../question.ts'
import { trendSeries, type Asked } from './asked.ts'
import { promql } from './promql.ts'

/** Histograms of a trend, added up: per second for a curve, all of them for a run. */
const histograms = (trend: Asked): string =>
  trend.sum(`${trend.over === 'run' ? 'increase' : 'rate'}(${trend.past(trendSeries(trend))})`)

/** k6's remote write with native histograms: what loadwright sends, and `k6 run --features native-histograms`. */
export const native = (metrics: MetricNames): Dialect =>
  promql(
    {
      name: 'native',
      title: 'Prometheus, native histograms',
      counter: (metric) => `k6_${metric}_total`,
      gauge: (metric) => `k6_${metric}`,
      quantile: (trend, q) => `histogram_quantile(${q}, ${histograms(trend)})`,
      mean: (trend) => `histogram_sum(${histograms(trend)}) / histogram_count(${histograms(trend)})`,
      samples: (trend) => `histogram_count(${histograms(trend)})`,
      sum: (trend) => `histogram_sum(${histograms(trend)})`,
      buckets: (trend) => histograms(trend),
    },
    metrics,
  )
