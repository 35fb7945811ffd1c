import { CHECKS, JOURNEYS, REQUESTS, RUN_FIGURES } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import { byQuery, fixed } from '../../overrides.ts'
import { curves, type TargetsAsked, type PanelSpec, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { runLinks } from '../links.ts'
import { withRunInfo, runSeries, type RunSeriesName } from '../runInfo.ts'
import { infoOf, SLO_STYLE, sloLine, slosOn } from '../sloLines.ts'

/** Labels of a point about its run. */
const LABELS = ['version', 'git_commit', 'git_branch', 'environment', 'profile']

/** One sample was written at each run's end: a step of the chart has it, and no other. */
export const points = (
  name: RunSeriesName,
  where: Readonly<Record<string, string>>,
  legend: string,
): TargetsAsked => ({
  expr: withRunInfo(`last_over_time(${runSeries(name, where)}[$__interval])`, LABELS),
  legendFormat: `${legend} · {{testid}} · {{version}} {{git_commit}}`,
  interval: '1m',
  range: true,
  instant: false,
  format: 'time_series',
})

/** Points, a series for each run: they are told apart by pointing at them. */
export function chart(
  dialect: Dialect,
  { overrides = [], ...spec }: PanelSpec,
  asking: readonly TargetsAsked[],
): Unplaced[] {
  return curves(
    dialect,
    {
      ...spec,
      description: `${spec.description} Each point is one run; a click leads to it.`,
      overrides,
      defaults: {
        custom: { drawStyle: 'points', pointSize: 8, showPoints: 'always' },
        links: runLinks(dialect, '${__field.labels.testid}', {
          around: '${__value.time}',
          base: '${base}',
        }),
        ...spec.defaults,
      },
      more: {
        options: {
          legend: { displayMode: 'list', placement: 'bottom', showLegend: false, calcs: [] },
          tooltip: { mode: 'single', sort: 'none' },
        },
      },
    },
    asking,
  )
}

const CHOSEN_SUITE = { suite: '$suite' }

/** Quantiles of all requests, and of each journey. */
export function historyTimes({ dialect, slos }: DashboardOptions): Unplaced[] {
  const name = RUN_FIGURES.requestTime
  const all = slosOn(slos, REQUESTS.trend, 'p(95)').map((slo) => sloLine(slo, present(slo.suite)))
  const each = slosOn(slos, REQUESTS.trend, 'p(95)', 'each').map((slo) => {
    const { journey = '' } = slo.tags
    const here = `${name}{journey="${journey}",journey=~"$journey"}`
    return sloLine(slo, `last_over_time(${here}[$__range]) and on (testid) ${present(slo.suite)}`)
  })
  const quantiles = [
    ['0.5', 'green', 'p50'],
    ['0.95', 'orange', 'p95'],
    ['0.99', 'red', 'p99'],
  ] as const
  return [
    ...chart(
      dialect,
      {
        id: 2101,
        title: 'Time of requests',
        unit: 's',
        w: 24,
        description: 'p50 (green), p95 (orange) and p99 (red) of all requests of the judged phases.',
        overrides: [...quantiles.map(([, colour], at) => byQuery(letter(at), fixed(colour))), SLO_STYLE],
      },
      [...quantiles.map(([quantile, , legend]) => points(name, { journey: '', quantile }, legend)), ...all],
    ),
    ...chart(
      dialect,
      {
        id: 2102,
        title: 'p95 of $journey',
        unit: 's',
        w: 8,
        h: 7,
        description: 'p95 of the requests of one journey.',
        overrides: [byQuery('A', fixed('orange')), SLO_STYLE],
      },
      [points(name, { journey: '$journey', quantile: '0.95' }, '{{journey}}'), ...each],
    ).map((panel) => ({ ...panel, ...REPEATED })),
  ]
}

const REPEATED = { repeat: 'journey', repeatDirection: 'h', maxPerRow: 3 } as const

const letter = (at: number): string => String.fromCharCode(65 + at)

const present = (suite: string): string => `last_over_time(${infoOf(suite, CHOSEN_SUITE)}[$__range])`

/** Shares of what failed. */
export function historyFailures({ dialect, slos }: DashboardOptions): Unplaced[] {
  const share = (
    id: number,
    title: string,
    description: string,
    name: RunSeriesName,
    metric: string,
  ): Unplaced[] =>
    chart(
      dialect,
      { id, title, description, unit: 'percentunit', overrides: [byQuery('A', fixed('orange')), SLO_STYLE] },
      [
        points(name, name.includes('checks') ? {} : { journey: '' }, title),
        ...slosOn(slos, metric, 'rate')
          .filter(({ operator }) => operator.startsWith('<'))
          .map((slo) => sloLine(slo, present(slo.suite))),
      ],
    )
  return [
    ...share(
      ...([2201, 'Failed requests', 'Share of requests that failed, of the judged phases.'] as const),
      ...([RUN_FIGURES.failedRequests, REQUESTS.failedShare] as const),
    ),
    ...share(
      ...([2202, 'Failed journeys', 'Share of ended journeys that failed, of the judged phases.'] as const),
      ...([RUN_FIGURES.failedJourneys, JOURNEYS.failedShare] as const),
    ),
    ...share(
      ...([2203, 'Failed checks', 'Share of checks that failed, in the judged phases.'] as const),
      ...([RUN_FIGURES.failedChecks, CHECKS.okShare] as const),
    ),
    ...chart(
      dialect,
      {
        id: 2204,
        title: 'Failed, by journey',
        unit: 'percentunit',
        description: 'Share of the ended journeys that failed, a point for each journey of a run.',
      },
      [points(RUN_FIGURES.failedJourneys, { journey: '$journey' }, '{{journey}}')],
    ),
  ]
}
