import { linesOf } from '../../../../cli/grafana/lines.ts'
import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import { overridesOf } from './rule.ts'
import type { ReadingRule } from './rule.ts'

/** A journey has one colour on the whole dashboard: Grafana would give colours by the order of a chart's lines. */
export const journeyColours: ReadingRule = ({ dashboard, about: { journeys = [] }, tell }) => {
  const colours = new Map<string, string>()
  for (const panel of dashboardParts(dashboard).panels.filter(({ type }) => type === 'timeseries'))
    for (const { legend } of linesOf(panel).filter(({ labels }) => labels.join() === 'journey'))
      for (const journey of journeys) {
        const where = `${panel.id} ${panel.title}`
        const line = legend.replace('{{journey}}', journey)
        const colour = overridesOf(panel)
          .filter(({ matcher }) => matcher.id === 'byName' && matcher.options === line)
          .map(({ of }) => (of.color as { fixedColor?: string } | undefined)?.fixedColor)
          .find((one) => one !== undefined)
        if (colour === undefined) tell(where, `${line} has no colour of its own`)
        else if ((colours.get(journey) ?? colour) !== colour)
          tell(where, `${line} is ${colour}, and ${colours.get(journey)} elsewhere`)
        else colours.set(journey, colour)
      }
}
