import type { Dialect } from '../../question.ts'
import type { DashboardVariable } from '../../schema.ts'
import { hasRunSeries, runSeries } from '../runInfo.ts'
import { begun, begunAsWritten, runVariable } from '../runsFound.ts'
import { answer, around, endOf, startOf } from '../runTimes.ts'
import { SHOWN } from '../variables.ts'

/** Days: how far two runs may lie from the end of what is shown, either way; loadwright's own times are looked for so far. */
const LOOKBACK = ['30', '1', '7', '90', '365']

/** The variable's value, where loadwright writes when runs began; else how far k6's VUs are sought. */
const daysOf = (dialect: Dialect): string => (hasRunSeries(dialect) ? '${lookback}' : '7')

/**
 * The two runs: at first the newest is the candidate. The base is the last one before it of the same suite, profile
 * and environment; where there is none, the newest other one.
 */
export function runsOf(dialect: Dialect): DashboardVariable[] {
  const days = daysOf(dialect)
  const candidate = begun(dialect, { days })
  const others = begun(dialect, { days, but: 'candidate' })
  const first = hasRunSeries(dialect) ? `${before(days)} or ` : ''
  const base = runVariable(dialect, { name: 'base', title: 'Base', found: `${first}${others}` })
  return [
    ...(hasRunSeries(dialect) ? [lookback()] : []),
    runVariable(dialect, { name: 'candidate', title: 'Candidate', found: candidate }),
    dialect.language === 'promql' ? base : notTheCandidate(base),
  ]
}

/** More than any time: what is before the candidate, and like it, stands before all other runs. */
const FIRST = '1e10'

/** Runs that began before the candidate, of its suite, profile and environment. */
function before(days: string): string {
  const alike = ['suite', 'profile', 'environment'].join(', ')
  const info = (where: Readonly<Record<string, string>>): string =>
    `group by (testid, ${alike}) (${around(runSeries('loadwright_run_info', where), days)})`
  const candidate = { testid: '$candidate' }
  const its = around(runSeries('loadwright_run_start_time_seconds', candidate), days)
  const earlier = `(${begunAsWritten({ days, but: 'candidate' })}) < scalar(max(${its}))`
  return `${FIRST} + (${earlier}) and on (testid) (${info({})} and on (${alike}) ${info(candidate)})`
}

/** InfluxQL cannot order runs by their times: their names have them. */
function notTheCandidate(base: DashboardVariable): DashboardVariable {
  const query = `${base.definition ?? ''} WHERE "testid" !~ /^\${candidate:regex}$/`
  return { ...base, query, definition: query }
}

/** The time of a run that there is not: then queries are whole, and find nothing. */
const UNKNOWN = ' or vector(0)'

/** Hidden variables of a comparison: when both runs began and ended, and by how much the base is moved. */
export function comparedTimes(dialect: Dialect): DashboardVariable[] {
  if (dialect.language !== 'promql') return []
  const days = daysOf(dialect)
  const times = (['base', 'candidate'] as const).flatMap((run) => [
    answer(dialect, `${run}_start`, `${startOf(dialect, run, days)}${UNKNOWN}`),
    answer(dialect, `${run}_end`, `${endOf(dialect, run, days)}${UNKNOWN}`),
  ])
  // An offset of nothing is an error to Prometheus.
  const between = 'round(vector(${candidate_start} - ${base_start}))'
  return [...times, answer(dialect, 'shift', `${between} != 0 or vector(1)`)]
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
    hide: SHOWN.inMenu,
    multi: false,
    includeAll: false,
  }
}
