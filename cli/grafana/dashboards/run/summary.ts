import { CHECKS, JOURNEYS, REQUESTS, RUN_SERIES } from '../../../record/index.ts'
import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { stat, tablePanel, type Unplaced } from '../../panels.ts'
import { hasRunSeries } from '../runInfo.ts'
import { organized } from '../transform.ts'
import { VERDICT_MAPPINGS } from '../verdicts.ts'
import { instant, ofRun, panelLinks, promQuery, toCompare, toTraces, WHERE } from './common.ts'
import { withSlos } from './slo.ts'

/** What the run was, and what it came to. */
export function summary(making: DashboardOptions): RowSpec {
  const { dialect, slos } = making
  const ratio = { unit: 'percentunit', defaults: { decimals: 2 } }
  const run = { where: WHERE, over: 'run' } as const
  return {
    id: 100,
    title: 'Summary',
    panels: [
      ...verdict(making),
      ...stat(
        dialect,
        {
          id: 102,
          title: 'Requests',
          unit: 'short',
          w: 4,
          description: 'Requests that k6 sent, from the beginning of the run.',
          more: { links: panelLinks(toCompare(dialect)) },
        },
        [{ ask: 'total', metric: REQUESTS.all.metric, ...run }],
      ),
      ...stat(
        dialect,
        {
          id: 103,
          title: 'Failed requests',
          ...ratio,
          ...withSlos(
            slos,
            { metric: REQUESTS.failedShare, stat: 'rate' },
            'Share of requests without the expected response.',
          ),
          more: { links: panelLinks(toTraces('Failed traces', 'status = error')) },
        },
        [{ ask: 'share', metric: REQUESTS.failedShare, ...run }],
      ),
      ...stat(
        dialect,
        {
          id: 104,
          title: 'p95 of requests',
          unit: 's',
          defaults: { decimals: 2 },
          ...withSlos(
            slos,
            { metric: REQUESTS.trend, stat: 'p(95)' },
            '95 % of requests took this long or less.',
          ),
        },
        [{ ask: 'quantile', q: 0.95, metric: REQUESTS.trend, ...run }],
      ),
      ...stat(
        dialect,
        {
          id: 105,
          title: 'Passed checks',
          ...ratio,
          ...withSlos(slos, { metric: CHECKS.okShare, stat: 'rate' }, 'Share of checks that held.'),
        },
        [{ ask: 'share', metric: CHECKS.okShare, ...run }],
      ),
      ...stat(
        dialect,
        {
          id: 106,
          title: 'Failed journeys',
          ...ratio,
          ...withSlos(
            slos,
            { metric: JOURNEYS.failedShare, stat: 'rate' },
            'Share of ended journeys that failed.',
          ),
        },
        [{ ask: 'share', metric: JOURNEYS.failedShare, ...run }],
      ),
      ...stat(
        dialect,
        {
          id: 107,
          title: 'Dropped iterations',
          unit: 'short',
          w: 4,
          description: 'Iterations that no VU was free for: any, and the load was less than was asked for.',
          steps: [
            { color: 'green', value: null },
            { color: 'red', value: 1 },
          ],
        },
        [{ ask: 'total', metric: 'dropped_iterations', ...run }],
      ),
      ...info(making),
    ],
  }
}

function verdict({ dialect }: DashboardOptions): Unplaced[] {
  if (!hasRunSeries(dialect)) return []
  const known = ofRun('loadwright_run_verdict', ['verdict'])
  // Until there is one: what is known of the run says that there is a run.
  const seen = 'sum(last_over_time(k6_vus{testid=~"$testid"}[1m]))'
  const running = `label_replace(${ofRun('loadwright_run_info', ['testid'])}, "verdict", "running", "", "")`
  return stat(
    dialect,
    {
      id: 101,
      title: 'Verdict',
      unit: 'none',
      w: 4,
      description:
        'loadwright’s verdict; “running” during the run, “none” for runs of plain k6 and for killed runs.',
      defaults: { noValue: 'none' },
      overrides: [VERDICT_MAPPINGS.override('verdict')],
      more: {
        options: {
          reduceOptions: { calcs: ['lastNotNull'], fields: '/^verdict$/', values: false },
          colorMode: 'background',
          graphMode: 'none',
          justifyMode: 'auto',
          textMode: 'value',
          orientation: 'auto',
        },
      },
    },
    promQuery(dialect, `${known} or (${running} and on () ${seen} unless on () ${known})`, instant),
  )
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
      more: {
        transformations: [
          organized({ rename: { testid: 'run' }, order: ['testid', ...labels], without: ['Time', 'Value'] }),
        ],
      },
    },
    promQuery(dialect, ofRun('loadwright_run_info', ['testid', ...labels]), instant),
  )
}
