import type { Panel } from '../../../../cli/grafana/schema.ts'
import { defaultsOf, onEach, overridesOf } from './rule.ts'

/** Pixels of a panel of 24 columns where the window has 1440 and Grafana's menu is open. */
const WHOLE = 1092

/** What Grafana gives a column at least that it is told nothing of. */
const UNTOLD = 150

/** What the id of a run needs. */
const RUN = 240

/** Runs in tables are to be read to their end, and columns without scrolling. */
export const widths = onEach(['table'], (panel, say) => {
  const columns = columnsOf(panel)
  const each = columns.map((column) => [column, widthOf(panel, column)] as const)
  const wide = Math.floor((WHOLE * panel.gridPos.w) / 24)
  const all = each.reduce((sum, [, width]) => sum + width, 0)
  if (all > wide) say(`its columns need ${all} px of ${wide} at 1440 px`)
  for (const [column, width] of each)
    if (['run', 'testid'].includes(column) && width < RUN) say(`cuts ids of runs: ${column} has ${width} px`)
})

interface Organized {
  readonly excludeByName?: Readonly<Record<string, boolean>>
  readonly indexByName?: Readonly<Record<string, number>>
  readonly renameByName?: Readonly<Record<string, string>>
}

/** The columns of a table, by what orders them at last. */
function columnsOf({ transformations = [] }: Panel): string[] {
  const last = transformations.findLast(({ id }) => id === 'organize')?.options as Organized | undefined
  const { excludeByName = {}, indexByName = {}, renameByName = {} } = last ?? {}
  return Object.keys(indexByName)
    .filter((name) => excludeByName[name] !== true)
    .map((name) => renameByName[name] ?? name)
}

function widthOf(panel: Panel, column: string): number {
  const of = Object.assign(
    {},
    ...overridesOf(panel)
      .filter(({ matcher: { id, options } }) =>
        id === 'byName'
          ? options === column
          : id === 'byRegexp' && new RegExp(String(options).slice(1, -1)).test(column),
      )
      .map((one) => one.of),
  ) as Readonly<Record<string, unknown>>
  if (of['custom.hidden'] === true) return 0
  const { width, minWidth } = defaultsOf(panel).custom ?? {}
  return Number(of['custom.width'] ?? width ?? of['custom.minWidth'] ?? minWidth ?? UNTOLD)
}
