import type { MetricKind } from '../../config/thresholds/metricKinds.ts'
import type { Dialect } from './question.ts'
import type { MetricNames, MetricDeclaration } from './metrics.ts'

/** What dashboards and rules are made from: what the suites declare. */
export interface About {
  readonly metrics: MetricNames
  /** What the authors declare, suite by suite. */
  readonly own: readonly (MetricDeclaration & { readonly suite: string })[]
  readonly slos: readonly Slo[]
  /** The journeys of all suites, and the steps of each, in the order in which they are made. */
  readonly journeys?: readonly string[]
  readonly steps?: readonly { readonly journey: string; readonly step: string }[]
  /** The checks of Synthetic Monitoring that the project declares. */
  readonly monitors?: readonly WatchedMonitor[]
}

/** A check of Synthetic Monitoring: its name, its target, and how often it is executed (ms). */
export interface WatchedMonitor {
  readonly job: string
  readonly instance: string
  readonly every: number
}

/** The share of a monitor's executions that must be up: what lies below fires, and is red. */
export const MONITOR_SLO = 0.95

/** A threshold of a suite, taken apart: what it judges, and the limit. */
export interface Slo {
  readonly suite: string
  /** As the author wrote it: `checks{journey:checkout}`, `rate>0.99`. */
  readonly key: string
  readonly threshold: string
  readonly metric: string
  readonly kind: MetricKind
  /** The tags that it is narrowed to, the judged phase among them. */
  readonly tags: Readonly<Record<string, string>>
  /** `p(95)`, `rate`, `count` … */
  readonly stat: string
  readonly operator: '<' | '<=' | '>' | '>='
  /** In the metric's own unit: milliseconds for times. */
  readonly limit: number
  readonly unit?: string
  /** How long the judged phases last, in the profile that the suite was built with (ms). */
  readonly judged?: number
}

/** A limit in the unit that series have: seconds for times. */
export const sloLimit = ({ unit, limit }: Slo): number => (unit === 'ms' ? limit / 1000 : limit)

/** Input of a dashboard: the declarations of suites, in one naming. */
export interface DashboardOptions extends About {
  readonly dialect: Dialect
}
