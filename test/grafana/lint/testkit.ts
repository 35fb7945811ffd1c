import type { About } from '../../../cli/grafana/about.ts'
import { frame } from '../../../cli/grafana/dashboards/frame.ts'
import { begun, runVariable } from '../../../cli/grafana/dashboards/runsFound.ts'
import { valuesVariable } from '../../../cli/grafana/dashboards/variables.ts'
import { native } from '../../../cli/grafana/dialects/native.ts'
import { metricsOf } from '../../../cli/grafana/metrics.ts'
import { curves, stat } from '../../../cli/grafana/panels.ts'
import type { Dashboard, DashboardVariable, Panel } from '../../../cli/grafana/schema.ts'
import { lint } from './index.ts'

const own = [
  { name: 'boutique_orders', kind: 'counter', meaning: 'Orders placed', by: ['currency'] },
  { name: 'boutique_checkout_success', kind: 'rate', meaning: 'Checkouts that ended in an order' },
  { name: 'boutique_basket', kind: 'trend', meaning: 'Value of a basket', unit: 'EUR' },
] as const

/** What a small suite declares, for tests of the lint. */
export const about: About = {
  metrics: metricsOf(own),
  own: own.map((one) => ({ ...one, suite: 'boutique' })),
  slos: [],
}

/** k6's remote write with native histograms. */
export const dialect = native(about.metrics)
const spec = { description: 'What is seen.', unit: 'short' }

/** A dashboard without a mistake. */
export function good(): Dashboard {
  const rate = {
    ask: 'rate',
    metric: 'http_reqs',
    by: ['journey'],
    where: { journey: '$journey' },
    over: 'time',
  } as const
  return frame(dialect, {
    name: 'run',
    title: 'Run',
    description: 'A run.',
    variables: [
      runVariable(dialect, { name: 'testid', title: 'Run', found: begun(dialect, { days: '30' }) }),
      valuesVariable(dialect, 'journey', { title: 'Journey', all: true, where: { testid: '$testid' } }),
    ],
    rows: [
      { id: 1, title: 'Load', panels: [...curves(dialect, { id: 11, title: 'Rate', ...spec }, [rate])] },
      {
        id: 2,
        title: 'Closed',
        collapsed: true,
        panels: [
          ...stat(dialect, { ...spec, id: 21, title: 'Requests', unit: 'locale' }, [
            { ask: 'total', metric: 'http_reqs', over: 'run' },
          ]),
        ],
      },
    ],
  })
}

/** What the lint finds in dashboards: `where: problem`. */
export const found = (dashboard: Dashboard, ...more: Dashboard[]) =>
  lint(
    [dashboard, ...more].map((one, at) => ({
      path: `dashboards/native/${at}.json`,
      text: JSON.stringify(one),
    })),
    about,
  ).map(({ where, problem }) => `${where}: ${problem}`)

/** The panel 11 of a dashboard. */
export const panel = (dashboard: Dashboard): Panel => dashboard.panels?.find((one) => one.id === 11) as Panel

/** The variables of a dashboard: its data source first. */
export const listOf = (dashboard: Dashboard): DashboardVariable[] => dashboard.templating?.list ?? []
