import { expect, test } from 'vitest'
import { histogramOf, type Labels, type Pushed } from '../prometheus/index.ts'
import { distribution, level, series, total, values } from './query.ts'
import { createStore } from './store.ts'

const number = (name: string, value: number, labels: Labels = {}): Pushed => ({
  name,
  labels,
  samples: [{ at: 1, value }],
  histograms: [],
})
const trend = (name: string, sent: number[], labels: Labels = {}): Pushed => ({
  name,
  labels,
  samples: [],
  histograms: [{ at: 1, value: histogramOf(sent) }],
})

const store = createStore()
store.add([
  number('k6_http_reqs_total', 3, { journey: 'browse', phase: 'steady' }),
  number('k6_http_reqs_total', 4, { journey: 'checkout', phase: 'steady' }),
  number('k6_http_reqs_total', 5, { journey: 'checkout', phase: 'spike' }),
  number('k6_http_reqs_total', 6, { journey: 'checkout' }),
  number('k6_checks_rate', 0.9),
  number('k6_vus', 2, { instance_id: '1' }),
  number('k6_vus', 3, { instance_id: '2' }),
  trend('k6_http_req_duration_seconds', [0.1], { journey: 'browse' }),
  trend('k6_http_req_duration_seconds', [0.2, 0.3], { journey: 'checkout' }),
  trend('k6_page_bytes', [512]),
  trend('k6_shop_basket', [40]),
])

test('a counter is summed over the series that match', () => {
  expect(total(store, 'http_reqs')).toBe(18)
  expect(total(store, 'http_reqs', { journey: 'checkout' })).toBe(15)
  expect(total(store, 'http_reqs', { journey: 'checkout', phase: ['steady', 'spike'] })).toBe(9)
  expect(total(store, 'http_reqs', { phase: '' })).toBe(6)
  expect(total(store, 'dropped_iterations')).toBe(0)
})

test('a trend is merged, in the unit it was recorded in', () => {
  expect(distribution(store, 'http_req_duration')).toMatchObject({ unit: 's', count: 3 })
  expect(distribution(store, 'http_req_duration', { journey: 'browse' })).toEqual({
    ...histogramOf([0.1]),
    unit: 's',
  })
  expect(distribution(store, 'page')).toMatchObject({ unit: 'bytes', sum: 512 })
  expect(distribution(store, 'shop_basket')).toMatchObject({ unit: '', sum: 40 })
  expect(distribution(store, 'http_req_duration', { journey: 'other' })).toBeUndefined()
})

test('a gauge is summed over instances; a rate is only ever read series by series', () => {
  expect(level(store, 'vus')).toBe(5)
  expect(level(store, 'nothing')).toBeUndefined()
  expect(series(store, 'checks')).toMatchObject([{ metric: 'checks', kind: 'gauge', value: 0.9, unit: '' }])
  expect(level(store, 'checks')).toBeUndefined()
})

test('the values of a label are listed once and sorted', () => {
  expect(values(store, 'http_reqs', 'journey')).toEqual(['browse', 'checkout'])
  expect(values(store, 'http_reqs', 'phase', { journey: 'checkout' })).toEqual(['', 'spike', 'steady'])
})

test('a name is matched whole', () => {
  expect(series(store, 'http_req')).toEqual([])
  expect(series(store, 'http_req_duration_seconds')).toMatchObject([{ unit: '' }, { unit: '' }])
})
