import type { Dashboard } from '../../cli/grafana/schema.ts'
import type { File } from '../../cli/grafana/index.ts'
import { dashboardsOf, fill, queriesOf, variablesOf } from './queries.ts'

/** The time that is shown, Unix seconds, and the values of variables. */
export interface Shown {
  from: number
  to: number
  given: Readonly<Record<string, string>>
}

/** The panels of a naming in which some query has no data, as `run · p95`. Throws what the server says of a wrong one. */
export async function emptyPanels(
  files: readonly File[],
  dialect: string,
  names: readonly string[],
  shown: Shown,
  ask: (query: string, instant: boolean, shown: Shown) => Promise<number>,
): Promise<string[]> {
  const dashboards = new Map(dashboardsOf(files, dialect).map(({ name, dashboard }) => [name, dashboard]))
  const empty = new Set<string>()
  for (const { dashboard, panel, text, instant } of queriesOf(files, dialect)) {
    if (!names.includes(dashboard)) continue
    const variables = variablesOf(dashboards.get(dashboard) as Dashboard, shown.given)
    const query = fill(text, { variables, range: rangeOf(shown), interval: 1 })
    if ((await ask(query, instant, shown)) === 0) empty.add(`${dashboard} · ${panel}`)
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

/** Asks a Prometheus, as a panel does: gives the number of series with a value. */
export const askPrometheus =
  (url: string) =>
  async (query: string, instant: boolean, { from, to }: Shown): Promise<number> => {
    const base = url.replace(/\/api\/v1\/write$/, '')
    const when = instant ? { time: String(to) } : { start: String(from), end: String(to), step: '1' }
    const path = instant ? 'query' : 'query_range'
    const body = new URLSearchParams({ query, ...when })
    const answer = await fetch(`${base}/api/v1/${path}`, { method: 'POST', body })
    const { data, error } = (await answer.json()) as { data?: { result: unknown[] }; error?: string }
    if (!data) throw new Error(`${query}: ${error ?? String(answer.status)}`)
    return data.result.length
  }
