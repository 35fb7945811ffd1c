import { RUN_FIGURES } from '../../../record/index.ts'
import { byPattern } from '../../overrides.ts'
import { tablePanel, type TargetsAsked, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { withRunInfo, runSeries, type RunSeriesName } from '../runInfo.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { atLeast, COMMIT_WIDTH, DATE_WIDTH, widths } from '../widths.ts'

const RELEASE = ['suite', 'environment', 'profile', 'version', 'git_commit']

/** All runs of a version and commit, as one row. */
function over(
  how: string,
  series: RunSeriesName,
  where: Readonly<Record<string, string>> = {},
  factor = '',
): TargetsAsked {
  const values = `${factor}last_over_time(${runSeries(series, where)}[$__range])`
  const of = withRunInfo(values, RELEASE, '$__range')
  const by = `by (${RELEASE.join(', ')})`
  return { expr: how === 'median' ? `quantile ${by} (0.5, ${of})` : `${how} ${by} (${of})` }
}

/** Runs that passed: none, where runs are and no one did. */
function passed(): TargetsAsked {
  const count = (series: RunSeriesName, where = {}): string =>
    String((over('count', series, where) as { expr: unknown }).expr)
  return {
    expr: `${count('loadwright_run_verdict', { verdict: 'pass' })} or 0 * ${count('loadwright_run_end_time_seconds')}`,
  }
}

const P95 = [RUN_FIGURES.requestTime, { journey: '', quantile: '0.95' }] as const

const COLUMNS: readonly Column[] = [
  { name: 'runs', asking: over('count', 'loadwright_run_end_time_seconds') },
  { name: 'passed', asking: passed() },
  { name: 'p95 least', asking: over('min', ...P95) },
  { name: 'p95 median', asking: over('median', ...P95) },
  { name: 'p95 most', asking: over('max', ...P95) },
  { name: 'errors', asking: over('avg', RUN_FIGURES.failedRequests, { journey: '' }) },
  { name: 'last ended', asking: over('max', 'loadwright_run_end_time_seconds', {}, '1000 * ') },
]

const WIDTHS = {
  environment: 105,
  profile: 85,
  version: 80,
  commit: COMMIT_WIDTH,
  runs: 55,
  passed: 70,
  'p95 least': 82,
  'p95 median': 95,
  'p95 most': 80,
  errors: 65,
  'last ended': DATE_WIDTH - 5,
}

/** Versions and commits, the newest first. */
export function byRelease(dialect: Dialect): Unplaced[] {
  const { names, asking, transformations } = columnsOf(dialect, COLUMNS)
  return tablePanel(
    dialect,
    {
      id: 2401,
      title: 'By version and commit',
      unit: 'none',
      description:
        'What the runs of each version and commit came to, in the shown time. p95 is of the run in which it was least, of the one in the middle, and of the one in which it was most; errors are their mean.',
      overrides: [
        byPattern('/^p95/', { unit: 's' }),
        byPattern('/^errors/', { unit: 'percentunit' }),
        byPattern('/^last/', { unit: 'dateTimeAsLocal' }),
        ...atLeast({ suite: 110 }),
        ...widths(WIDTHS),
      ],
      more: {
        transformations: [
          ...transformations,
          organized({ order: [...RELEASE, ...names], rename: { git_commit: 'commit' } }),
          sortRows('last ended', true),
        ],
      },
    },
    asking,
  )
}
