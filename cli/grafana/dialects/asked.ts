import type { MetricNames } from '../metrics.ts'
import type { Question } from '../question.ts'

/** What is asked of a metric, ready to be written. */
export interface Asked {
  readonly metric: string
  /** `s`, `bytes`, or nothing, as the metric's samples are pushed. */
  readonly unit: 's' | 'bytes' | ''
  readonly over: Question['over']
  /** The series of now: `k6_x{testid="…"}`. */
  now(series: string, where?: Readonly<Record<string, string>>): string
  /** The same over the time that is looked back on: `k6_x_total{testid="…"}[…]`. */
  past(series: string, where?: Readonly<Record<string, string>>): string
  /** `sum by (journey)`, with further labels. */
  sum(inner: string, ...further: readonly string[]): string
}

/** A Trend's series in k6's remote write: named after the unit in which they are pushed. */
export const trendSeries = ({ metric, unit }: Asked): string =>
  `k6_${metric}${unit === 's' ? '_seconds' : unit === 'bytes' ? '_bytes' : ''}`

/** What is asked of one metric. Labels that its series do not have are left out of the selection. */
export function asked(metrics: MetricNames, metric: string, question: Question): Asked {
  const known = metrics[metric]
  if (!known) throw new Error(`no such metric: ${metric}`)
  const { over, by: labels = [], where = {}, run = '$testid', shift, ended, among } = question
  const held = Object.fromEntries(Object.entries(where).filter(([label]) => known.labels.includes(label)))
  const whole = over === 'run' || question.ask === 'total'
  const range = ended !== undefined ? '1d' : whole ? '$__range' : '$__rate_interval'
  const moved = ended !== undefined ? ` @ \${${ended}}` : shift === undefined ? '' : ` offset \${${shift}}s`
  const select = (series: string, more = {}): string =>
    series + braces({ ...(run === '' ? {} : { testid: run }), ...held, ...more })
  const ofRuns = (inner: string): string =>
    among === undefined ? inner : `${inner} and on (testid) (${among})`
  return {
    metric,
    unit: known.unit === 'ms' ? 's' : known.unit === 'bytes' ? 'bytes' : '',
    over,
    now: (series, more) => `${select(series, more)}${moved}`,
    past: (series, more) => `${select(series, more)}[${range}]${moved}`,
    sum: (inner, ...further) => `sum${by([...further, ...labels])} (${ofRuns(inner)})`,
  }
}

const by = (labels: readonly string[] = []): string =>
  labels.length === 0 ? '' : ` by (${labels.join(', ')})`

/** Matchers: a variable may be one of several values, or all. */
export function braces(where: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(where).map(
    ([label, value]) => `${label}${value.startsWith('$') ? '=~' : '='}"${value}"`,
  )
  return matchers.length === 0 ? '' : `{${matchers.join(',')}}`
}
