import type { ReadingRule } from './rule.ts'

/** Variables that each name one run. */
const RUNS = ['testid', 'candidate', 'base']

/** Which run a dashboard opens on: Grafana takes the first that a variable offers, which must be the newest one. */
export const firstRuns: ReadingRule = ({ dashboard, naming, tell }) => {
  const { list = [] } = dashboard.templating ?? {}
  const hasCandidate = list.some(({ name }) => name === 'candidate')
  for (const variable of list) {
    const { name, multi, sort, query } = variable
    if (!RUNS.includes(name) || multi === true) continue
    const text = typeof query === 'string' ? query : ((query as { query?: string } | undefined)?.query ?? '')
    const said = (problem: string): void => tell(`$${name}`, problem)
    // InfluxQL cannot order runs by their times, but their names by the alphabet.
    if (naming === 'influxdb' ? sort !== 2 : !text.startsWith('query_result(sort_desc(') || sort !== 0)
      said('does not offer the newest run first')
    if (
      name === 'base' &&
      hasCandidate &&
      !/testid"? !?[=~]+.*\$\{?candidate|testid!="\$candidate"/.test(text)
    )
      said('offers the candidate as its own base')
  }
}
