import type { MetricKind } from './metricKinds.ts'

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

/** A threshold as k6 takes it. */
export type K6Threshold = string | { threshold: string; abortOnFail?: boolean; delayAbortEval?: string }

/** The expression of a threshold, such as `p(95)<800`. */
export const expressionOf = (threshold: string | { threshold: string }): string =>
  typeof threshold === 'string' ? threshold : threshold.threshold

/** Statistics that a summary gives of each trend; `count` tells a value from no samples at all. */
export const TREND_STATS: readonly string[] = 'avg,min,med,max,p(90),p(95),p(99),count'.split(',')
