import { PROTOCOL_METRICS } from '../../../config/thresholds/metricKinds.ts'
import {
  CALLS,
  ITERATIONS,
  JOURNEYS,
  metricNamesOf,
  metricShare,
  OPERATIONS,
  QUIET,
  REQUESTS,
  type Part,
} from '../../record/index.ts'
import type { MetricNames } from '../metrics.ts'
import type { Dialect, Question } from '../question.ts'
import { asked, braces, type Asked } from './asked.ts'

/** How one naming writes metrics in PromQL. Where it has no such thing, a function gives undefined. */
export interface Naming {
  readonly name: Dialect['name']
  readonly title: string
  /** The series of a Counter, and of a Gauge. */
  counter(metric: string): string
  gauge(metric: string): string
  /** A quantile of a Trend; `q` is 0 to 1, or a variable. */
  quantile(trend: Asked, q: number | string): string | undefined
  mean(trend: Asked): string | undefined
  /** A Trend's samples per second. */
  samples(trend: Asked): string
  /** The sum of a Trend's values per second. */
  sum(trend: Asked): string | undefined
  buckets(trend: Asked): string | undefined
}

/** A dialect of PromQL. */
export function promql(naming: Naming, metrics: MetricNames): Dialect {
  return {
    name: naming.name,
    title: naming.title,
    language: 'promql',
    datasource: { type: 'prometheus', uid: '${datasource}' },
    ask: (question) => ask(naming, metrics, question),
    values: (label, where = {}) => `label_values(${having(naming, label, where)}, ${label})`,
  }
}

/** Series that have a label: k6's gauges only those of a whole run, requests and journeys those of an iteration too. */
function having(naming: Naming, label: string, where: Readonly<Record<string, string>>): string {
  if (!REQUEST_LABELS.has(label)) return `${naming.gauge('vus')}${braces(where)}`
  // A journey of a browser alone sends no requests of k6's.
  const names = [REQUESTS.all.metric, JOURNEYS.started].map((metric) => naming.counter(metric)).join('|')
  return `{__name__=~"${names}"${braces(where).replace(/^\{/, ',') || '}'}`
}

const REQUEST_LABELS = new Set(['journey', 'phase', 'step', 'scenario', 'group', 'name', 'status', 'method'])

function ask(naming: Naming, metrics: MetricNames, question: Question): string | undefined {
  switch (question.ask) {
    case 'rate':
    case 'total':
      return orNone(
        counted(naming, metrics, question, { metric: question.metric }),
        naming,
        metrics,
        question,
      )
    case 'share':
      return share(naming, metrics, question)
    case 'level':
      return level(naming, asked(metrics, question.metric, question))
    case 'quantile':
      return naming.quantile(asked(metrics, question.metric, question), question.q)
    case 'samples':
      return naming.samples(asked(metrics, question.metric, question))
    case 'mean':
      return QUIET.includes(question.metric)
        ? perRequest(naming, metrics, question)
        : naming.mean(asked(metrics, question.metric, question))
    case 'buckets':
      return naming.buckets(asked(metrics, question.metric, question))
    case 'busy':
      return naming.sum(asked(metrics, 'iteration_duration', question))
  }
}

/** A Gauge is of one k6: a test on several has the sum. Looked back on, it does not outlive its run by five minutes. */
function level(naming: Naming, one: Asked): string {
  const how = one.over === 'run' ? 'max_over_time' : 'last_over_time'
  return one.sum(`${how}(${one.past(naming.gauge(one.metric))})`)
}

/**
 * Of a Counter that may never have counted, nothing is none: a Counter that every run has says that there is a run, and
 * of which journeys, steps or requests. What says how something ended (`status`) is of those that did end so alone.
 */
function orNone(counts: string, naming: Naming, metrics: MetricNames, question: Question): string {
  const { metric, by: labels = [], where = {} } = question as Question & { metric: string }
  const variables = Object.entries(where).filter(([, value]) => value.startsWith('$'))
  if (OF_SOME_SUITES.has(metric)) return counts
  const narrowed = variables.length < Object.keys(where).length
  if (!narrowed && EVERY_RUN.includes(metric)) return counts
  const known = (base: string): string[] =>
    labels.filter((label) => !OUTCOME.has(label) && metrics[base]?.labels.includes(label))
  const base =
    metric === REQUESTS.all.metric || known(REQUESTS.all.metric).length > known(ITERATIONS.all.metric).length
      ? REQUESTS.all.metric
      : ITERATIONS.all.metric
  const kept = known(base)
  const all = { ...question, by: kept, where: Object.fromEntries(variables) }
  // What is of no journey or step is no line.
  const there = Object.fromEntries(kept.map((label) => [`${label}!`, '']))
  const none = `0 * ${counted(naming, metrics, all, { metric: base, where: there })}`
  if (kept.length === labels.length) return `${counts} or ${none}`
  const named = labels
    .filter((label) => !kept.includes(label))
    .reduce((inner, label) => `label_replace(${inner}, "${label}", "none", "", "")`, none)
  return `${counts} or (${named} unless on (${kept.join(', ')}) ${counts})`
}

/** What every run counts. */
const EVERY_RUN: readonly string[] = [REQUESTS.all.metric, ITERATIONS.all.metric]

/** What only suites count that have it: in others nothing is not none. */
const OF_SOME_SUITES: ReadonlySet<string> = new Set([
  ...Object.keys(PROTOCOL_METRICS),
  ...[OPERATIONS, CALLS].flatMap(metricNamesOf),
])

const OUTCOME = new Set(['status', 'error_code', 'expected_response', 'check'])

/** The mean of a timing whose zeros are not written: its sum over all requests. */
function perRequest(naming: Naming, metrics: MetricNames, question: Question): string | undefined {
  const sum = naming.sum(asked(metrics, (question as { metric: string }).metric, question))
  const all = counted(naming, metrics, question, REQUESTS.all)
  return sum && `(${sum} or 0 * ${all}) / ${all}`
}

/** A share of counters; where no series of a part is there, it is none of the whole. */
function share(naming: Naming, metrics: MetricNames, question: Question): string {
  const parts = metricShare((question as { metric: string }).metric)
  const count = (part: Part): string => counted(naming, metrics, question, part)
  const yes = count(parts.yes)
  if ('all' in parts) {
    const all = count(parts.all)
    return `(${yes} or 0 * ${all}) / ${all}`
  }
  const no = count(parts.no)
  return `(${yes} or 0 * ${no}) / ((${yes} or 0 * ${no}) + (${no} or 0 * ${yes}))`
}

function counted(naming: Naming, metrics: MetricNames, question: Question, { metric, where }: Part): string {
  const one = asked(metrics, metric, question)
  const how = question.ask === 'total' || question.over === 'run' ? 'last_over_time' : 'rate'
  return one.sum(`${how}(${one.past(naming.counter(metric), where)})`)
}
