import type { Dashboard } from '../../cli/grafana/schema.ts'
import type { File } from '../../cli/grafana/index.ts'
import { fillInflux, type Influx } from './influx.ts'
import { dashboardsOf, fill, queriesOf, variablesOf, type Query } from './queries.ts'

/** The time that is shown, Unix seconds, and the values of variables. */
export interface Shown {
  from: number
  to: number
  given: Readonly<Record<string, string>>
}

/** Asks one query of a panel: gives how many series it has. Throws what the server says of a wrong one. */
export type Ask = (query: Query, shown: Shown, variables: Readonly<Record<string, string>>) => Promise<number>

/** The panels of a naming in which some query of the data source of runs has no data, as `run · p95`. */
export async function emptyPanels(
  files: readonly File[],
  dialect: string,
  names: readonly string[],
  shown: Shown,
  ask: Ask,
): Promise<string[]> {
  const dashboards = new Map(dashboardsOf(files, dialect).map(({ name, dashboard }) => [name, dashboard]))
  const empty = new Set<string>()
  for (const query of queriesOf(files, dialect)) {
    if (!names.includes(query.dashboard)) continue
    const variables = variablesOf(dashboards.get(query.dashboard) as Dashboard, shown.given)
    if ((await ask(query, shown, variables)) === 0) empty.add(`${query.dashboard} · ${query.panel}`)
  }
  return [...empty].sort()
}

/** The values of a dashboard's variables that Prometheus reckons: `query_result(…)`, each from those before it. */
export async function reckoned(
  dashboard: Dashboard,
  shown: Shown,
  query: (query: string) => Promise<readonly { value?: [number, string] }[]>,
): Promise<Record<string, string>> {
  let given = { ...shown.given }
  for (const { name, definition, regex = '' } of dashboard.templating?.list as {
    name: string
    definition?: string
    regex?: string
  }[]) {
    const [, inner] = /^query_result\((.*)\)$/s.exec(definition ?? '') ?? []
    if (inner === undefined || name in shown.given) continue
    const variables = variablesOf(dashboard, given)
    const [one] = await query(fill(inner, { variables, range: rangeOf(shown), interval: 1 }))
    // Grafana takes the value out of a text: labels, value, milliseconds.
    const [at = 0, value = ''] = one?.value ?? []
    const [, taken] = new RegExp(regex.slice(1, -1)).exec(`{} ${value} ${at * 1000}`) ?? []
    if (taken === undefined) throw new Error(`$${name} has no value: ${inner}`)
    given = { ...given, [name]: taken }
  }
  return given
}

const rangeOf = ({ from, to }: Shown): number => Math.ceil(to - from)

/** Asks a Prometheus, as a panel does. */
export const askPrometheus =
  (url: string): Ask =>
  async ({ text, instant }, shown, variables) => {
    const { from, to } = shown
    const base = url.replace(/\/api\/v1\/write$/, '')
    const query = fill(text, { variables, range: rangeOf(shown), interval: 1 })
    const when = instant ? { time: String(to) } : { start: String(from), end: String(to), step: '1' }
    const path = instant ? 'query' : 'query_range'
    const body = new URLSearchParams({ query, ...when })
    const answer = await fetch(`${base}/api/v1/${path}`, { method: 'POST', body })
    const { data, error } = (await answer.json()) as { data?: { result: unknown[] }; error?: string }
    if (!data) throw new Error(`${query}: ${error ?? String(answer.status)}`)
    return data.result.length
  }

/** Asks an InfluxDB, as a panel does; what is for another data source is not asked. */
export const askInflux =
  (server: Influx): Ask =>
  async ({ text, datasource }, { from, to }, variables) => {
    if (datasource !== '${datasource}') return 1
    const filled = fillInflux(text, { from: from * 1000, to: to * 1000, interval: 1000, variables })
    return (await server.query(filled)).length
  }
