import { CHECKS, ITERATIONS, JOURNEYS, SIGNALS, type Signal } from '../../record/index.ts'
import type { About } from '../about.ts'
import type { MetricNames } from '../metrics.ts'
import { native } from '../dialects/native.ts'
import type { Dialect } from '../question.ts'
import { perSecond, promqlOf, seriesQuery } from './ask.ts'
import type { RecordingRule } from './model.ts'

/** What recordings are divided by: few series, and whatever a person asks first. */
const BY = ['testid', 'journey', 'phase']

/** k6's Rates and the library's that every suite has. */
const RATES = ([...SIGNALS, JOURNEYS, CHECKS] as readonly Signal[]).flatMap(
  ({ failedShare, okShare }) => failedShare ?? okShare ?? [],
)
const COUNTERS = [...SIGNALS, ITERATIONS].flatMap(({ all }) => all?.metric ?? [])
const TRENDS = [...SIGNALS, JOURNEYS].flatMap(({ trend }) => trend ?? [])
const QUANTILES = { p50: 0.5, p95: 0.95, p99: 0.99 }

/** Counters per second and Rates as shares, which are the same whatever form histograms have. */
export function counterRecordings({ metrics, own }: About): RecordingRule[] {
  const rates = [...RATES, ...own.filter(({ kind }) => kind === 'rate').map(({ name }) => name)]
  const dialect = native(metrics)
  return [
    ...COUNTERS.map((metric) =>
      record(`k6:${metric}:rate`, perSecond(metrics, { metric }, select(metrics, metric))),
    ),
    ...rates.map((metric) =>
      record(
        `k6:${metric}:ratio`,
        promqlOf(dialect, { ask: 'share', metric }, select(metrics, metric)) ?? '',
      ),
    ),
  ]
}

/** Whole counts can be recorded: rates of native histograms are refused by Prometheus 2.42, which finds them rounded. */
const HISTOGRAM = 'Since the run began, as k6 sends it: any quantile of the run so far, kept.'

/** Quantiles of Trends; where there are native histograms, the histograms themselves, for any later quantile. */
export function trendRecordings(dialect: Dialect, { metrics, own }: About): RecordingRule[] {
  const trends = [...TRENDS, ...own.filter(({ kind }) => kind === 'trend').map(({ name }) => name)]
  return trends.flatMap((metric) => {
    const ask = (measure: Parameters<typeof promqlOf>[1]): string =>
      promqlOf(dialect, measure, select(metrics, metric)) ?? ''
    return [
      ...(dialect.name === 'native'
        ? [
            {
              ...record(`k6:${metric}:histogram`, seriesQuery(metrics, metric, select(metrics, metric))),
              comment: HISTOGRAM,
            },
          ]
        : []),
      ...Object.entries(QUANTILES).map(([name, q]) =>
        record(`k6:${metric}:${name}`, ask({ ask: 'quantile', metric, q })),
      ),
    ]
  })
}

const record = (name: string, expr: string): RecordingRule => ({ record: name, expr: () => expr })

const select = (metrics: MetricNames, metric: string): { by: string[] } => ({
  by: BY.filter((label) => label === 'testid' || (metrics[metric]?.labels.includes(label) ?? true)),
})
