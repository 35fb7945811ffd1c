import { expect, test } from 'vitest'
import { histogramOf, type Labels, type Pushed } from '../prometheus/index.ts'
import { createStore, type RunRecord } from '../record/index.ts'
import { soFar } from './soFar.ts'
import { thresholdsSoFar } from '../verdict/index.ts'

const number = (name: string, value: number, labels: Labels = {}, at = 1000): Pushed => ({
  name: `k6_${name}`,
  labels,
  samples: [{ at, value }],
  histograms: [],
})
const times = (name: string, all: number[], labels: Labels = {}): Pushed => ({
  name: `k6_${name}`,
  labels,
  samples: [],
  histograms: [{ at: 1000, value: histogramOf(all) }],
})
const store = createStore()
store.add([
  number('http_reqs_total', 90, { expected_response: 'true', journey: 'buy' }),
  number('http_reqs_total', 10, { expected_response: 'false', journey: 'buy' }),
  number('checks_succeeded_total', 3),
  number('checks_failed_total', 1),
  number('journeys_started_total', 8, { journey: 'buy', scenario: 'shoppers' }),
  number('shop_ok_nonzero_total', 1),
  number('vus', 4),
  times('http_req_duration_seconds', [0.1, 0.1, 0.4], { journey: 'buy' }),
])
const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number

test('thresholds while a run goes on: Rates from counters, quantiles from the recorder, none without samples', () => {
  const thresholds = {
    http_req_failed: ['rate<0.01'],
    'http_req_duration{journey:buy}': ['p(95)<500', 'avg<100', 'max>1'],
    'http_req_duration{journey:other}': ['p(95)<500'],
    http_reqs: ['count>=100', 'rate>20'],
    checks: ['rate>0.9'],
    journey_failed: ['rate<0.1'],
    shop_ok: ['rate==1'],
    vus: ['value<10'],
  }
  const own = [{ name: 'shop_ok', kind: 'rate', meaning: '' }] as const
  const said = thresholdsSoFar(store, { thresholds, own: [...own] }, 10)
  expect(said.map(({ metric, threshold, result, value }) => [metric, threshold, result, value])).toEqual([
    ['http_req_failed', 'rate<0.01', 'fail', 0.1],
    ['http_req_duration{journey:buy}', 'p(95)<500', 'pass', near(400)],
    ['http_req_duration{journey:buy}', 'avg<100', 'fail', near(200)],
    ['http_req_duration{journey:buy}', 'max>1', 'pass', near(400)],
    ['http_req_duration{journey:other}', 'p(95)<500', 'no samples', undefined],
    ['http_reqs', 'count>=100', 'pass', 100],
    ['http_reqs', 'rate>20', 'fail', 10],
    ['checks', 'rate>0.9', 'fail', 0.75],
    ['journey_failed', 'rate<0.1', 'no samples', undefined],
    ['shop_ok', 'rate==1', 'pass', 1],
    ['vus', 'value<10', 'pass', 4],
  ])
})

test('where a run is now: phase, elapsed, remaining, rate; failures as they come', () => {
  const started = {
    state: 'running',
    judgedPhases: ['steady'],
    journeys: [],
    bundle: { file: 'b.js', sha256: '' },
    declared: {
      metrics: [],
      pools: [],
      thresholds: { http_reqs: ['rate>1'] },
      scenarios: { shoppers: { executor: 'constant-vus', duration: '60s' } },
      phases: {
        shoppers: [
          { name: 'warm-up', lasts: 20_000, judged: false },
          { name: 'steady', lasts: 40_000, judged: true },
        ],
      },
    },
  } as unknown as RunRecord
  const none = [null]
  const curve = { count: [50], failed: [0], p50: none, p95: [120], p99: none }
  const timeline = () => ({
    window: 2,
    at: [0],
    requests: curve,
    iterations: none,
    dropped: none,
    checks: none,
    failedChecks: none,
    vus: none,
    vusMax: none,
    journeys: [],
    steps: [],
    own: [],
    others: [],
  })
  const failures = [{ kind: 'request', what: 'order', status: 503, vu: 1, count: 2 } as const]
  const { live, record } = soFar(started, { store, timeline }, { failures, pages: [], thrown: [] }, 31_000)
  expect(live).toEqual({ phase: 'steady', elapsed: 30, remaining: 30, rate: 25, p95: 120 })
  expect(record.thresholds).toEqual([
    { metric: 'http_reqs', threshold: 'rate>1', result: 'pass', value: near(100 / 30) },
  ])
  expect(record.failures).toMatchObject([{ what: 'order', count: 2 }])
})
