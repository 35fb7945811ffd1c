import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { GridPos } from '../../../../cli/grafana/schema.ts'
import type { ReadingRule } from './rule.ts'

/** Pixels: a screen of 1440 × 900, what Grafana's head and the variables take of it, a row of the grid with its gap. */
const PIXELS = { screen: 900, head: 140, row: 30 + 8 }
const MOST_SCREENS = 3

/** Run answers on its first screens: an open row with the verdict and its reasons, all others closed. */
export const firstScreen: ReadingRule = ({ dashboard, name, tell }) => {
  if (name !== 'run') return
  const { rows } = dashboardParts(dashboard)
  const lines = Math.max(
    ...(dashboard.panels ?? []).map(({ gridPos }) => {
      const { y, h } = gridPos as GridPos
      return y + h
    }),
  )
  const screens = (lines * PIXELS.row + PIXELS.head) / PIXELS.screen
  if (screens > MOST_SCREENS) tell('dashboard', `is ${screens.toFixed(1)} screens high`)
  const [first, ...others] = rows
  if (first?.title !== 'Overview' || first.collapsed)
    tell('dashboard', 'does not begin with an open Overview')
  for (const { title } of others.filter(({ collapsed }) => !collapsed))
    tell(`row ${title}`, 'is open at first')
}
