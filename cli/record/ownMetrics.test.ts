import { expect, test } from 'vitest'
import { histogramOf, type Labels, type Pushed } from '../prometheus/index.ts'
import { createStore } from './store.ts'
import { ownMetrics } from './ownMetrics.ts'

const number = (name: string, value: number, labels: Labels, at = 1): Pushed => ({
  name: `k6_${name}`,
  labels,
  samples: [{ at, value }],
  histograms: [],
})
const values = (name: string, all: number[], labels: Labels = {}): Pushed => ({
  name: `k6_${name}`,
  labels,
  samples: [],
  histograms: [{ at: 1, value: histogramOf(all) }],
})
const ambient = { journey: 'buy', step: 'pay', scenario: 'shoppers', phase: 'steady', tier: 'gold' }
const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number

test('each kind in the whole run and by the author’s own tags: exact from k6, by tag from the recorder', () => {
  const store = createStore()
  store.add([
    number('iterations_total', 5, { scenario: 'shoppers', tier: 'gold' }),
    number('shop_orders_total', 3, { ...ambient, city: 'Berlin' }),
    number('shop_orders_total', 1, { ...ambient, phase: 'warm-up', city: 'Berlin' }),
    number('shop_orders_total', 2, { ...ambient, city: 'Rome' }),
    values('shop_value', [10, 20, 30], ambient),
    values('wait_seconds', [0.1, 0.3], { ...ambient, queue: 'a' }),
    number('depth', 4, ambient, 1),
    number('shop_accepted_rate', 0.75, ambient),
    number('shop_accepted_nonzero_total', 3, ambient),
    number('shop_accepted_zero_total', 1, ambient),
    number('http_reqs_total', 9, ambient),
  ])
  const summary = {
    metrics: {
      shop_orders: { count: 6, rate: 0.5 },
      'shop_orders{city:Berlin}': { count: 4 },
      shop_value: { avg: 20, min: 10, med: 20, max: 30, 'p(95)': 29, 'p(99)': 29.8, count: 3 },
      depth: { value: 4, min: 1, max: 9 },
      never: { avg: 0, min: 0, med: 0, max: 0, count: 0 },
      http_reqs: { count: 9 },
    },
  }
  const declared = [
    { name: 'shop_orders', kind: 'counter', meaning: 'Orders placed' },
    { name: 'shop_value', kind: 'trend', meaning: 'Value of an order', unit: 'EUR' },
    { name: 'shop_accepted', kind: 'rate', meaning: 'Orders accepted' },
    { name: 'wait', kind: 'trend', meaning: 'the trend wait', unit: 'ms' },
  ] as const
  expect(ownMetrics(store, summary, declared)).toEqual([
    {
      name: 'shop_orders',
      kind: 'counter',
      meaning: 'Orders placed',
      count: 6,
      perSecond: 0.5,
      tagged: [
        { tags: { city: 'Berlin' }, count: 4 },
        { tags: { city: 'Rome' }, count: 2 },
      ],
    },
    {
      name: 'shop_value',
      kind: 'trend',
      unit: 'EUR',
      meaning: 'Value of an order',
      count: 3,
      tagged: [],
      min: 10,
      max: 30,
      mean: 20,
      p50: 20,
      p95: 29,
      p99: 29.8,
    },
    {
      name: 'shop_accepted',
      kind: 'rate',
      meaning: 'Orders accepted',
      count: 4,
      value: 0.75,
      tagged: [],
    },
    {
      name: 'wait',
      kind: 'trend',
      unit: 'ms',
      meaning: 'the trend wait',
      count: 2,
      mean: near(200),
      p50: near(100),
      p95: near(300),
      p99: near(300),
      tagged: [
        {
          tags: { queue: 'a' },
          count: 2,
          mean: near(200),
          p50: near(100),
          p95: near(300),
          p99: near(300),
        },
      ],
    },
    { name: 'depth', kind: 'gauge', value: 4, min: 1, max: 9, tagged: [] },
  ])
})

test('a plain script declares nothing: k6’s summary tells what there is, its series the unit', () => {
  const store = createStore()
  store.add([values('waiting_seconds', [0.1], { queue: 'a' })])
  expect(ownMetrics(store, { metrics: { waiting: { avg: 100, med: 100, count: 1 } } })).toMatchObject([
    { name: 'waiting', kind: 'trend', unit: 'ms', mean: 100, tagged: [{ tags: { queue: 'a' }, count: 1 }] },
  ])
})

test('of two metrics that share a name for Prometheus no tags are told', () => {
  const store = createStore()
  store.add([values('wait_seconds', [0.1], { q: 'a' }), values('wait_seconds', [7, 8], { q: 'a' })])
  const metrics = { wait: { avg: 100, count: 1 }, wait_seconds: { avg: 7.5, count: 2 } }
  expect(ownMetrics(store, { metrics })).toMatchObject([
    { name: 'wait', mean: 100, count: 1, tagged: [], shared: true },
    { name: 'wait_seconds', mean: 7.5, count: 2, tagged: [], shared: true },
  ])
})
