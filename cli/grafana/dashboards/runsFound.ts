import { braces } from '../dialects/asked.ts'
import type { Dialect } from '../question.ts'
import type { DashboardVariable } from '../schema.ts'
import { hasRunSeries } from './runInfo.ts'
import { around, edgeOf, vusOf } from './runTimes.ts'
import { valuesVariable } from './variables.ts'

/** Where loadwright did not write when runs began, k6's VUs are sought, in steps that runs are longer than. */
const SOUGHT = '7d:15s'

/** Which runs are looked for. */
export interface RunsSought {
  /** So many days before the end of what is shown, and after it. */
  readonly days: string
  /** Labels that the run's information has. Plain k6 writes none of it: its runs are found where any will do. */
  readonly chosen?: Readonly<Record<string, string>>
  /** Not the run that this variable names. */
  readonly but?: string
}

/** When each run began (Unix time), by `testid`: as loadwright wrote it, else when k6's VUs were first seen. */
export function begun(dialect: Dialect, sought: RunsSought): string {
  const { chosen, but } = sought
  // Of these labels k6 writes none: its own series match "All" alone.
  const gauge = chosen
    ? `{__name__=~"${vusOf(dialect)}|loadwright_run_info",${select('', but, chosen).slice(1)}`
    : select(vusOf(dialect), but)
  const seen = `min by (testid) (${edgeOf('min', `timestamp(${gauge})[${SOUGHT}]`)})`
  return hasRunSeries(dialect) ? `${begunAsWritten(sought)} or ${seen}` : seen
}

/** The same of runs alone of which loadwright wrote it. */
export function begunAsWritten({ days, chosen, but }: RunsSought): string {
  const begun = `max by (testid) (${around(select('loadwright_run_start_time_seconds', but), days)})`
  return chosen
    ? `${begun} and on (testid) (${around(select('loadwright_run_info', undefined, chosen), days)})`
    : begun
}

const select = (series: string, but?: string, chosen: RunsSought['chosen'] = {}): string => {
  const others = but === undefined ? [] : [`testid!="$${but}"`]
  const matchers = [...others, braces(chosen).slice(1, -1)].filter((one) => one !== '')
  return matchers.length === 0 ? series : `${series}{${matchers.join(',')}}`
}

/** A variable that names a run: at first that for which `found` gives the highest number. */
export function runVariable(
  dialect: Dialect,
  { name, title, found }: { readonly name: string; readonly title: string; readonly found: string },
): DashboardVariable {
  const values = valuesVariable(dialect, 'testid', { name, title })
  if (dialect.language !== 'promql') return values
  const query = `query_result(sort_desc(${found}))`
  return { ...values, query: { query, refId: name }, definition: query, regex: '/testid="([^"]+)"/', sort: 0 }
}
