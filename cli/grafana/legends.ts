import { linesOf } from './lines.ts'
import { onPanels } from './onPanels.ts'
import type { Dashboard } from './schema.ts'

/** Series that a list below a chart has room for: of more, a table stands to its right. */
const MAX_LISTED = 6

/** Legends of all charts, by how many series each is expected to have; `journeys` is how many the suites declare. */
export function withLegends(dashboard: Dashboard, journeys: number): Dashboard {
  return onPanels(dashboard, (panel) => {
    if (panel.type !== 'timeseries') return panel
    const series = linesOf(panel).reduce(
      (sum, { legend, labels }) => sum + seriesOf(legend, labels, journeys),
      0,
    )
    return { ...panel, options: { ...panel.options, legend: series <= MAX_LISTED ? LIST : TABLE } }
  })
}

const LIST = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] }
const TABLE = { displayMode: 'table', placement: 'right', showLegend: true, calcs: ['mean', 'max'] }

/** How many lines a query has: one for each journey; of other labels nobody knows, and they are taken for many. */
function seriesOf(legend: string, labels: readonly string[], journeys: number): number {
  if (labels.length === 0) return legend === '__auto' ? MAX_LISTED + 1 : 1
  return labels.every((label) => label === 'journey') ? Math.max(1, journeys) : MAX_LISTED + 1
}
