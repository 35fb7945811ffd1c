import { panelsOf } from '../../cli/grafana/panelsOf.ts'
import type { Dashboard } from '../../cli/grafana/schema.ts'
import type { File } from '../../cli/grafana/index.ts'

/** A query of a panel or an annotation, as Grafana would send it but for its variables. */
export interface Query {
  /** The file's name without its ending: `run`, `compare` … */
  dashboard: string
  panel: string
  /** PromQL or InfluxQL. */
  text: string
  /** One value, not a curve. */
  instant: boolean
  /** The uid of its data source, `${datasource}` for most. */
  datasource: string
}

/** The dashboards of one naming, by name. */
export function dashboardsOf(
  files: readonly File[],
  dialect: string,
): { name: string; dashboard: Dashboard }[] {
  return files
    .filter(({ path }) => path.startsWith(`dashboards/${dialect}/`))
    .map(({ path, text }) => ({
      name: path.replace(/^.*\/|\.json$/g, ''),
      dashboard: JSON.parse(text) as Dashboard,
    }))
}

/** All queries of a dashboard: its panels', and those of annotations. */
export function queriesOf(name: string, dashboard: Dashboard): Query[] {
  const asked = (panel: string, target: Readonly<Record<string, unknown>>): Query[] => {
    const { expr, query, instant, resultFormat, datasource } = target
    const text = expr ?? query
    if (typeof text !== 'string') return []
    const isOne = instant === true || resultFormat === 'table'
    return [{ dashboard: name, panel, text, instant: isOne, datasource: (datasource as { uid: string }).uid }]
  }
  const annotations = dashboard.annotations?.list ?? []
  return [
    ...panelsOf(dashboard).flatMap(({ title, targets = [] }) => targets.flatMap((one) => asked(title, one))),
    ...annotations.flatMap((one) => asked(one.name, one as unknown as Record<string, unknown>)),
  ]
}

/** The values of variables, and the time that is shown: seconds. */
export interface Filling {
  variables: Readonly<Record<string, string>>
  range: number
  interval: number
}

/** Seconds between pushes, as the provisioned data source has it. */
const PUSHED = 5

/** PromQL as Grafana sends it: variables are their values, macros their durations; what is unknown is an error. */
export function fill(text: string, { variables, range, interval }: Filling): string {
  const all: Readonly<Record<string, string>> = {
    __range: `${range}s`,
    __range_s: String(range),
    __range_ms: String(range * 1000),
    // Grafana: at least four times the interval that the data source is told, which is k6's own.
    __rate_interval: `${4 * PUSHED}s`,
    __interval: `${interval}s`,
    __interval_ms: String(interval * 1000),
    ...variables,
  }
  return text.replace(/\$\{(\w+)(?::\w+)?\}|\$(\w+)/g, (whole, braced?: string, bare?: string) => {
    const value = all[braced ?? bare ?? '']
    if (value === undefined) throw new Error(`${whole} in ${text} is no variable`)
    return value
  })
}

/** The values that a dashboard's variables have at first, and those given: "All" is its pattern. */
export function variablesOf(
  { templating: { list = [] } = {} }: Dashboard,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const values = list.map(({ name, type, includeAll, allValue, current, query }): [string, string] => {
    if (includeAll === true) return [name, allValue === undefined || allValue === '' ? '.*' : allValue]
    const { value } = current ?? {}
    if (typeof value === 'string') return [name, value]
    return [name, type === 'constant' || type === 'textbox' ? (typeof query === 'string' ? query : '') : '']
  })
  return { ...Object.fromEntries(values), ...given }
}
