import { RUN_FIGURES } from '../../../record/index.ts'
import { byName, byPattern } from '../../overrides.ts'
import { tablePanel, textPanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { hasRunSeries, runSeries, type RunSeriesName } from '../runInfo.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { VERDICT_MAPPINGS } from '../verdicts.ts'

/** What both runs were, side by side. */
export function runsRow(dialect: Dialect): Unplaced[] {
  if (!hasRunSeries(dialect)) {
    const why =
      'What a run was (suite, version, commit, verdict) is written by loadwright beside what it forwards by ' +
      '`--remote-write`; of this naming k6’s own series alone are there.'
    return textPanel(1002, 'What is not here', why)
  }
  const { names, asking, transformations } = columnsOf(dialect, COLUMNS)
  return tablePanel(
    dialect,
    {
      id: 1003,
      title: 'Runs',
      description:
        'What loadwright wrote of both runs, whenever they were: figures are of the judged phases, as in run.json.',
      unit: 'none',
      h: 5,
      more: {
        transformations: [
          ...transformations,
          organized({
            without: ['info', 'is'],
            order: ['testid', 'verdict', 'begin', 'end', ...names],
            rename: { testid: 'run', git_commit: 'commit', git_branch: 'branch' },
          }),
          sortRows('begin'),
        ],
      },
      overrides: [
        VERDICT_MAPPINGS.override('verdict'),
        ...['begin', 'end'].map((name) => byName(name, { unit: 'dateTimeAsLocal' })),
        byName('p95', { unit: 's' }),
        byPattern('/errors|failed/', { unit: 'percentunit' }),
      ],
    },
    asking,
  )
}

/** A series of both runs: of each, the last value that it had. */
const both = (name: RunSeriesName, where: Readonly<Record<string, string>> = {}): string =>
  (['base', 'candidate'] as const)
    .map((run) => `last_over_time(${runSeries(name, { testid: `$${run}`, ...where })}[1d] @ \${${run}_end})`)
    .join(' or ')

const of = (labels: string, expr: string): Column['asking'] => ({
  expr: `max by (testid${labels}) (${expr})`,
})

const INFO = ', suite, profile, environment, version, git_commit, git_branch'

const COLUMNS: readonly Column[] = [
  { name: 'info', asking: of(INFO, both('loadwright_run_info')) },
  { name: 'begin', asking: of('', `1000 * (${both('loadwright_run_start_time_seconds')})`) },
  { name: 'end', asking: of('', `1000 * (${both('loadwright_run_end_time_seconds')})`) },
  { name: 'is', asking: of(', verdict', both('loadwright_run_verdict')) },
  {
    name: 'p95',
    asking: of('', both(RUN_FIGURES.requestTime, { journey: '', quantile: '0.95' })),
  },
  { name: 'errors', asking: of('', both(RUN_FIGURES.failedRequests, { journey: '' })) },
  { name: 'failed journeys', asking: of('', both(RUN_FIGURES.failedJourneys, { journey: '' })) },
  { name: 'requests', asking: of('', both('loadwright_run_requests')) },
  { name: 'dropped', asking: of('', both('loadwright_run_dropped_iterations')) },
]
