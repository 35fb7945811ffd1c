import { nameless } from './named.ts'
import { linesOf } from './lines.ts'
import { onPanels } from './onPanels.ts'
import { byName, fixed, type Override } from './overrides.ts'
import type { Dashboard, Panel } from './schema.ts'

/** Colours of journeys, in the order in which suites declare them; green and red are left to what is judged. */
const COLOURS = [
  ...['blue', 'orange', 'purple', 'yellow'],
  ...['light-blue', 'light-orange', 'light-purple', 'light-yellow'],
  ...['dark-blue', 'dark-orange', 'dark-purple', 'dark-yellow'],
] as const

/** A journey has one colour in all charts in which its lines differ by journey alone. */
export const withJourneyColours = (dashboard: Dashboard, journeys: readonly string[]): Dashboard =>
  onPanels(dashboard, (panel) => {
    if (panel.type !== 'timeseries' || journeys.length === 0) return panel
    const colours = overridesOf(panel, journeys)
    if (colours.length === 0) return panel
    const { defaults = {}, overrides = [] } = panel.fieldConfig ?? {}
    // What a panel says itself of a line stands last, and holds.
    return { ...panel, fieldConfig: { defaults, overrides: [...colours, ...overrides] } } as Panel
  })

function overridesOf(panel: Panel, journeys: readonly string[]): Override[] {
  const legends = linesOf(panel).filter(({ labels }) => labels.join() === 'journey')
  return legends.flatMap(({ legend }) => [
    ...journeys.map((journey, at) =>
      byName(legend.replace('{{journey}}', journey), fixed(COLOURS[at % COLOURS.length] ?? 'blue')),
    ),
    byName(legend.replace('{{journey}}', nameless('journey')), fixed('gray')),
  ])
}
