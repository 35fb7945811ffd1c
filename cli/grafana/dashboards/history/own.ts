import { JOURNEYS, REQUESTS } from '../../../record/index.ts'
import { byName } from '../../overrides.ts'
import { bars, tablePanel, type Unplaced } from '../../panels.ts'
import type { Dialect, Measure } from '../../question.ts'
import { runLinks } from '../links.ts'
import { columnsOf, organized, sortRows, type Column } from '../transform.ts'
import { atLeast, RUN_WIDTH, widths } from '../widths.ts'

const FIGURES: readonly { name: string; measure: Measure; unit: string }[] = [
  { name: 'p50', unit: 's', measure: { ask: 'quantile', metric: REQUESTS.trend, q: 0.5 } },
  { name: 'p95', unit: 's', measure: { ask: 'quantile', metric: REQUESTS.trend, q: 0.95 } },
  { name: 'p99', unit: 's', measure: { ask: 'quantile', metric: REQUESTS.trend, q: 0.99 } },
  { name: 'errors', unit: 'percentunit', measure: { ask: 'share', metric: REQUESTS.failedShare } },
  { name: 'failed journeys', unit: 'percentunit', measure: { ask: 'share', metric: JOURNEYS.failedShare } },
  { name: 'requests', unit: 'none', measure: { ask: 'total', metric: REQUESTS.all.metric } },
]

const WIDTHS = { p50: 90, p95: 90, p99: 90, errors: 90, 'failed journeys': 135, requests: 100 }

/** Runs by testid, from what k6 itself wrote: those of plain k6 too. */
export function ownRuns(dialect: Dialect): Unplaced[] {
  return [
    ...bars(
      dialect,
      {
        id: 2601,
        title: 'p95 by run',
        unit: 's',
        x: 'run',
        description:
          'p95 of all requests of each run, of all phases. Runs stand by name: those of one suite are in order of time.',
        more: { transformations: namedOf(dialect, ['p95']).transformations },
      },
      namedOf(dialect, ['p95']).asking,
    ),
    ...tablePanel(
      dialect,
      {
        id: 2602,
        title: 'Runs by name',
        unit: 'none',
        h: 12,
        description:
          'Every run in the shown time, of all its phases, from k6’s own series. Runs stand by name, the newest of each suite first.',
        overrides: FIGURES.map(({ name, unit }) => byName(name, { unit })).concat(
          atLeast({ run: RUN_WIDTH }),
          widths(WIDTHS),
          byName('run', {
            links: runLinks(dialect, '${__data.fields.run}', { from: '${__from}', to: '${__to}' }),
          }),
        ),
        more: {
          transformations: namedOf(
            dialect,
            FIGURES.map(({ name }) => name),
            true,
          ).transformations,
        },
      },
      namedOf(
        dialect,
        FIGURES.map(({ name }) => name),
      ).asking,
    ),
  ]
}

function namedOf(
  dialect: Dialect,
  names: readonly string[],
  newest = false,
): Omit<ReturnType<typeof columnsOf>, 'names'> {
  const columns = FIGURES.filter(({ name }) => names.includes(name)).map(({ name, measure }): Column => ({
    name,
    asking: { ...measure, by: ['testid'], over: 'run', run: dialect.language === 'promql' ? '' : '$testid' },
  }))
  const { asking, transformations } = columnsOf(dialect, columns)
  return {
    asking,
    transformations: [
      ...transformations,
      organized({ rename: { testid: 'run' }, order: ['testid', ...names] }),
      sortRows('run', newest),
    ],
  }
}
