import { expect, test } from 'vitest'
import { longestRange } from '../../prometheus/index.ts'
import { queryOf, queryProblems, questionOf } from './question.ts'

const RATE =
  'sum(rate(errors_total{version="$version"}[1m])) / sum(rate(requests_total{version="$version"}[5m]))'

test('the version stands wherever it is asked for', () => {
  expect(queryOf('a{v="$version"} / b{v="$version"}', 'v2')).toBe('a{v="v2"} / b{v="v2"}')
})

test.each([
  [RATE, 300_000],
  ['max_over_time(p95[10m:30s])', 600_000],
  ['up{code=~"[45]..",version="$version"}', 0],
  ['rate(a[1h30m]) # rate(b[9d])', 5_400_000],
  ['rate(a[1w])', 604_800_000],
])('%s looks back %d ms', (query, milliseconds) => {
  expect(longestRange(query)).toBe(milliseconds)
})

test('looks that see the same are worth a part', () => {
  const one = { name: 'error rate', query: RATE }
  expect(questionOf(one, 60_000).metric).toMatchObject({ fresh: 0.2, unit: '', better: 'lower' })
  expect(questionOf({ ...one, tolerance: '+1 points', limit: '<0.01' }, 300_000).metric).toMatchObject({
    fresh: 1,
    unit: 'share',
    tolerance: { by: 0.01, unit: 'points' },
    limit: { operator: '<', bound: 0.01 },
  })
})

test.each([
  'errors_total{version="$version"}',
  'sum(errors_total) / sum(rate(requests_total[1m]))',
  'sum by (le) (duration_bucket{version="$version"})',
  'errors_total offset 5m',
])('%s asks for a counter itself', (query) => {
  expect(queryProblems(query, 'error rate')).toMatchObject([{ where: 'error rate' }])
})

test.each([
  RATE,
  'rate(a_total [1m])',
  'job:errors_total:rate5m{v="$version"}',
  'x{name="a_total"}',
  'up{a_total="1"}',
])('%s does not', (query) => {
  expect(queryProblems(query, 'error rate')).toEqual([])
})
