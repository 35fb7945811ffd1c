import type { Dashboard } from '../../cli/grafana/schema.ts'
import { fillInflux, type Influx } from './influx.ts'
import { fill, queriesOf, variablesOf, type Query } from './queries.ts'

/** The time that is shown, Unix seconds, and the values of variables. */
export interface Shown {
  from: number
  to: number
  given: Readonly<Record<string, string>>
}

/** Asks one query: gives how many series it has. Throws what the server says of a wrong one. */
export type Ask = (query: Query, shown: Shown, variables: Readonly<Record<string, string>>) => Promise<number>

/** The panels and annotations of a dashboard in which some query has no data, as `run · p95`. */
export async function emptyIn(
  name: string,
  dashboard: Dashboard,
  shown: Shown,
  ask: Ask,
  datasources?: readonly string[],
): Promise<string[]> {
  const variables = variablesOf(dashboard, shown.given)
  const empty = new Set<string>()
  for (const query of queriesOf(name, dashboard)) {
    if (datasources && !datasources.includes(query.datasource)) continue
    if ((await ask(query, shown, variables)) === 0) empty.add(`${name} · ${query.panel}`)
  }
  return [...empty].sort()
}

/** The variables of a dashboard that offer nothing, as `run · $job`: those of `label_values(…)`. */
export async function emptyLists(
  name: string,
  dashboard: Dashboard,
  shown: Shown,
  url: string,
): Promise<string[]> {
  const variables = variablesOf(dashboard, shown.given)
  const empty = []
  for (const { name: variable, definition } of definitionsOf(dashboard)) {
    const [, selector, label = ''] = /^label_values\((.*), (\w+)\)$/s.exec(definition) ?? []
    if (selector === undefined) continue
    const match = fill(selector, { variables, range: rangeOf(shown), interval: 1 })
    const body = new URLSearchParams({
      'match[]': match,
      start: String(shown.from),
      end: String(shown.to),
    })
    const answer = await fetch(`${baseOf(url)}/api/v1/series`, { method: 'POST', body })
    const { data, error } = (await answer.json()) as { data?: Record<string, string>[]; error?: string }
    if (!data) throw new Error(`${definition}: ${error ?? ''}`)
    if (!data.some((labels) => labels[label] !== undefined)) empty.push(`${name} · $${variable}`)
  }
  return empty
}

const definitionsOf = ({ templating }: Dashboard): { name: string; definition: string; regex: string }[] =>
  (templating?.list ?? []).map(({ name, ...rest }) => {
    const { definition = '', regex = '' } = rest as { definition?: string; regex?: string }
    return { name, definition, regex }
  })

const baseOf = (writeUrl: string): string => writeUrl.replace(/\/api\/v1\/write$/, '')

/** The values of a dashboard's variables that Prometheus reckons: `query_result(…)`, each from those before it. */
export async function reckoned(
  dashboard: Dashboard,
  shown: Shown,
  query: (query: string) => Promise<readonly { metric: Record<string, string>; value?: [number, string] }[]>,
): Promise<Record<string, string>> {
  let given = { ...shown.given }
  for (const { name, definition, regex } of definitionsOf(dashboard)) {
    const [, inner] = /^query_result\((.*)\)$/s.exec(definition) ?? []
    if (inner === undefined || name in shown.given) continue
    const variables = variablesOf(dashboard, given)
    const [one] = await query(fill(inner, { variables, range: rangeOf(shown), interval: 1 }))
    // Grafana takes the value out of a text: labels, value, milliseconds.
    const [at = 0, value = ''] = one?.value ?? []
    const labels = Object.entries(one?.metric ?? {}).map(([label, text]) => `${label}="${text}"`)
    const [, taken] = new RegExp(regex.slice(1, -1)).exec(`{${labels.join(',')}} ${value} ${at * 1000}`) ?? []
    if (taken === undefined) throw new Error(`$${name} has no value: ${inner}`)
    given = { ...given, [name]: taken }
  }
  return given
}

const rangeOf = ({ from, to }: Shown): number => Math.ceil(to - from)

/** A series of a panel, with its last value. */
export interface Line {
  labels: Readonly<Record<string, string>>
  value: number
}

/** What a Prometheus answers to a panel: the last value of each series. */
async function answersOf(
  url: string,
  { text, instant }: Query,
  shown: Shown,
  variables: Readonly<Record<string, string>>,
): Promise<Line[]> {
  const { from, to } = shown
  const query = fill(text, { variables, range: rangeOf(shown), interval: 1 })
  const when = instant ? { time: String(to) } : { start: String(from), end: String(to), step: '1' }
  const path = instant ? 'query' : 'query_range'
  const body = new URLSearchParams({ query, ...when })
  const answer = await fetch(`${baseOf(url)}/api/v1/${path}`, { method: 'POST', body })
  const { data, error } = (await answer.json()) as { data?: { result: Answer[] }; error?: string }
  if (!data) throw new Error(`${query}: ${error ?? String(answer.status)}`)
  return data.result.map(({ metric, value, values }) => ({
    labels: metric,
    value: Number((value ?? values?.at(-1))?.[1]),
  }))
}

interface Answer {
  metric: Record<string, string>
  value?: [number, string]
  values?: [number, string][]
}

/** Asks a Prometheus, as a panel does. */
export const askPrometheus =
  (url: string): Ask =>
  async (...asked) =>
    (await answersOf(url, ...asked)).length

/** The series of a panel's first query, in their order. */
export async function linesOf(
  url: string,
  name: string,
  dashboard: Dashboard,
  panel: string,
  shown: Shown,
): Promise<Line[]> {
  const query = queriesOf(name, dashboard).find((one) => one.panel === panel)
  if (!query) throw new Error(`there is no panel ${panel} in ${name}`)
  return answersOf(url, query, shown, variablesOf(dashboard, shown.given))
}

/** Asks an InfluxDB, as a panel does. */
export const askInflux =
  (server: Influx): Ask =>
  async ({ text }, { from, to }, variables) => {
    const filled = fillInflux(text, { from: from * 1000, to: to * 1000, interval: 1000, variables })
    return (await server.query(filled)).length
  }
