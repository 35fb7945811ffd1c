import { RUN_FIGURES } from '../../../record/index.ts'
import { byName } from '../../overrides.ts'
import { tablePanel, textPanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { hasRunSeries, runSeries, type RunSeriesName } from '../runInfo.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { VERDICT_MAPPINGS } from '../verdicts.ts'
import { atLeast, COMMIT_WIDTH, DATE_WIDTH, RUN_WIDTH, VERDICT_WIDTH, widths } from '../widths.ts'

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
            order: [
              'which',
              'testid',
              'verdict',
              'began',
              'lasted',
              'profile',
              'version',
              'git_commit',
              ...names,
            ],
            rename: { testid: 'run', git_commit: 'commit' },
          }),
          sortRows('which'),
        ],
      },
      overrides: [
        VERDICT_MAPPINGS.override('verdict'),
        byName('began', { unit: 'dateTimeAsLocal' }),
        ...['p95', 'lasted'].map((name) => byName(name, { unit: 's' })),
        byName('errors', { unit: 'percentunit' }),
        ...atLeast({ run: RUN_WIDTH }),
        ...widths(WIDTHS),
      ],
    },
    asking,
  )
}

const WIDTHS = {
  which: 90,
  verdict: VERDICT_WIDTH,
  began: DATE_WIDTH,
  lasted: 80,
  profile: 80,
  version: 80,
  commit: COMMIT_WIDTH,
  p95: 75,
  errors: 70,
}

/** A series of both runs: of each, the last value that it had. */
const both = (
  name: RunSeriesName,
  where: Readonly<Record<string, string>> = {},
  of: (one: string, run: string) => string = (one) => one,
): string =>
  (['base', 'candidate'] as const)
    .map((run) =>
      of(`last_over_time(${runSeries(name, { testid: `$${run}`, ...where })}[1d] @ \${${run}_end})`, run),
    )
    .join(' or ')

const of = (labels: string, expr: string): Column['asking'] => ({
  expr: `max by (testid${labels}) (${expr})`,
})

const which = (one: string, run: string): string => `label_replace(${one}, "which", "${run}", "testid", ".*")`

const BEGAN = both('loadwright_run_start_time_seconds')

const COLUMNS: readonly Column[] = [
  {
    name: 'info',
    asking: of(', which, profile, version, git_commit', both('loadwright_run_info', {}, which)),
  },
  { name: 'began', asking: of('', `1000 * (${BEGAN})`) },
  { name: 'lasted', asking: of('', `(${both('loadwright_run_end_time_seconds')}) - (${BEGAN})`) },
  { name: 'is', asking: of(', verdict', both('loadwright_run_verdict')) },
  { name: 'p95', asking: of('', both(RUN_FIGURES.requestTime, { journey: '', quantile: '0.95' })) },
  { name: 'errors', asking: of('', both(RUN_FIGURES.failedRequests, { journey: '' })) },
]
