import { hasRunSeries } from './runInfo.ts'
import type { DashboardOptions } from '../about.ts'
import { textPanel } from '../panels.ts'
import type { Dialect } from '../question.ts'
import type { Dashboard, DashboardVariable } from '../schema.ts'
import { canary, canaryWeeks } from './continuous/canary.ts'
import { budget } from './continuous/budget.ts'
import { monitors } from './continuous/monitors.ts'
import { requests } from './continuous/requests.ts'
import { monitorVariables } from './continuous/source.ts'
import { frame } from './frame.ts'
import { valuesVariable } from './variables.ts'

/** What watches a target all the time: canary runs, and checks of Synthetic Monitoring. */
export function continuousDashboard(making: DashboardOptions): Dashboard {
  const { dialect } = making
  const prometheus = dialect.language === 'promql'
  return frame(dialect, {
    name: 'continuous',
    title: 'Continuous',
    description:
      'Canary runs, and the same suites as checks of Synthetic Monitoring; now, and a week before.',
    from: 'now-24h',
    refresh: '1m',
    variables: [
      ...canaryVariables(dialect),
      valuesVariable(dialect, 'journey', { title: 'Journey', all: true }),
      ...(prometheus ? [week(), ...monitorVariables()] : []),
    ],
    rows: [
      {
        id: 3001,
        title: 'Canary runs',
        panels: [
          ...(hasRunSeries(dialect) ? [] : textPanel(3002, 'Which runs', CHOOSE, { w: 24, h: 2 })),
          ...canary(making),
        ],
      },
      { id: 3200, title: 'Canary: now, and a week before', panels: prometheus ? canaryWeeks(dialect) : [] },
      {
        id: 3500,
        title: 'Monitors',
        panels: prometheus ? monitors(dialect) : textPanel(3501, 'Monitors', ELSEWHERE),
      },
      { id: 3600, title: 'Monitors: requests', panels: prometheus ? requests(dialect) : [] },
      { id: 3700, title: 'Monitors: now, and a week before', panels: prometheus ? budget(dialect) : [] },
    ],
  })
}

const CHOOSE =
  'That a run is a canary is written by loadwright beside what it forwards by `--remote-write`, and not in this ' +
  'naming: choose the runs above.'

const ELSEWHERE =
  'Synthetic Monitoring publishes to Prometheus: its series are in the dashboards of this name for Prometheus.'

/** Which canary runs: by what loadwright wrote of them, or by name. */
function canaryVariables(dialect: Dialect): DashboardVariable[] {
  if (!hasRunSeries(dialect)) return [valuesVariable(dialect, 'testid', { title: 'Canary runs', all: true })]
  return (['suite', 'environment'] as const).map((label) =>
    valuesVariable(dialect, label, {
      title: label === 'suite' ? 'Suite' : 'Environment',
      all: true,
      query: `label_values(loadwright_run_info{profile="canary"}, ${label})`,
    }),
  )
}

/** The seconds of a week, by which curves are moved. */
const week = (): DashboardVariable => ({
  name: 'week',
  label: 'week',
  type: 'constant',
  query: '604800',
  hide: 2,
  current: { text: '604800', value: '604800', selected: true },
  options: [],
  multi: false,
  includeAll: false,
})
