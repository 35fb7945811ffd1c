import { parseDuration } from './duration.ts'
import { unknownWord } from './nearest.ts'
import { quote, type Problem } from './problem.ts'

/** k6's four kinds of metric. */
export type MetricKind = 'counter' | 'gauge' | 'rate' | 'trend'

type Operator = '<' | '<=' | '>' | '>=' | '==' | '===' | '!='
type Condition = `${Operator}${number}` | ` ${Operator} ${number}`
interface Aggregation {
  counter: 'count' | 'rate'
  gauge: 'value'
  rate: 'rate'
  trend: 'avg' | 'min' | 'max' | 'med' | `p(${number})`
}

/** A threshold's expression for a kind of metric, as k6 reads it: `p(95)<800` of a trend, `rate<0.01` of a rate. */
export type Expression<Kind extends MetricKind> = `${Aggregation[Kind]}${Condition}`

/** A threshold of k6: an expression, or one that can end the run. */
export type Threshold<Kind extends MetricKind> =
  Expression<Kind> | { threshold: Expression<Kind>; abortOnFail?: boolean; delayAbortEval?: string }

/** Thresholds by metric, or by metric and tags (`http_req_duration{journey:checkout}`), typed by the metric's kind. */
export type Thresholds<Kinds extends Record<string, MetricKind>> = {
  readonly [Name in keyof Kinds & string as Name | `${Name}{${string}}`]?: readonly Threshold<Kinds[Name]>[]
}

/** Statistics that a summary gives of each trend; `count` tells a value from no samples at all. */
export const TREND_STATS: readonly string[] = ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count']

/** k6's own metrics of protocol scripts, and their kinds. */
export const K6_METRICS = {
  checks: 'rate',
  data_received: 'counter',
  data_sent: 'counter',
  dropped_iterations: 'counter',
  group_duration: 'trend',
  http_req_blocked: 'trend',
  http_req_connecting: 'trend',
  http_req_duration: 'trend',
  http_req_failed: 'rate',
  http_req_receiving: 'trend',
  http_req_sending: 'trend',
  http_req_tls_handshaking: 'trend',
  http_req_waiting: 'trend',
  http_reqs: 'counter',
  iteration_duration: 'trend',
  iterations: 'counter',
  vus: 'gauge',
  vus_max: 'gauge',
} as const satisfies Record<string, MetricKind>

/** The metrics of k6's other protocols, and their kinds: they have samples where a script imports the module. */
export const PROTOCOL_METRICS = {
  browser_data_received: 'counter',
  browser_data_sent: 'counter',
  browser_http_req_duration: 'trend',
  browser_http_req_failed: 'rate',
  browser_web_vital_cls: 'trend',
  browser_web_vital_fcp: 'trend',
  browser_web_vital_inp: 'trend',
  browser_web_vital_lcp: 'trend',
  browser_web_vital_ttfb: 'trend',
  grpc_req_duration: 'trend',
  grpc_streams: 'counter',
  grpc_streams_msgs_received: 'counter',
  grpc_streams_msgs_sent: 'counter',
  ws_connecting: 'trend',
  ws_msgs_received: 'counter',
  ws_msgs_sent: 'counter',
  ws_ping: 'trend',
  ws_session_duration: 'trend',
  ws_sessions: 'counter',
} as const satisfies Record<string, MetricKind>

/** k6's metrics whose samples never carry the tags that an iteration sets, `phase` among them. */
const UNTAGGED = /^(dropped_iterations|vus|vus_max)\b/

/** A key of thresholds, taken apart: `metric{tag:value}`. */
export interface ThresholdKey {
  metric: string
  tags: Record<string, string>
}

