import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves } from '../../panels.ts'
import { WEB_VITALS } from '../../../record/index.ts'
import { WHERE } from './common.ts'

const FIRST_ID = 701

/** What pages feel like, of journeys in k6's browser; dashboards have seconds, CLS has no unit. */
export const vitals = ({ dialect }: DashboardOptions): RowSpec => ({
  id: 700,
  title: 'Web Vitals',
  collapsed: true,
  panels: WEB_VITALS.flatMap(({ metric, name, meaning, unit, ...bands }, index) => {
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
  }),
})
