import { valuesVariable } from '../variables.ts'
import { hasRunSeries, runSeries, type RunSeriesName } from '../runInfo.ts'
import type { Dialect } from '../../question.ts'
import type { DashboardVariable } from '../../schema.ts'

/** Days: how far two runs may lie from the end of what is shown, either way; loadwright's own times are looked for so far. */
const LOOKBACK = ['30', '1', '7', '90', '365']

/** Where loadwright did not write when a run began, k6's VUs are sought: so far back, in steps as long as its pushes. */
const SOUGHT = '7d:5s'

/** The two runs: those within so many days of what is shown, which is the candidate's time alone. */
export function runsOf(dialect: Dialect): DashboardVariable[] {
  const run = (name: string, title: string, within = ''): DashboardVariable => {
    const values = valuesVariable(dialect, 'testid', { name, title })
    if (dialect.language !== 'promql') return values
    const query = `query_result(count by (testid) (${within}))`
    return { ...values, query: { query, refId: name }, definition: query, regex: '/testid="([^"]+)"/' }
  }
  const vus = vusOf(dialect)
  const days = hasRunSeries(dialect) ? '${lookback}' : '7'
  const within = `last_over_time(${vus}[${days}d]) or last_over_time(${vus}[${days}d] offset -${days}d)`
  return [
    ...(hasRunSeries(dialect) ? [lookback()] : []),
    run('base', 'Base', within),
    run('candidate', 'Candidate', within),
  ]
}

/** Hidden variables of a comparison: when both runs began and ended, and by how much the base is moved. */
export function comparedTimes(dialect: Dialect): DashboardVariable[] {
  if (dialect.language !== 'promql') return []
  const times = (['base', 'candidate'] as const).flatMap((run) => [
    answer(dialect, `${run}_start`, startOf(dialect, run)),
    answer(dialect, `${run}_end`, endOf(dialect, run)),
  ])
  // An offset of nothing is an error to Prometheus.
  const between = 'round(vector(${candidate_start} - ${base_start}))'
  return [...times, answer(dialect, 'shift', `${between} != 0 or vector(1)`)]
}

const startOf = (dialect: Dialect, run: string): string =>
  `round(${known(dialect, 'min', 'loadwright_run_start_time_seconds', run)}${seen(dialect, run, 'min')})`

/** Once a run is over; of one that lasts, what was last seen. */
const endOf = (dialect: Dialect, run: string): string =>
  `ceil(${known(dialect, 'max', 'loadwright_run_end_time_seconds', run)}${seen(dialect, run, 'max')})`

/** As loadwright wrote it, before the end of what is shown or after it; nothing where it writes none. */
function known(dialect: Dialect, which: 'min' | 'max', name: RunSeriesName, run: string): string {
  if (!hasRunSeries(dialect)) return ''
  const series = `${runSeries(name, { testid: `$${run}` })}[\${lookback}d]`
  return `${which}(last_over_time(${series}) or last_over_time(${series} offset -\${lookback}d)) or `
}

/** The time of k6's first or last gauge of VUs, as this naming calls it. */
function seen(dialect: Dialect, run: string, which: 'min' | 'max'): string {
  const series = `${vusOf(dialect)}{testid=~"$${run}"}`
  return `${which}(${which}_over_time(timestamp(${series})[${SOUGHT}]))`
}

/** The gauge of VUs, as this naming calls it. */
const vusOf = (dialect: Dialect): string =>
  /\w+(?=\{)/.exec(dialect.ask({ ask: 'level', metric: 'vus', over: 'time' }) ?? '')?.[0] ?? ''

/** A variable whose value is what a query says: one number. */
function answer({ datasource }: Dialect, name: string, expr: string): DashboardVariable {
  const query = `query_result(${expr})`
  return {
    name,
    label: name,
    type: 'query',
    datasource,
    query: { query, refId: name },
    definition: query,
    // Grafana gives `{} value time`.
    refresh: 2,
    hide: 2,
    regex: '/ (-?\\d+) /',
    multi: false,
    includeAll: false,
    options: [],
    sort: 0,
  }
}

function lookback(): DashboardVariable {
  const options = LOOKBACK.map((text, at) => ({ text, value: text, selected: at === 0 }))
  const [first = ''] = LOOKBACK
  return {
    name: 'lookback',
    label: 'Runs within (days)',
    type: 'custom',
    query: LOOKBACK.join(','),
    current: { text: first, value: first, selected: true },
    options,
    hide: 0,
    multi: false,
    includeAll: false,
  }
}
