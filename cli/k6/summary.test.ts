import { expect, test } from 'vitest'
import { checkedIn, checksOf, countOf, thresholdsOf, type SummaryExport } from './summary.ts'

const none = { avg: 0, min: 0, med: 0, max: 0, 'p(90)': 0, 'p(95)': 0, 'p(99)': 0, count: 0 }

/** As k6 2.2.0 exports it: `true` means crossed. */
const EXPORT: SummaryExport = {
  metrics: {
    used: {
      ...none,
      avg: 3,
      med: 3,
      'p(95)': 3,
      count: 1,
      thresholds: { 'p(95)<1': true, 'p(99.9)<5': false },
    },
    'used{a:b}': { ...none },
    silent_trend: { ...none, thresholds: { 'p(95)<1': false, 'avg>2': true } },
    silent_rate: { passes: 0, fails: 0, value: 0, thresholds: { 'rate<0.1': false } },
    own_rate: { passes: 1, fails: 0, value: 1, thresholds: { 'rate>0.9': false } },
    orders: { count: 0, rate: 0, thresholds: { 'count>0': true } },
    iterations: { count: 7, rate: 1.5, thresholds: { 'count>0': false, 'rate > 2': true } },
    vus: { value: 0, min: 0, max: 0, thresholds: { 'value<2': false } },
  },
  root_group: {
    checks: { top: { name: 'top', path: '::top', passes: 0, fails: 1 } },
    groups: {
      g1: {
        groups: { g2: { checks: { c: { name: 'c', path: '::g1::g2::c', passes: 3, fails: 0 } } } },
        checks: {},
      },
    },
  },
}

test('a threshold is crossed where k6 says true, and without samples it says nothing', () => {
  expect(thresholdsOf(EXPORT)).toEqual([
    { metric: 'iterations', threshold: 'count>0', result: 'pass', value: 7 },
    { metric: 'iterations', threshold: 'rate > 2', result: 'fail', value: 1.5 },
    { metric: 'orders', threshold: 'count>0', result: 'fail', value: 0 },
    { metric: 'own_rate', threshold: 'rate>0.9', result: 'pass', value: 1 },
    { metric: 'silent_rate', threshold: 'rate<0.1', result: 'no samples', value: 0 },
    { metric: 'silent_trend', threshold: 'avg>2', result: 'no samples', value: 0 },
    { metric: 'silent_trend', threshold: 'p(95)<1', result: 'no samples', value: 0 },
    { metric: 'used', threshold: 'p(95)<1', result: 'fail', value: 3 },
    { metric: 'used', threshold: 'p(99.9)<5', result: 'pass' },
    { metric: 'vus', threshold: 'value<2', result: 'no samples', value: 0 },
  ])
})

test.each([
  [{ value: 0, min: 0, max: 0 }, true, 'pass'],
  [{ value: 0, min: 0, max: 0 }, false, 'no samples'],
  [{ value: 0, min: 0, max: 0 }, undefined, 'no samples'],
  [{ value: 0, min: 0, max: 3 }, undefined, 'pass'],
])('a gauge of %j, recorded %s: %s', (values, recorded, result) => {
  const metrics = { depth: { ...values, thresholds: { 'value<5': false } } }
  expect(thresholdsOf({ metrics }, () => recorded)).toMatchObject([{ result }])
})

test('checks are counted where none has a name', () => {
  expect(checkedIn({ metrics: { checks: { passes: 1, fails: 4, value: 0.2 } } })).toEqual({
    passes: 1,
    fails: 4,
  })
  expect(checkedIn({ metrics: {} })).toBeUndefined()
})

test.each([
  [{ avg: 1 }, 'p(95)<1'],
  [{ avg: 1, 'p(99)': 1 }, 'avg<1'],
  [{}, 'med<1'],
  [{ avg: 0, count: 0 }, 'max<1'],
  [{ min: 0, count: '7' }, ' p(99.9) < 1'],
])('a trend of %j that does not say how many samples it has may have none', (values, threshold) => {
  const metrics = { trend: { ...values, thresholds: { [threshold]: false } } }
  expect(thresholdsOf({ metrics })).toMatchObject([{ result: 'no samples' }])
})

test('checks come with the groups they are in', () => {
  expect(checksOf(EXPORT)).toEqual([
    { name: 'top', group: '', passes: 0, fails: 1 },
    { name: 'c', group: 'g1 › g2', passes: 3, fails: 0 },
  ])
  expect(checksOf({ metrics: {} })).toEqual([])
})

test('a counter that is not there counts nothing', () => {
  expect([countOf(EXPORT, 'iterations'), countOf(EXPORT, 'nothing'), countOf(EXPORT, 'vus')]).toEqual([
    7, 0, 0,
  ])
})
