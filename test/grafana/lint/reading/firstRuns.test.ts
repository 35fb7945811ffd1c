import { expect, test } from 'vitest'
import { found, good, listOf } from '../testkit.ts'

test('runs by the alphabet are found: their names begin with a suite', () => {
  const dashboard = good()
  Object.assign(listOf(dashboard)[1] ?? {}, {
    query: { query: 'label_values(k6_vus, testid)', refId: 'testid' },
  })
  expect(found(dashboard)).toContain('$testid: does not offer the newest run first')
})

test('an order that Grafana makes anew is found', () => {
  const dashboard = good()
  Object.assign(listOf(dashboard)[1] ?? {}, { sort: 2 })
  expect(found(dashboard)).toContain('$testid: does not offer the newest run first')
})

test('a base that may be the candidate is found', () => {
  const dashboard = good()
  const [, testid] = listOf(dashboard)
  for (const name of ['candidate', 'base']) listOf(dashboard).push({ ...testid, name } as never)
  expect(found(dashboard)).toContain('$base: offers the candidate as its own base')
})
