import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf, type Pushed } from '../prometheus/index.ts'
import { createStore, textsOf } from '../record/index.ts'
import { agreementOf, type Agreement } from './agreement.ts'
import type { Facts } from './facts.ts'
import { DISAGREEMENT, QUANTILES_DIFFER } from './rules/record.ts'
import type { VerdictRule } from './rules/rule.ts'

const said = (rule: VerdictRule<Facts>, agreement: Agreement | undefined) =>
  textsOf(rule.read(agreement as Partial<Facts> as Facts))

const counter = (name: string, value: number): Pushed => ({
  name: `k6_${name}_total`,
  labels: {},
  samples: [{ at: 1, value }],
  histograms: [],
})
const trend = (name: string, values: readonly number[]): Pushed => ({
  name: `k6_${name}`,
  labels: {},
  samples: [],
  histograms: [{ at: 1, value: histogramOf(values) }],
})
const storeOf = (...pushed: Pushed[]) => {
  const store = createStore()
  store.add(pushed)
  return store
}

/** As k6's TrendSink: between the values of two ranks. */
function k6s(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const rank = q * (sorted.length - 1)
  const [low = 0, high = 0] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]]
  return low + (high - low) * (rank - Math.floor(rank))
}
const statsOf = (values: readonly number[]) => ({
  avg: 0,
  min: 0,
  max: 0,
  count: values.length,
  med: k6s(values, 0.5),
  'p(95)': k6s(values, 0.95),
  'p(99)': k6s(values, 0.99),
})

test('of the same samples, whatever they are, every count agrees and every quantile is in its buckets', () => {
  const value = fc.oneof(
    fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
    fc.double({ min: -1e3, max: -1e-3, noNaN: true }),
    fc.constantFrom(0, 1, 2),
  )
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 80 }), (values) => {
      const store = storeOf(
        counter('http_reqs', 7),
        counter('iterations', 3),
        trend(
          'http_req_duration_seconds',
          values.map((each) => each / 1000),
        ),
        trend('shop_basket', values),
      )
      const metrics = {
        http_reqs: { count: 7 },
        iterations: { count: 3 },
        vus: { value: 1, min: 1, max: 1 },
        http_req_duration: statsOf(values),
        shop_basket: statsOf(values),
      }
      expect(agreementOf(store, { metrics })).toMatchObject({
        agreement: {
          recorded: { requests: 7 },
          k6: { requests: 7, p95: metrics.http_req_duration['p(95)'] },
        },
        disagreements: [],
        quantiles: [],
        shared: [],
      })
    }),
  )
})

test('a count that differs is a problem, of requests, iterations and every Trend', () => {
  const store = storeOf(counter('http_reqs', 7), trend('http_req_duration_seconds', [0.1]))
  const metrics = {
    http_reqs: { count: 8 },
    iterations: { count: 2 },
    'http_reqs{name:home}': { count: 1 },
    http_req_duration: statsOf([100, 200]),
    shop_basket: statsOf([5]),
    http_req_failed: { value: 0, passes: 0 },
  }
  expect(said(DISAGREEMENT, agreementOf(store, { metrics }))).toEqual([
    'the recorder counted 7 of http_reqs, k6 8: the record is incomplete',
    'the recorder counted 0 of iterations, k6 2: the record is incomplete',
    'the recorder counted 1 of http_req_duration, k6 2: the record is incomplete',
    'the recorder counted 0 of shop_basket, k6 1: the record is incomplete',
  ])
})

test('of timings whose zeros are not recorded the sum is compared', () => {
  const of = (recorded: readonly number[], k6: Record<string, number>) => {
    const named = recorded.length > 0 ? [trend('http_req_connecting_seconds', recorded)] : []
    const store = storeOf(counter('http_reqs', 7), ...named)
    const metrics = { http_reqs: { count: 7 }, iterations: { count: 0 }, http_req_connecting: k6 }
    return agreementOf(store, { metrics })
  }
  expect(of([0, 0.003], { avg: 3 / 7, 'p(95)': 2, count: 7 })).toMatchObject({
    disagreements: [],
    quantiles: [],
  })
  expect(of([], { avg: 0, 'p(95)': 0, count: 7 })).toMatchObject({ disagreements: [], quantiles: [] })
  expect(said(DISAGREEMENT, of([0.003], { avg: 1, 'p(95)': 2, count: 7 }))).toEqual([
    'the recorder has 3 ms of http_req_connecting in all, k6 7: the record is incomplete',
  ])
  expect(of([0, 0.003], { avg: 3, 'p(95)': 3, count: 1 })?.disagreements).toHaveLength(1)
})

test('a quantile outside its buckets is a note; within them the width of a bucket is no disagreement', () => {
  const noted = (values: readonly number[], factor: number) => {
    const stats = { avg: 1, count: values.length, 'p(95)': k6s(values, 0.95) * factor }
    const metrics = { shop_basket: stats }
    return said(QUANTILES_DIFFER, agreementOf(storeOf(trend('shop_basket', values)), { metrics }))
  }
  expect(noted([10, 10], 1.12)).toEqual([])
  expect(noted([10, 10], 1.3)).toEqual(["the recorded p(95) of shop_basket is 10.33, k6's own 13"])
  const many = Array.from({ length: 6000 }, (_, index) => 10 + index / 100)
  expect(noted(many, 1)).toEqual([])
  expect(noted(many, 1.2)).toHaveLength(1)
  // However many of them are alike: a middle of their bucket is all that the recorder knows.
  expect(noted(Array<number>(6000).fill(12.5), 1)).toEqual([])
})

test('without figures of k6, or without a record, there is nothing to compare', () => {
  expect(agreementOf(storeOf(counter('http_reqs', 1)), { metrics: {} })).toBeUndefined()
  expect(agreementOf(createStore(), { metrics: { http_reqs: { count: 1 } } })).toBeUndefined()
})
