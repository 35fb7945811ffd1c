import { byPattern, fixed, type Override } from './overrides.ts'

/** What is said in place of a label that a series lacks: requests of the preflight are of no journey. */
export const nameless = (label: string): string => `no ${label}`

const LACKED: readonly string[] = ['journey', 'step', 'phase', 'scenario']

/** Those labels that some series lack. */
export const lackedOf = (labels: readonly string[]): string[] =>
  labels.filter((label) => LACKED.includes(label))

/** PromQL divided by labels, whose series say which of these they lack: Grafana would call them "Value". */
export const named = (expr: string, by: readonly string[]): string =>
  lackedOf(by).reduce(
    (inner, label) => `label_replace(${inner}, "${label}", "${nameless(label)}", "${label}", "")`,
    expr,
  )

/**
 * InfluxQL makes no labels: what Grafana calls a line of empty tags is replaced by what it lacks. Its colour stands here,
 * because a matcher by name sees the old one.
 */
export const namedLines = (by: readonly string[]): Override[] =>
  lackedOf(by)
    .slice(0, 1)
    .map((label) => byPattern('/^([\\s·]*|[Vv]alue)$/', { displayName: nameless(label), ...fixed('gray') }))
