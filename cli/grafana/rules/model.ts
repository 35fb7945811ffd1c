import type { Dialect } from '../question.ts'

/** PromQL that may build on recorded series: `use` gives a recording's series, or its own PromQL in brackets. */
export type Expr = (use: Use) => string
/** What a rule that builds on a recording has in its place. */
export type Use = (recording: RecordingRule) => string

/** A rule that keeps what a query gives as series of its own. */
export interface RecordingRule {
  readonly record: string
  readonly expr: Expr
  /** Labels that its series get beside those of the query. */
  readonly labels?: Readonly<Record<string, string>>
  readonly comment?: string
}

/** A rule that fires where a value is beyond a limit for some time. */
export interface Alert {
  readonly alert: string
  /** Tells alerts of one name apart, in words and in Grafana's titles. */
  readonly of?: string
  /** What stays the same of it when a limit changes; `of` unless told. */
  readonly key?: string
  readonly value: Expr
  readonly is: '>' | '<'
  /** In the unit of `value`. */
  readonly limit: number
  /** Only where this gives something with the same labels `on`. */
  readonly provided?: { readonly expr: Expr; readonly on: readonly string[] }
  /** How long, as Prometheus writes it; at once if left out. */
  readonly for?: string
  readonly severity: 'critical' | 'warning' | 'none'
  readonly labels?: Readonly<Record<string, string>>
  /** One line, and what is known; `{{value}}` is the value in the words of `unit`, `{{x}}` the label `x`. */
  readonly summary: string
  readonly description: string
  readonly unit?: RuleUnit
  /** The panel that shows it. */
  readonly panel?: RulePanel
  /** What no series at all means to Grafana: nothing is wrong, unless told. */
  readonly noData?: 'OK' | 'Alerting'
  readonly comment?: string
}

/** How a value is written for people: seconds, a share (0 to 1), or a plain number. */
export type RuleUnit = 'duration' | 'percentage' | 'number'

/** Where an alert is looked at: a dashboard, and the first of its panels whose queries have all these words. */
export interface RulePanel {
  readonly dashboard: 'run' | 'continuous'
  readonly naming: 'native' | 'classic'
  readonly words: readonly string[]
}

/** The naming whose dashboards show what is asked in a dialect: there are rules for both forms of histograms alone. */
export const namingOf = ({ name }: Dialect): RulePanel['naming'] =>
  name === 'classic' ? 'classic' : 'native'

/** Rules that are evaluated one after the other. */
export interface Group {
  readonly name: string
  /** How often; as often as the server does by default if left out. */
  readonly interval?: string
  readonly rules: readonly (RecordingRule | Alert)[]
}

/** The groups of one file. */
export interface Rules {
  /** Its name under `grafana/rules`, without `.yaml`. */
  readonly name: string
  readonly comment: string
  readonly groups: readonly Group[]
}

/** Whether an alert is always firing, for somebody who pages when it stops. */
export const isHeartbeat = ({ severity }: Alert): boolean => severity === 'none'

/** Whether a rule fires, and does not record. */
export const isAlert = (rule: RecordingRule | Alert): rule is Alert => 'alert' in rule

/** A recording's series by name and labels: what Prometheus has. */
export const recordingRule: Use = ({ record, labels = {} }) => `${record}${matchers(labels)}`

/** A recording's own PromQL: for who does not record. */
export const inlined: Use = ({ expr }) => `(${expr(inlined)})`

/** The PromQL of what is watched: a value, where enough is known of it. */
export function watched({ value, provided }: Pick<Alert, 'value' | 'provided'>, use: Use): string {
  const expr = value(use)
  return provided ? `${expr}\n${provision(provided, use)}` : expr
}

/** What follows a comparison: `and on (testid) …`. */
export const provision = ({ expr, on }: NonNullable<Alert['provided']>, use: Use): string =>
  `  and on (${on.join(', ')}) ${expr(use)}`

/** Labels as a selector has them; nothing for none. */
export function matchers(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}
