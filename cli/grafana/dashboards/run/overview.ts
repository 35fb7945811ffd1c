import { CHECKS, JOURNEYS, REQUESTS, RUN_SERIES } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { byQuery, fixed } from '../../overrides.ts'
import { curves, tablePanel, type Unplaced } from '../../panels.ts'
import { hasRunSeries } from '../runInfo.ts'
import { organized } from '../transform.ts'
import { atLeast, COMMIT_WIDTH, RUN_WIDTH, widths } from '../widths.ts'
import { instant, ofRun, panelLinks, promQuery, toCompare, toTraces, WHERE } from './common.ts'
import { funnel } from './funnel.ts'
import { tile } from './tiles.ts'
import { verdict } from './verdict.ts'
import { failingChecks, reasons, thresholds } from './why.ts'

/** What the run came to, and why: all that is open at first. */
export const overview = (making: DashboardOptions): RowSpec => ({
  id: 100,
  title: 'Overview',
  panels: [
    ...verdict(making),
    ...reasons(making),
    ...tiles(making),
    ...course(making),
    ...thresholds(making),
    ...failingChecks(making),
    ...funnel(making),
    ...info(making),
  ],
})

const RUN = { where: WHERE, over: 'run' } as const
const COUNT = { unit: 'locale' } as const
const SHARE = { unit: 'percentunit', defaults: { decimals: 2 } } as const

function tiles(making: DashboardOptions): Unplaced[] {
  const { dialect } = making
  return [
    ...tile(
      making,
      {
        ...COUNT,
        id: 102,
        title: 'Requests',
        description: 'Requests that k6 sent, from the beginning of the run.',
        more: { links: panelLinks(toCompare(dialect)) },
      },
      {
        question: { ask: 'total', metric: REQUESTS.all.metric, ...RUN },
        judging: { metric: REQUESTS.all.metric, stat: 'count' },
      },
    ),
    ...tile(
      making,
      {
        ...SHARE,
        id: 103,
        title: 'Failed requests',
        description: 'Share of requests without the expected response.',
        more: { links: panelLinks(toTraces('Failed traces', 'status = error')) },
      },
      {
        question: { ask: 'share', metric: REQUESTS.failedShare, ...RUN },
        judging: { metric: REQUESTS.failedShare, stat: 'rate' },
      },
    ),
    ...tile(
      making,
      {
        id: 104,
        title: 'p95 of requests',
        unit: 's',
        defaults: { decimals: 2 },
        description: '95 % of requests took this long or less.',
      },
      {
        question: { ask: 'quantile', q: 0.95, metric: REQUESTS.trend, ...RUN },
        judging: { metric: REQUESTS.trend, stat: 'p(95)' },
      },
    ),
    ...tile(
      making,
      { ...SHARE, id: 105, title: 'Passed checks', description: 'Share of checks that held.' },
      {
        question: { ask: 'share', metric: CHECKS.okShare, ...RUN },
        judging: { metric: CHECKS.okShare, stat: 'rate' },
      },
    ),
    ...tile(
      making,
      {
        ...SHARE,
        id: 106,
        title: 'Failed journeys',
        description: 'Share of ended journeys that failed.',
      },
      {
        question: { ask: 'share', metric: JOURNEYS.failedShare, ...RUN },
        judging: { metric: JOURNEYS.failedShare, stat: 'rate' },
      },
    ),
    ...tile(
      making,
      {
        ...COUNT,
        id: 107,
        title: 'Dropped iterations',
        description:
          'Iterations that no VU was free for, of all journeys: k6 does not know of which. Any, and the load was less than was asked for.',
      },
      {
        question: { ask: 'total', metric: 'dropped_iterations', ...RUN },
        judging: { metric: 'dropped_iterations', stat: 'count' },
      },
    ),
  ]
}

/** The whole run in one chart: what it asked of the target, and how that answered. */
function course({ dialect }: DashboardOptions): Unplaced[] {
  const time = { where: WHERE, over: 'time' } as const
  return curves(
    dialect,
    {
      id: 111,
      title: 'Course of the run',
      unit: 'short',
      w: 24,
      h: 9,
      description:
        'VUs, requests and failed requests per second (left axis), and a quantile of the time of requests (right axis). Where phases are known, the judged one is shaded.',
      overrides: [
        byQuery('A', { ...fixed('#8e8e8e'), 'custom.fillOpacity': 0 }),
        byQuery('B', fixed('blue')),
        byQuery('C', fixed('red')),
        byQuery('D', {
          ...fixed('orange'),
          unit: 's',
          'custom.axisPlacement': 'right',
          'custom.axisSoftMax': 0.1,
          'custom.fillOpacity': 0,
          'custom.lineWidth': 2,
        }),
      ],
    },
    [
      { ask: 'level', metric: 'vus', over: 'time', legend: 'VUs' },
      { ask: 'rate', metric: REQUESTS.all.metric, ...time, legend: 'requests per second' },
      {
        ask: 'rate',
        metric: REQUESTS.all.metric,
        over: 'time',
        where: { ...WHERE, ...REQUESTS.failed.where },
        legend: 'failed requests per second',
      },
      {
        ask: 'quantile',
        q: '$quantile',
        metric: REQUESTS.trend,
        ...time,
        legend: '${quantile:text} of requests',
      },
    ],
  )
}

/** The rest is for the run's id, and for its name. */
const WIDTHS = {
  suite: 90,
  profile: 80,
  environment: 105,
  region: 80,
  version: 80,
  git_commit: COMMIT_WIDTH,
  git_branch: 95,
  date: 95,
}

function info({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const labels = RUN_SERIES.loadwright_run_info.labels
  return tablePanel(
    dialect,
    {
      id: 110,
      title: 'Run',
      unit: 'none',
      h: 4,
      description: 'What was run, as loadwright knows it. Empty for a run of plain k6.',
      defaults: { links: [toCompare(dialect), toTraces('Traces of this run')] },
      overrides: [...atLeast({ run: RUN_WIDTH, test_name: 110 }), ...widths(WIDTHS)],
      more: {
        transformations: [
          organized({ rename: { testid: 'run' }, order: ['testid', ...labels], without: ['Time', 'Value'] }),
        ],
      },
    },
    promQuery(dialect, ofRun('loadwright_run_info', ['testid', ...labels]), instant),
  )
}
