import type { Override } from '../../panels.ts'

/** How the same a week before is drawn. */
export const WEEK_BEFORE: Override = {
  matcher: { id: 'byRegexp', options: '/a week before$/' },
  properties: [
    { id: 'color', value: { mode: 'fixed', fixedColor: 'gray' } },
    { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 6] } },
    { id: 'custom.fillOpacity', value: 0 },
  ],
}
