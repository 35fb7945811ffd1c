import { linesOf } from '../../../../cli/grafana/lines.ts'
import { onEach } from './rule.ts'

interface Legend {
  readonly showLegend?: boolean
  readonly displayMode?: string
  readonly placement?: string
}

/** Series of which a list below the chart still leaves room for the curves. */
const MOST_LISTED = 6

/** What a line is must be seen, and the curves too. */
export const legends = onEach(['timeseries'], (panel, say, { about: { journeys = [] } }) => {
  const { legend = {} } = (panel.options ?? {}) as { legend?: Legend }
  if (legend.showLegend !== true) {
    say('has no legend')
    return
  }
  const lines = linesOf(panel)
  const isOpen = lines.some(
    ({ legend, labels }) => legend === '__auto' || labels.some((label) => label !== 'journey'),
  )
  const known = lines.reduce((sum, { labels }) => sum + (labels.length > 0 ? journeys.length : 1), 0)
  const [mode, placement] = isOpen || known > MOST_LISTED ? ['table', 'right'] : ['list', 'bottom']
  if (legend.displayMode !== mode || legend.placement !== placement)
    say(`its legend is a ${legend.displayMode} (${legend.placement}), not a ${mode} (${placement})`)
})
