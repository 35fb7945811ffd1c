import { expect, test } from 'vitest'
import { decodeWrite, encodeWrite, histogramOf, type Labels, type Pushed } from '../prometheus/index.ts'
import { createStore } from './store.ts'
import { failedRequests, figuresOf } from './figures.ts'

const counter = (name: string, value: number, labels: Labels): Pushed => ({
  name: `k6_${name}_total`,
  labels,
  samples: [{ at: 1, value }],
  histograms: [],
})
const times = (seconds: number[], labels: Labels, at = 1): Pushed => ({
  name: 'k6_group_duration_seconds',
  labels,
  samples: [],
  histograms: [{ at, value: histogramOf(seconds) }],
})

const browse = { journey: 'browse' }
const home = { ...browse, step: 'open home' }
const store = createStore()
const pushes = [
  counter('journeys_started', 4, { ...browse, phase: 'warm-up' }),
  counter('journeys_started', 6, { ...browse, phase: 'steady' }),
  counter('journeys_completed', 7, browse),
  counter('journeys_failed', 2, browse),
  counter('journeys_started', 1, { journey: 'unforeseen' }),
  counter('steps_completed', 4, { ...home, phase: 'warm-up' }),
  counter('steps_completed', 5, { ...home, phase: 'steady' }),
  times([9, 9], { ...home, phase: 'warm-up' }),
  times([0.1, 0.1, 0.1, 0.2], { ...home, phase: 'steady' }, 2),
  times([0.5], { ...browse, step: 'undeclared', phase: 'spike' }),
  counter('http_reqs', 8, {
    ...home,
    name: 'home',
    status: '200',
    expected_response: 'true',
    phase: 'steady',
  }),
  counter('http_reqs', 2, {
    ...home,
    name: 'home',
    status: '500',
    expected_response: 'false',
    phase: 'steady',
  }),
  counter('http_reqs', 3, {
    ...home,
    name: 'home',
    status: '500',
    expected_response: 'false',
    phase: 'warm-up',
  }),
  counter('http_reqs', 9, { name: 'cart', status: '0', expected_response: 'false' }),
]
for (const push of pushes) store.add(decodeWrite(encodeWrite([push])))

const about = {
  journeys: ['browse', 'idle'],
  steps: [{ journey: 'browse', step: 'view product' }],
  judged: ['steady'],
}

const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number
const each = (value: number) => ({ p50: near(value), p95: near(value), p99: near(value), mean: near(value) })

test('a funnel is measured over starts, times and errors where the run is judged', () => {
  const [first, ...others] = figuresOf(store, about)
  expect(first).toEqual({
    name: 'browse',
    started: 10,
    completed: 7,
    failed: 2,
    steps: [
      { name: 'view product', completed: 0, measured: 0, requests: 0, failed: 0, phases: [] },
      {
        name: 'open home',
        completed: 9,
        measured: 4,
        requests: 10,
        failed: 2,
        p50: near(100),
        p95: near(200),
        p99: near(200),
        mean: near(125),
        phases: [
          { phase: 'warm-up', count: 2, requests: 3, failed: 3, ...each(9000) },
          {
            phase: 'steady',
            count: 4,
            requests: 10,
            failed: 2,
            ...each(200),
            p50: near(100),
            mean: near(125),
          },
        ],
      },
      {
        name: 'undeclared',
        completed: 0,
        measured: 0,
        requests: 0,
        failed: 0,
        phases: [{ phase: 'spike', count: 1, requests: 0, failed: 0, ...each(500) }],
      },
    ],
  })
  expect(others).toEqual([
    { name: 'idle', started: 0, completed: 0, failed: 0, steps: [] },
    { name: 'unforeseen', started: 1, completed: 0, failed: 0, steps: [] },
  ])
})

test('several judged phases are taken together; without any, the whole run', () => {
  const of = (judged: string[]) =>
    figuresOf(store, { ...about, judged })[0]?.steps.map(({ measured }) => measured)
  expect(of(['steady', 'spike'])).toEqual([0, 4, 1])
  expect(of([])).toEqual([0, 6, 1])
})

test('failed requests are told by name and status, most first', () => {
  expect(failedRequests(store)).toEqual([
    { name: 'cart', status: '0', count: 9 },
    { name: 'home', status: '500', count: 5 },
  ])
})

test('a scenario without phases is told whole, beside others of which the judged phases are', () => {
  const both = createStore()
  for (const [step, labels] of [
    ['home', { phase: 'steady' }],
    ['home', { phase: 'warm-up' }],
    ['ramp', {}],
  ] as const)
    both.add([
      times([0.1, 0.2], { ...browse, step, ...labels }),
      counter('http_reqs', 2, { ...browse, step, ...labels }),
    ])
  const [figures] = figuresOf(both, { journeys: ['browse'], steps: [], judged: ['steady'] })
  expect(figures?.steps).toMatchObject([
    { name: 'home', measured: 2, requests: 2 },
    { name: 'ramp', measured: 2, requests: 2, p95: near(200), phases: [] },
  ])
})
