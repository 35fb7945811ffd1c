import { expect, test } from 'vitest'
import { mergeSummaries } from './mergeSummaries.ts'
import type { SummaryExport } from './summary.ts'

const check = (passes: number, fails: number) => ({ name: 'ok', path: '::a::ok', passes, fails })
const one: SummaryExport = {
  metrics: {
    iterations: { count: 3, rate: 1 },
    vus: { value: 2, min: 1, max: 2 },
    depth: { value: 7, min: 1, max: 9 },
    checks: { passes: 9, fails: 1, value: 0.9 },
    'wait{a:b}': { count: 1, avg: 10, min: 10, max: 10, 'p(95)': 10 },
    silent: { count: 0, avg: 0, min: 0, max: 0 },
  },
  root_group: { groups: { a: { groups: {}, checks: { ok: check(9, 1) } } }, checks: {} },
}
const other: SummaryExport = {
  metrics: {
    iterations: { count: 2, rate: 0.5 },
    vus: { value: 1, min: 1, max: 1 },
    depth: { value: 4, min: 0, max: 8 },
    checks: { passes: 0, fails: 5, value: 0 },
    'wait{a:b}': { count: 3, avg: 2, min: 1, max: 4, 'p(95)': 4 },
    silent: { count: 2, avg: -2, min: -3, max: -1 },
    only: { count: 1, rate: 1 },
  },
  root_group: { groups: { a: { groups: {}, checks: { ok: check(0, 5) } } }, checks: {} },
}

test('counts, rates, means and ends add up by kind; a quantile of the whole is in no summary', () => {
  expect(mergeSummaries([one, other], (metric) => (metric === 'depth' ? 5 : undefined))).toEqual({
    metrics: {
      iterations: { count: 5, rate: 1.5 },
      vus: { value: 3, min: 2, max: 3 },
      depth: { value: 5, min: 0, max: 9 },
      checks: { passes: 9, fails: 6, value: 0.6 },
      'wait{a:b}': { count: 4, avg: 4, min: 1, max: 10 },
      silent: { count: 2, avg: -2, min: -3, max: -1 },
      only: { count: 1, rate: 1 },
    },
    root_group: { groups: { a: { groups: {}, checks: { ok: check(9, 6) } } }, checks: {} },
  })
})
