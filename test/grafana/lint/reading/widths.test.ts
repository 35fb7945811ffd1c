import { expect, test } from 'vitest'
import { organized } from '../../../../cli/grafana/dashboards/transform.ts'
import { byName } from '../../../../cli/grafana/overrides.ts'
import { tablePanel } from '../../../../cli/grafana/panels.ts'
import type { Panel } from '../../../../cli/grafana/schema.ts'
import { about, dialect, good } from '../testkit.ts'
import { widths } from './widths.ts'

/** What is found in a table of these columns, `w` columns of the grid wide, that has these widths. */
function foundIn(columns: readonly string[], w: number, pixels: Record<string, number> = {}): string[] {
  const overrides = Object.entries(pixels).map(([column, width]) => byName(column, { 'custom.width': width }))
  const more = { transformations: [organized({ order: columns, rename: { testid: 'run' } })] }
  const [table] = tablePanel(
    dialect,
    { id: 31, title: 'Runs', description: 'Runs.', unit: 'none', overrides, more },
    [{ expr: 'k6_vus' }],
  )
  const dashboard = { ...good(), panels: [{ ...table, gridPos: { x: 0, y: 0, w, h: 4 } } as Panel] }
  const found: string[] = []
  widths({ dashboard, name: 'run', naming: 'native', about, tell: (_, problem) => found.push(problem) })
  return found
}

test('columns that fit are right', () => {
  expect(foundIn(['testid', 'a', 'b'], 24, { run: 242 })).toEqual([])
})

test('a run’s id that is cut is found', () => {
  expect(foundIn(['testid', 'a'], 24)).toEqual(['cuts ids of runs: run has 150 px'])
})

test('columns that are reached by scrolling alone are found', () => {
  const eight = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  expect(foundIn(eight, 24)).toEqual(['its columns need 1200 px of 1092 at 1440 px'])
  expect(foundIn(eight.slice(0, 4), 12)).toEqual(['its columns need 600 px of 546 at 1440 px'])
})
