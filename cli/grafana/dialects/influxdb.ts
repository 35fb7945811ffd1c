import { ITERATIONS, REQUESTS, metricShare } from '../../record/index.ts'
import type { KnownMetric, MetricNames } from '../metrics.ts'
import type { Dialect, Question } from '../question.ts'

/**
 * k6's own InfluxDB 1.x output: a measurement a metric, a point a sample. So quantiles and shares are exact over any
 * window. It can move no run in time (`shift`), and knows nothing that loadwright itself writes of a run.
 */
export const influxdb = (metrics: MetricNames): Dialect => ({
  name: 'influxdb',
  title: 'InfluxDB 1.x',
  language: 'influxql',
  datasource: { type: 'influxdb', uid: '${datasource}' },
  ask: (question) => ask(metrics, question),
  values: (label, where = {}) => {
    const conditions = conditionsOf(where).join(' AND ')
    const from = label === 'testid' ? 'vus' : REQUESTS.all.metric
    return `SHOW TAG VALUES FROM "${from}" WITH KEY = "${label}"${conditions && ` WHERE ${conditions}`}`
  },
})

/** At most so many values of each interval are drawn in a heatmap, taken evenly: a run has millions. */
const MAX_DRAWN_VALUES = 20

/** What k6 writes every second. Other gauges keep their value until they are set again. */
const EVERY_SECOND = ['vus', 'vus_max']

function ask(metrics: MetricNames, question: Question): string | undefined {
  const metric = question.ask === 'busy' ? ITERATIONS.trend : question.metric
  if (question.shift !== undefined || metric.startsWith('loadwright_')) return undefined
  const of = asked(metrics, metric, question)
  switch (question.ask) {
    case 'rate': {
      const { from, count } = counterOf(metrics, metric)
      return of.over === 'time' ? of.select(count(perSecond), from, 'fill(0)') : undefined
    }
    case 'total': {
      const { from, count } = counterOf(metrics, metric)
      return of.select(
        count((sum) => (of.over === 'run' ? sum : `cumulative_sum(${sum})`)),
        from,
        'fill(0)',
      )
    }
    case 'busy':
      return of.over === 'time'
        ? of.select(`${perSecond('sum("value")')}${of.unit}`, metric, 'fill(0)')
        : undefined
    case 'samples':
      return of.over === 'time' ? of.select(perSecond('count("value")'), metric, 'fill(0)') : undefined
    case 'share':
    case 'mean':
      return of.select(`mean("value")${of.unit}`, metric)
    case 'quantile':
      return quantile(of, metric, question.q)
    case 'level':
      return level(of, metric)
    case 'buckets':
      return of.select(`sample("value", ${MAX_DRAWN_VALUES})${of.unit}`, metric)
  }
}

/**
 * What each interval adds to a sum, per second. There is no slash in it: Grafana takes what stands between two of them
 * for a regular expression, and escapes variables there. Intervals without points are filled with 0, so that the sum
 * is level there and the next rate is of its own interval alone; the first of all is counted from the one before it.
 */
const perSecond = (sum: string): string => `derivative(cumulative_sum(${sum}), 1s)`

/** What is asked of one measurement, ready to be written. */
interface Asked {
  readonly over: Question['over']
  /** From milliseconds to seconds, where samples are times. */
  readonly unit: '' | ' * 0.001'
  /** The complete query for a measurement: its only column is `value`. */
  readonly select: (what: string, measurement: string, fill?: string) => string
  /** The same with a column `v`, as a part of a question, or by other labels. */
  readonly inner: (what: string, measurement: string, fill: string, ...labels: readonly string[]) => string
  /** A question about the column `v` of such a part. */
  readonly outer: (what: string, inner: string) => string
}

function asked(metrics: MetricNames, name: string, question: Question): Asked {
  const metric = metrics[name]
  if (!metric) throw new Error(`no such metric: ${name}`)
  const { over, by = [], where = {}, run = '$testid' } = question
  const curve = over === 'time'
  const held = Object.entries(where).filter(([label]) => metric.labels.includes(label))
  const conditions = [...conditionsOf({ testid: run, ...Object.fromEntries(held) }), '$timeFilter'].join(
    ' AND ',
  )
  const group = (fill: string, labels: readonly string[]): string => {
    const parts = [...(curve ? ['time($__interval)'] : []), ...labels]
    return parts.length === 0 ? '' : ` GROUP BY ${parts.join(', ')}${curve ? ` ${fill}` : ''}`
  }
  const labels = by.map(quoted)
  return {
    over,
    unit: unitOf(metric),
    select: (what, from, fill = 'fill(none)') =>
      `SELECT ${what} AS "value" FROM "${from}" WHERE ${conditions}${group(fill, labels)}`,
    inner: (what, from, fill, ...further) =>
      `SELECT ${what} AS "v" FROM "${from}" WHERE ${conditions}${group(fill, further.length > 0 ? further : labels)}`,
    outer: (what, inner) =>
      `SELECT ${what} AS "value" FROM (${inner}) WHERE $timeFilter${group('fill(none)', labels)}`,
  }
}

const unitOf = ({ unit }: KnownMetric): Asked['unit'] => (unit === 'ms' ? ' * 0.001' : '')

/**
 * A value of all the shown time gets the time of its point; a mean of it has the beginning of the shown time, as sums
 * have, so that tables can join them.
 */
function quantile({ over, unit, select, inner, outer }: Asked, metric: string, q: number | string): string {
  const percent =
    typeof q === 'number' ? String(Number((q * 100).toPrecision(12))) : `${variable(q, 'raw')} * 100`
  const what = `percentile("value", ${percent})${unit}`
  return over === 'time' ? select(what, metric) : outer('mean("v")', inner(what, metric, ''))
}

/** The sum over all k6s, and over what else a gauge is divided by. */
function level({ over, inner, outer }: Asked, metric: string): string {
  const fill = EVERY_SECOND.includes(metric) ? 'fill(none)' : 'fill(previous)'
  const what = over === 'run' ? 'max("value")' : 'last("value")'
  return outer('sum("v")', inner(what, metric, fill, '*'))
}

/** Where a Counter is counted, and how: `each` is made of every sum. */
interface Counted {
  readonly from: string
  readonly count: (each: (sum: string) => string) => string
}

/** A half of a Rate is counted by the Rate, whose points are there also where that half never occurred. */
function counterOf(metrics: MetricNames, counter: string): Counted {
  for (const [from, { kind }] of Object.entries(metrics)) {
    const share = kind === 'rate' ? metricShare(from) : undefined
    if (!share || 'all' in share) continue
    if (share.yes.metric === counter) return { from, count: (each) => each('sum("value")') }
    if (share.no.metric === counter)
      return { from, count: (each) => `(${each('count("value")')} - ${each('sum("value")')})` }
  }
  return { from: counter, count: (each) => each('sum("value")') }
}

/** Conditions on tags. A variable may be one of several values, or all: `.*` matches a tag that is not there, too. */
function conditionsOf(where: Readonly<Record<string, string>>): string[] {
  return Object.entries(where).map(([label, value]) =>
    value.startsWith('$')
      ? `${quoted(label)} =~ /^${variable(value, 'regex')}$/`
      : `${quoted(label)} = '${value.replace(/['\\]/g, '\\$&')}'`,
  )
}

/** A variable of Grafana's, with the form that its value is to have: without one, versions differ. */
const variable = (text: string, form: 'regex' | 'raw'): string => `\${${text.replace(/[${}]/g, '')}:${form}}`

const quoted = (name: string): string => `"${name}"`
