import { expect, test } from 'vitest'
import type { Shape } from '../../config/workload/shape.ts'
import type { Plan } from './plan.ts'
import { rowsNeeded } from './uniqueRows.ts'

const needed = (shape: Shape, { rows = 100, seconds = 2, count = 1, more = [] as string[] } = {}) =>
  rowsNeeded(
    {
      manifest: {
        options: { scenarios: { orders: shape }, thresholds: {} },
        iteration: { orders: { requests: 1, seconds, known: 'walked', unique: { pool: 'people', rows } } },
      },
    } as unknown as Plan,
    { count, more },
  )
const got = (...given: Parameters<typeof needed>) =>
  needed(...given).problems.map((problem) => (typeof problem === 'string' ? problem : problem.got))

test.each<[string, Shape, string, number]>([
  [
    'a rate',
    { executor: 'constant-arrival-rate', rate: 20, duration: '6s' },
    '120 iterations (20 per 1s for 6s)',
    120,
  ],
  [
    'a ramp',
    { executor: 'ramping-arrival-rate', startRate: 0, stages: [{ target: 30, duration: '10s' }] },
    '150 iterations (the sum of its stages)',
    150,
  ],
  [
    'shared iterations',
    { executor: 'shared-iterations', vus: 5, iterations: 101 },
    '101 iterations (shared)',
    101,
  ],
  [
    'VUs',
    { executor: 'per-vu-iterations', vus: 11, iterations: 10 },
    '110 iterations (11 VUs × 10 each)',
    110,
  ],
])('%s that begins more iterations than there are rows is refused, with the sum', (_, shape, sum, rows) => {
  expect(got(shape)).toEqual([sum])
  expect(got(shape, { rows: rows - 1 })).toEqual([sum])
  expect(got(shape, { rows })).toEqual([])
})

test('k6 numbers as many iterations for each instance as for that with the most VUs', () => {
  const shape = { executor: 'per-vu-iterations', vus: 10, iterations: 10 }
  expect(got(shape)).toEqual([])
  expect(got(shape, { count: 2 })).toEqual([])
  expect(got(shape, { count: 4 })).toEqual([
    '120 iterations (4 instances × 3 VUs × 10 each, since k6 numbers as many for each instance)',
  ])
  expect(got({ executor: 'shared-iterations', vus: 10, iterations: 100 }, { count: 4 })).toEqual([])
})

test('what the target decides is a warning', () => {
  const shape = { executor: 'constant-vus', vus: 10, duration: '30s' }
  expect(needed(shape)).toEqual({
    problems: [],
    warnings: ['scenario orders has about 150 iterations, and pool "people" has 100 rows for uniqueRow()'],
  })
  expect(needed(shape, { rows: 150 }).warnings).toEqual([])
  expect(needed(shape, { seconds: 0 }).warnings).toEqual([
    'scenario orders begins as many iterations as the target lets it, and pool "people" has 100 rows for uniqueRow()',
  ])
})

test('a load that arguments replace is not that of the scenarios', () => {
  const shape = { executor: 'shared-iterations', vus: 5, iterations: 101 }
  expect(got(shape, { more: ['-i', '1'] })).toEqual([])
})
