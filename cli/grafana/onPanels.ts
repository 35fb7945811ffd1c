import type { Dashboard, Panel, Row } from './schema.ts'

/** A dashboard with other panels in place of its own, those of closed rows too. */
export function onPanels(dashboard: Dashboard, change: (panel: Panel) => Panel): Dashboard {
  const all = (dashboard.panels ?? []) as (Panel | Row)[]
  const panels = all.map((one) =>
    one.type === 'row'
      ? { ...one, panels: ((one as Row).panels as Panel[]).map(change) }
      : change(one as Panel),
  )
  return { ...dashboard, panels: panels }
}
