import type { DashboardOptions } from '../../about.ts'
import type { RowSpec } from '../../layout.ts'
import { curves } from '../../panels.ts'
import { WHERE } from './common.ts'

/** Up to where a vital is good, and from where it is poor (web.dev/articles/vitals): seconds, CLS without a unit. */
const VITALS = [
  { id: 701, name: 'lcp', good: 2.5, poor: 4 },
  { id: 702, name: 'inp', good: 0.2, poor: 0.5 },
  { id: 703, name: 'cls', good: 0.1, poor: 0.25 },
  { id: 704, name: 'fcp', good: 1.8, poor: 3 },
  { id: 705, name: 'ttfb', good: 0.8, poor: 1.8 },
] as const

/** What pages feel like, of journeys in k6's browser. */
export const vitals = ({ dialect, metrics }: DashboardOptions): RowSpec => ({
  id: 700,
  title: 'Web Vitals',
  collapsed: true,
  panels: VITALS.flatMap(({ id, name, good, poor }) => {
    const metric = `browser_web_vital_${name}`
    const { meaning = '', unit } = metrics[metric] ?? {}
    return curves(
      dialect,
      {
        id,
        title: `${name.toUpperCase()}, p75`,
        unit: unit === 'ms' ? 's' : 'none',
        w: 8,
        description: `${meaning}, p75 by journey. Good up to ${good}, poor from ${poor}. Only of journeys in a browser.`,
        steps: [
          { color: 'green', value: null },
          { color: 'orange', value: good },
          { color: 'red', value: poor },
        ],
      },
      [{ ask: 'quantile', q: 0.75, metric, by: ['journey'], where: WHERE, over: 'time' }],
    )
  }),
})
