import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { ReadingRule } from './rule.ts'

/** Whoever reads a dashboard does not know what an author called a metric: its panel says what it means. */
export const meanings: ReadingRule = ({ dashboard, about, tell }) => {
  for (const { id, title } of dashboardParts(dashboard).panels)
    for (const { name } of about.own)
      if (title.includes(name)) tell(`${id} ${title}`, 'is called by a metric’s name')
}
