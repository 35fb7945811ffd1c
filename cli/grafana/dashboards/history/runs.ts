import { RUN_FIGURES } from '../../../record/index.ts'
import { byName, type Override } from '../../overrides.ts'
import { tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { uidOf } from '../frame.ts'
import { runLinks } from '../links.ts'
import { withRunInfo, runSeries, type RunSeriesName } from '../runInfo.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { VERDICT_MAPPINGS } from '../verdicts.ts'
import { atLeast, COMMIT_WIDTH, DATE_WIDTH, RUN_WIDTH, VERDICT_WIDTH, widths } from '../widths.ts'

const LABELS = ['profile', 'environment', 'version', 'git_commit']

const column = (
  name: string,
  series: RunSeriesName,
  where: Readonly<Record<string, string>> = {},
  factor = '',
): Column => ({
  name,
  asking: {
    expr: `max by (testid) (${factor}last_over_time(${runSeries(series, where)}[$__range]))`,
  },
})

const COLUMNS: readonly Column[] = [
  {
    name: 'ended',
    asking: {
      expr: withRunInfo(
        `1000 * max by (testid) (last_over_time(${runSeries('loadwright_run_end_time_seconds')}[$__range]))`,
        LABELS,
        '$__range',
      ),
    },
  },
  column('began', 'loadwright_run_start_time_seconds', {}, '1000 * '),
  {
    name: 'is',
    asking: {
      expr: `max by (testid, verdict) (last_over_time(${runSeries('loadwright_run_verdict')}[$__range]))`,
    },
  },
  column('p95', RUN_FIGURES.requestTime, { journey: '', quantile: '0.95' }),
  column('errors', RUN_FIGURES.failedRequests, { journey: '' }),
  column('requests', 'loadwright_run_requests'),
]

/** Runs, the newest first, with links. */
export function runsTable(dialect: Dialect): Unplaced[] {
  const { names, asking, transformations } = columnsOf(dialect, COLUMNS)
  return tablePanel(
    dialect,
    {
      id: 2003,
      title: 'Runs',
      unit: 'none',
      h: 12,
      description:
        'Runs that ended in the shown time, the newest first; figures are of the judged phases. The run’s name leads ' +
        'to it, and to its comparison with the base that is chosen above.',
      overrides: overrides(dialect),
      more: {
        transformations: [
          ...transformations,
          // A run that is not among the chosen ones has no end here.
          {
            id: 'filterByValue',
            options: {
              type: 'include',
              match: 'all',
              filters: [{ fieldName: 'ended', config: { id: 'isNotNull', options: {} } }],
            },
          },
          organized({
            without: ['is'],
            order: ['testid', 'ended', 'verdict', ...LABELS, ...names.slice(1)],
            rename: { testid: 'run', git_commit: 'commit' },
          }),
          sortRows('ended', true),
        ],
      },
    },
    asking,
  )
}

function overrides(dialect: Dialect): Override[] {
  const [from, to] = ['began', 'ended'].map((name) => `\${__data.fields.${name}.numeric}`)
  const links = runLinks(dialect, '${__data.fields.run}', { from: from ?? '', to: to ?? '', base: '${base}' })
  const based = {
    title: 'Make it the base',
    targetBlank: false,
    url: `/d/${uidOf('history', dialect)}?\${__url_time_range}&var-base=\${__data.fields.run}`,
  }
  return [
    byName('run', { links: [...links, based] }),
    byName('ended', { unit: 'dateTimeAsLocal' }),
    byName('began', { unit: 'dateTimeAsLocal' }),
    // Links need it.
    byName('began', { 'custom.hidden': true }),
    byName('p95', { unit: 's' }),
    byName('errors', { unit: 'percentunit' }),
    VERDICT_MAPPINGS.override('verdict'),
    ...atLeast({ run: RUN_WIDTH }),
    ...widths(WIDTHS),
  ]
}

const WIDTHS = {
  ended: DATE_WIDTH,
  verdict: VERDICT_WIDTH,
  profile: 85,
  environment: 105,
  version: 80,
  commit: COMMIT_WIDTH,
  p95: 70,
  errors: 65,
  requests: 70,
}
