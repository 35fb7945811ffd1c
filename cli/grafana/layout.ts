import type { Unplaced } from './panels.ts'
import type { Panel, Row } from './schema.ts'

/** A row of panels, which may be closed at first. */
export interface RowSpec {
  readonly id: number
  readonly title: string
  readonly collapsed?: boolean
  readonly panels: readonly Unplaced[]
}

const COLUMNS = 24

/** Lays rows out: panels from left to right, in lines as high as their highest. Rows without panels are left out. */
export function layout(rows: readonly RowSpec[]): (Panel | Row)[] {
  let y = 0
  return rows
    .filter(({ panels }) => panels.length > 0)
    .flatMap(({ id, title, collapsed = false, panels }) => {
      const gridPos = { h: 1, w: COLUMNS, x: 0, y }
      const placed = place(panels, y + 1)
      y = collapsed ? y + 1 : Math.max(...placed.map((panel) => panel.gridPos.y + panel.gridPos.h))
      const row: Row = { id, title, type: 'row', collapsed, gridPos, panels: collapsed ? placed : [] }
      return collapsed ? [row] : [row, ...placed]
    })
}

function place(panels: readonly Unplaced[], top: number): Panel[] {
  let [x, y, height] = [0, top, 0]
  return panels.map(({ size: { w, h }, ...panel }) => {
    if (x + w > COLUMNS) [x, y, height] = [0, y + height, 0]
    const gridPos = { h, w, x, y }
    x += w
    height = Math.max(height, h)
    return { ...panel, gridPos }
  })
}
