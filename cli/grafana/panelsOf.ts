import type { Dashboard, Panel, Row } from './schema.ts'

const isRow = (one: Panel | Row): one is Row => one.type === 'row'

/** The panels of a dashboard, those of closed rows too; and its rows. */
export function dashboardParts({ panels = [] }: Dashboard): { rows: Row[]; panels: Panel[] } {
  const all = panels as (Panel | Row)[]
  return {
    rows: all.filter(isRow),
    panels: all.flatMap((one) => (isRow(one) ? (one.panels as Panel[]) : [one])),
  }
}

/** All panels of a dashboard that ask something. */
export const panelsOf = (dashboard: Dashboard): Panel[] =>
  dashboardParts(dashboard).panels.filter(({ targets = [] }) => targets.length > 0)
