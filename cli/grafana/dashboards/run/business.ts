import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { byQuery } from '../../overrides.ts'
import { curves, type TargetsAsked, type Unplaced } from '../../panels.ts'
import { ownPanelId, ownTitle } from '../ownPanel.ts'
import { WHERE } from './common.ts'
import { withSlos } from './slo.ts'

type Own = DashboardOptions['own'][number]

/** The authors' own metrics: a row for each suite, a panel for each metric. */
export function business(making: DashboardOptions): RowSpec[] {
  return [...new Set(making.own.map(({ suite }) => suite))].map((suite) => ({
    id: ownPanelId(`suite ${suite}`),
    title: `Business: ${suite}`,
    collapsed: true,
    panels: making.own.filter((own) => own.suite === suite).flatMap((own) => panel(making, own)),
  }))
}

function panel({ dialect, slos }: DashboardOptions, own: Own): Unplaced[] {
  const { name: metric, kind, meaning } = own
  const by = own.by?.length ? own.by : ['journey']
  const asking = { metric, by, where: WHERE, over: 'time' } as const
  const common = { id: ownPanelId(metric), title: ownTitle(own) }
  const limited = (stat: string) => withSlos(slos, { metric, stat, by }, `${meaning} (\`${metric}\`).`)
  switch (kind) {
    case 'rate':
      return curves(dialect, { ...common, unit: 'percentunit', defaults: AREAS, ...limited('rate') }, [
        { ask: 'share', ...asking },
      ])
    case 'gauge': {
      const unit = unitOf(own)
      return curves(dialect, { ...common, unit, ...limited('value') }, [{ ask: 'level', ...asking }])
    }
    case 'trend': {
      const unit = unitOf(own)
      const lines = [0.5, 0.95, 0.99].map((q): TargetsAsked => {
        const legend = [`p${q * 100}`, ...by.map((label) => `{{${label}}}`)].join(' ')
        return { ask: 'quantile', q, ...asking, legend }
      })
      return curves(dialect, { ...common, unit, ...limited('p(95)') }, lines)
    }
    case 'counter':
      return curves(
        dialect,
        {
          ...common,
          unit: 'cps',
          ...limited('rate'),
          overrides: [
            byQuery('B', {
              unit: 'locale',
              'custom.axisPlacement': 'right',
              'custom.axisSoftMax': 1,
              'custom.fillOpacity': 0,
              'custom.lineStyle': { fill: 'dash', dash: [4, 4] },
            }),
          ],
        },
        [
          { ask: 'rate', ...asking },
          { ask: 'total', ...asking, legend: `total ${by.map((label) => `{{${label}}}`).join(' ')}` },
        ],
      )
  }
}

/** The side on which an SLO does not hold is red. */
const AREAS = { custom: { thresholdsStyle: { mode: 'dashed+area' } } }

const CURRENCY =
  /^(AUD|BRL|CAD|CHF|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|KRW|MXN|NOK|NZD|PHP|PLN|RUB|SEK|SGD|TRY|TWD|USD|VND|ZAR)$/

/** Grafana's unit for an author's: times are shown in seconds. */
function unitOf({ unit }: Own): string {
  if (unit === undefined) return 'short'
  if (unit === 'ms') return 's'
  if (unit === 'bytes') return 'bytes'
  return CURRENCY.test(unit) ? `currency${unit}` : `suffix: ${unit}`
}
