import { parseDuration } from '../duration.ts'
import { unknownWord } from '../problem/nearest.ts'
import { quote, type Problem } from '../problem/problem.ts'
import type { MetricKind } from './metricKinds.ts'
import { parseThresholdKey } from './thresholdKey.ts'
import { expressionOf, type K6Threshold } from './thresholds.ts'

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