/** Takes a key of thresholds apart as k6 does (the first colon divides tag and value); undefined if malformed. */
export const parseThresholdKey = (key: string): ThresholdKey | undefined => {
  const match = /^([a-zA-Z_]\w*)(?:\{(.*)\})?$/.exec(key.trim())
  if (!match) return undefined
  const tags: Record<string, string> = {}
  for (const part of match[2] === undefined ? [] : match[2].split(',')) {
    const colon = part.indexOf(':')
    const value = part
      .slice(colon + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
    if (colon < 1 || value === '') return undefined
    tags[part.slice(0, colon).trim()] = value
  }
  return { metric: match[1] ?? '', tags }
}

/** The inverse of {@link parseThresholdKey}. */
export const thresholdKey = ({ metric, tags }: ThresholdKey): string => {
  const inner = Object.entries(tags).map(([tag, value]) => `${tag}:${value}`)
  return inner.length === 0 ? metric : `${metric}{${inner.join(',')}}`
}

const AGGREGATIONS: Record<MetricKind, RegExp> = {
  counter: /^(count|rate)$/,
  gauge: /^value$/,
  rate: /^rate$/,
  trend: /^(avg|min|max|med|p\((\d+(\.\d+)?)\))$/,
}
const EXAMPLES: Record<MetricKind, string> = {
  counter: 'count>0 or rate<10',
  gauge: 'value<100',
  rate: 'rate<0.01',
  trend: 'p(95)<800, or avg, min, max, med',
}

/** Every problem with the thresholds of a suite, whatever was given as such, and the kind of each metric that exists. */
export const thresholdProblems = (
  thresholds: unknown,
  kinds: Readonly<Record<string, MetricKind>>,
): Problem[] => {
  if (typeof thresholds !== 'object' || thresholds === null || Array.isArray(thresholds))
    return [
      { where: 'thresholds', got: shown(thresholds), allowed: "{ http_req_duration: ['p(95)<800'], … }" },
    ]
  return Object.entries(thresholds).flatMap(([key, list]: [string, unknown]) => {
    const where = `thresholds[${quote(key)}]`
    const parsed = parseThresholdKey(key)
    if (!parsed) return [{ where, got: quote(key), allowed: 'metric or metric{tag:value,…}' }]
    const kind = Object.hasOwn(kinds, parsed.metric) ? kinds[parsed.metric] : undefined
    if (!kind) return [unknownWord(where, parsed.metric, Object.keys(kinds))]
    if (list === null || list === undefined) return []
    if (!Array.isArray(list))
      return [
        {
          where,
          got: shown(list),
          allowed: `a list of expressions, such as ['${EXAMPLES[kind].split(/ or |, /)[0]}']`,
        },
      ]
    return list.flatMap((threshold: unknown) => {
      const wrong = fieldProblem(threshold, where)
      if (wrong) return [wrong]
      const expression = expressionOf(threshold as K6Threshold)
      const match = /^\s*([a-z]+(?:\([\d.]+\))?)\s*(<=?|>=?|===?|!=)\s*(-?\d+(\.\d+)?(e[+-]?\d+)?)\s*$/i.exec(
        expression,
      )
      const percentile = Number(/^p\(([\d.]+)\)$/.exec(match?.[1] ?? '')?.[1] ?? 0)
      return match && AGGREGATIONS[kind].test(match[1] ?? '') && percentile <= 100
        ? []
        : [{ where, got: quote(expression), allowed: `for a ${kind}: ${EXAMPLES[kind]}` }]
    })
  })
}

/** What is wrong with a threshold before its expression is read: no text, no object with one, a field k6 cannot read. */
const fieldProblem = (threshold: unknown, where: string): Problem | undefined => {
  if (typeof threshold === 'string') return undefined
  const {
    threshold: expression,
    abortOnFail,
    delayAbortEval,
    ...others
  } = (typeof threshold === 'object' && threshold !== null ? threshold : {}) as Record<string, unknown>
  if (typeof expression !== 'string')
    return {
      where,
      got: shown(threshold),
      allowed: "a text such as 'rate<0.01', or { threshold: 'rate<0.01', … }",
    }
  const [other] = Object.keys(others)
  if (other !== undefined)
    return unknownWord(`${where}: field`, other, ['threshold', 'abortOnFail', 'delayAbortEval'])
  // A null is k6's own word for what is not set.
  if (typeof (abortOnFail ?? false) !== 'boolean')
    return { where: `${where}: abortOnFail`, got: shown(abortOnFail), allowed: 'true or false' }
  const delay = delayAbortEval ?? 0
  return typeof delay === 'number' || (typeof delay === 'string' && parseDuration(delay) !== undefined)
    ? undefined
    : { where: `${where}: delayAbortEval`, got: shown(delay), allowed: "a duration such as '10s'" }
}

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(value).slice(0, 80)
    : typeof value === 'string'
      ? quote(value)
      : String(value)

/** The expression of a threshold, such as `p(95)<800`. */
export const expressionOf = (threshold: string | { threshold: string }): string =>
  typeof threshold === 'string' ? threshold : threshold.threshold

/** A threshold as k6 takes it. */
export type K6Threshold = string | { threshold: string; abortOnFail?: boolean; delayAbortEval?: string }

/**
 * Thresholds narrowed to what is judged: `narrower` gives for a key the tags to add, such as `phase:steady`, one key
 * each; a key that names a phase, a metric that carries none, and a key without any are left as they were.
 * `count>…` asks whether something happened at all, and is left to the whole run.
 */
export const narrowed = (
  thresholds: Readonly<Record<string, readonly K6Threshold[]>>,
  narrower: (key: string) => readonly string[],
): Record<string, K6Threshold[]> => {
  const result: Record<string, K6Threshold[]> = {}
  for (const [key, list] of Object.entries(thresholds)) {
    // What k6 cannot read is left as it is, for whoever tells of it.
    if (!Array.isArray(list) || /[{}]/.test(key) !== /^\w+\{.*\}$/.test(key)) {
      result[key] = list as K6Threshold[]
      continue
    }
    const begun = key.endsWith('}') ? `${key.slice(0, -1)},` : `${key}{`
    const whole = tagOf(key, 'phase') !== undefined || UNTAGGED.test(key)
    const keys = whole ? [] : narrower(key).map((tag) => `${begun}${tag}}`)
    for (const threshold of list as readonly (K6Threshold | null)[]) {
      const expression = typeof threshold === 'string' ? threshold : threshold?.threshold
      const judged = keys.length === 0 || /^\s*count\s*>/.test(String(expression)) ? [key] : keys
      for (const name of judged) (result[name] ??= []).push(threshold as K6Threshold)
    }
  }
  return result
}

/** The value of a tag in a key of thresholds, if it names one. */
export const tagOf = (key: string, tag: string): string | undefined =>
  new RegExp(`[{,]\\s*${tag}:([^,}]+)`).exec(key)?.[1]?.trim()
