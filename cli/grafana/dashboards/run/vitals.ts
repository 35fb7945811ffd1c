import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves, type Unplaced } from '../../panels.ts'
import type { Dialect } from '../../question.ts'
import { THIRD_PARTY } from '../../../../lib/catalog.ts'
import { PAGE_REQUESTS, WEB_VITALS } from '../../../record/index.ts'
import { byName, FADED } from '../../overrides.ts'
import { WHERE } from './common.ts'

const FIRST_ID = 701

/** What pages feel like and ask for, of journeys in k6's browser; dashboards have seconds, CLS has no unit. */
export const vitals = ({ dialect }: DashboardOptions): RowSpec => ({
  id: 700,
  title: 'Web Vitals',
  collapsed: true,
  panels: [...vitalPanels(dialect), ...requestPanel(dialect)],
})

const vitalPanels = (dialect: Dialect): Unplaced[] =>
  WEB_VITALS.flatMap(({ metric, name, meaning, unit, ...bands }, index) => {
    const inSeconds = (value: number): number => (unit === 'ms' ? value / 1000 : value)
    const [good, poor] = [inSeconds(bands.good), inSeconds(bands.poor)] as const
    return curves(
      dialect,
      {
        id: FIRST_ID + index,
        title: `${name}, p75`,
        unit: unit === 'ms' ? 's' : 'none',
        w: 8,
        description: `${meaning}, p75 by page. Good up to ${good}, poor from ${poor}. Only of journeys in a browser.`,
        steps: [
          { color: 'green', value: null },
          { color: 'orange', value: good },
          { color: 'red', value: poor },
        ],
      },
      [{ ask: 'quantile', q: 0.75, metric, by: ['name'], where: WHERE, over: 'time' }],
    )
  })

/** Requests to other hosts are a line of their own, which nobody takes for the target's. */
const requestPanel = (dialect: Dialect): Unplaced[] =>
  curves(
    dialect,
    {
      id: FIRST_ID + WEB_VITALS.length,
      title: 'Requests of pages, p95',
      unit: 's',
      w: 8,
      description: `p95 of what pages asked for, by name. "${THIRD_PARTY}" (dashed) are other hosts than the target.`,
      overrides: [byName(THIRD_PARTY, FADED)],
    },
    [{ ask: 'quantile', q: 0.95, metric: PAGE_REQUESTS, by: ['name'], where: WHERE, over: 'time' }],
  )
