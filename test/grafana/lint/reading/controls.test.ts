import { expect, test } from 'vitest'
import { sourceVariable } from '../../../../cli/grafana/dashboards/variables.ts'
import { found, good, listOf } from '../testkit.ts'

test('more variables than a line holds are found', () => {
  const dashboard = good()
  const journey = listOf(dashboard)[2]
  for (const name of ['a', 'b', 'c', 'd']) listOf(dashboard).push({ ...journey, name } as never)
  expect(found(dashboard)).toContain(
    'variables: 7 are shown (datasource, testid, journey, a, b, c, d), not 6',
  )
})

test('a data source that a Grafana may not have is found where it is shown', () => {
  const dashboard = good()
  listOf(dashboard).push(sourceVariable('traces', 'Traces', 'tempo'))
  expect(found(dashboard)).toContain('$traces: shows a red triangle where there is no tempo')
})

test('a toggle in the bar is found', () => {
  const dashboard = good()
  dashboard.annotations?.list?.push({
    name: 'Markers',
    enable: true,
    hide: false,
    iconColor: 'green',
  })
  expect(found(dashboard)).toContain(
    'annotation Markers: has a toggle in the bar: give it placement inControlsMenu',
  )
})
