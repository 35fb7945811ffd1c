import { panelsOf } from '../../cli/grafana/panelsOf.ts'
import type { Dashboard } from '../../cli/grafana/schema.ts'
import type { File } from '../../cli/grafana/index.ts'

/** A query of a panel, as Grafana would send it but for its variables. */
export interface Query {
  /** The file's name without its ending: `run`, `compare` … */
  dashboard: string
  panel: string
  refId: string
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

/** All queries of the dashboards of one naming. */
export function queriesOf(files: readonly File[], dialect: string): Query[] {
  return dashboardsOf(files, dialect).flatMap(({ name, dashboard }) =>
    panelsOf(dashboard).flatMap(({ title, targets = [] }) =>
      targets.flatMap((target): Query[] => {
        const { expr, query, refId, instant, resultFormat, datasource } = target as Record<string, unknown>
        const text = expr ?? query
        if (typeof text !== 'string') return []
        return [
          {
            ...{ dashboard: name, panel: title, refId: String(refId), text },
            instant: instant === true || resultFormat === 'table',
            datasource: (datasource as { uid: string }).uid,
          },
        ]
      }),
    ),
  )
}

/** The values of variables, and the time that is shown: seconds. */
export interface Filling {
  variables: Readonly<Record<string, string>>
  range: number
  interval: number
}

/** PromQL as Grafana sends it: variables are their values, macros their durations; what is unknown is an error. */
export function fill(text: string, { variables, range, interval }: Filling): string {
  const all: Readonly<Record<string, string>> = {
    __range: `${range}s`,
    __range_s: String(range),
    __range_ms: String(range * 1000),
    // Grafana: at least four times the interval of scrapes, here of pushes.
    __rate_interval: `${Math.max(interval, 5)}s`,
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
