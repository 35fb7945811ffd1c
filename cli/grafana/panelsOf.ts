import type { Dashboard, Panel } from './schema.ts'

/** All panels of a dashboard that ask something, those of closed rows too. */
export function panelsOf({ panels = [] }: Dashboard): Panel[] {
  return panels
    .flatMap((panel) => [panel as Panel, ...(('panels' in panel ? panel.panels : []) as Panel[])])
    .filter(({ type, targets = [] }) => type !== 'row' && targets.length > 0)
}
