import { expect, test } from 'vitest'
import { instanceProblems } from './instances.ts'
import type { Plan } from './plan.ts'

const planOf = (scenarios: object, more: object = {}): Plan =>
  ({ manifest: { options: { scenarios, thresholds: {}, ...more } } }) as unknown as Plan
const shop = {
  browse: { executor: 'constant-arrival-rate', rate: 9, duration: '1m', preAllocatedVUs: 3, maxVUs: 4 },
  visit: { executor: 'constant-vus', vus: 9, duration: '1m' },
}
const problems = (count: number, plan = planOf(shop), more: string[] = [], record: 'on' | 'off' = 'on') =>
  instanceProblems(plan, { count, record, more }).map(({ allowed }) => allowed)

test('as many instances as have work: a VU each, and a VU of each scenario with a rate', () => {
  expect(problems(4)).toEqual([])
  expect(problems(5)).toEqual([expect.stringMatching(/^from 1 to 4: scenario browse has 4 VUs at most/)])
  expect(problems(9, planOf({ visit: shop.visit }))).toEqual([])
  expect(problems(10, planOf({ visit: shop.visit }))).toEqual([expect.stringMatching(/^from 1 to 9: /)])
  expect(problems(3, planOf(shop), ['-u', '2', '-d', '5s'])).toEqual([
    expect.stringMatching(/^from 1 to 2: /),
  ])
  // A script whose options are not known yet.
  expect(problems(64, planOf({}))).toEqual([])
})

test('what would not be one run, or is told by loadwright itself, is refused', () => {
  expect(problems(2, planOf(shop), [], 'off')).toEqual(['with --record on'])
  const browser = { executor: 'constant-vus', vus: 9, options: { browser: { type: 'chromium' } } }
  expect(problems(2, planOf({ browser }))).toEqual(['without a browser'])
  expect(problems(2, planOf(shop, { executionSegment: '0:1/2' }))).toEqual(['without --execution-segment'])
  expect(
    problems(2, planOf(shop), [
      '--address',
      ':1',
      '--tag',
      'instance_id=a',
      '--out',
      'json=x',
      '-o',
      'influxdb',
    ]),
  ).toEqual(['without --address', 'without --tag instance_id', 'without --out json'])
})
