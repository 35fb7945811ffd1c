import type { Dialect } from '../question.ts'
import type { DashboardVariable } from '../schema.ts'
import { hasRunSeries, runSeries, type RunSeriesName } from './runInfo.ts'

/** How many days back, and ahead, of the end of what is shown a run of Run is looked for. */
export const RUN_DAYS = '30'

/** Where loadwright did not write when a run began, k6's VUs are sought: so far back and ahead, in steps as long as its pushes. */
const SOUGHT = '7d:5s'

/** When the run that a variable names began (Unix time); `days` back and ahead of the end of what is shown. */
export const startOf = (dialect: Dialect, run: string, days: string): string =>
  `round(${known(dialect, 'min', 'loadwright_run_start_time_seconds', run, days)}${seen(dialect, run, 'min')})`

/** When it ended; of one that lasts, when it was last seen. */
export const endOf = (dialect: Dialect, run: string, days: string): string =>
  `ceil(${known(dialect, 'max', 'loadwright_run_end_time_seconds', run, days)}${seen(dialect, run, 'max')})`

/** As loadwright wrote it, before the end of what is shown or after it; nothing where it writes none. */
function known(
  dialect: Dialect,
  which: 'min' | 'max',
  name: RunSeriesName,
  run: string,
  days: string,
): string {
  if (!hasRunSeries(dialect)) return ''
  return `${which}(${around(runSeries(name, { testid: `$${run}` }), days)}) or `
}

/** The last value of series, so many days before the end of what is shown, or after it. */
export const around = (series: string, days: string): string =>
  `last_over_time(${series}[${days}d]) or last_over_time(${series}[${days}d] offset -${days}d)`

/** The time of k6's first or last gauge of VUs, as this naming calls it. */
function seen(dialect: Dialect, run: string, which: 'min' | 'max'): string {
  const series = `${vusOf(dialect)}{testid=~"$${run}"}`
  return `${which}(${edgeOf(which, `timestamp(${series})[${SOUGHT}]`)})`
}

/** The lowest or highest value of a subquery over seven days before the end of what is shown, or after it. */
export const edgeOf = (which: 'min' | 'max', subquery: string): string => {
  const offsets = which === 'min' ? ['', ' offset -7d'] : [' offset -7d', '']
  return offsets.map((offset) => `${which}_over_time(${subquery}${offset})`).join(' or ')
}

/** The gauge of VUs, as this naming calls it. */
export const vusOf = (dialect: Dialect): string =>
  /\w+(?=\{)/.exec(dialect.ask({ ask: 'level', metric: 'vus', over: 'time' }) ?? '')?.[0] ?? ''

/** A hidden variable whose value is what a query says: one number, which no address carries. */
export function answer({ datasource }: Dialect, name: string, expr: string): DashboardVariable {
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
    skipUrlSync: true,
    regex: '/ (-?\\d+) /',
    multi: false,
    includeAll: false,
    options: [],
    sort: 0,
  }
}
