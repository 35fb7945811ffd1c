import { expect, test } from 'vitest'
import { compareDashboard } from '../../../../cli/grafana/dashboards/compare.ts'
import { dashboardParts } from '../../../../cli/grafana/panelsOf.ts'
import type { Dashboard, Panel } from '../../../../cli/grafana/schema.ts'
import { about, dialect } from '../testkit.ts'
import { comparison } from './comparison.ts'

function foundAfter(plant: (panel: (id: number) => Panel) => void): string[] {
  const dashboard: Dashboard = compareDashboard({ ...about, dialect })
  plant((id) => dashboardParts(dashboard).panels.find((one) => one.id === id) as Panel)
  const found: string[] = []
  const tell = (where: string, problem: string): void => void found.push(`${where}: ${problem}`)
  comparison({ dashboard, name: 'compare', naming: 'native', about, tell })
  return found
}
const overridesOf = (panel: Panel) => panel.fieldConfig?.overrides ?? []

test('the dashboard is right', () => {
  expect(foundAfter(() => undefined)).toEqual([])
})

test('a difference that has a colour as soon as there is one is found', () => {
  const found = foundAfter((panel) => {
    for (const { matcher, properties } of overridesOf(panel(1101)))
      if (matcher.options === 'p95 Δ %') {
        const thresholds = properties.find(({ id }) => id === 'thresholds')?.value as
          { steps: object[] } | undefined
        if (!thresholds) continue
        thresholds.steps = [
          { color: 'green', value: null },
          { color: 'text', value: 0 },
          { color: 'red', value: 1e-9 },
        ]
      }
  })
  expect(found).toEqual(['1101 By journey and step: p95 Δ % has a colour within the noise'])
})

test('curves without their noise are found', () => {
  const found = foundAfter((panel) => {
    const { fieldConfig } = panel(1203)
    if (fieldConfig) fieldConfig.overrides = []
  })
  expect(found).toEqual(['1203 p95 of requests: does not draw the noise around the base'])
})

test('runs of which nothing says which is the base are found', () => {
  const found = foundAfter((panel) => {
    for (const target of (panel(1003).targets ?? []) as { expr: string }[])
      target.expr = target.expr.replaceAll('label_replace', 'sort')
  })
  expect(found).toEqual(['1003 Runs: does not say which run is the base'])
})
