import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCurves } from './curves.ts'
import { heatmapOf } from './heatmap.ts'
import { histogramOf, type Pushed } from '../prometheus/index.ts'
import { routeKey } from './routes.ts'
import { createStore } from './store.ts'
import { counter, gauge, lives, pushesOf, trend } from '../../test/doubles/pushesOfK6.ts'
import { timelineOf } from './timelineOf.ts'

function curvesOf(pushes: readonly Pushed[][], length = 10_000) {
  const store = createStore()
  const curves = createCurves(length)
  for (const push of pushes) curves.add(store.add(push))
  return curves
}

const home = { journey: 'browse', step: 'open home', phase: 'steady' }
const requests = (good: number, bad: number, at: number) => [
  counter('k6_http_reqs_total', good, at, { ...home, expected_response: 'true' }),
  counter('k6_http_reqs_total', bad, at, { ...home, expected_response: 'false' }),
]

test('what is drawn is what came in each window', () => {
  const timeline = timelineOf(
    curvesOf([
      [
        ...requests(4, 1, 10_000),
        trend('k6_http_req_duration_seconds', [0.1, 0.1], 10_000, home),
        trend('k6_group_duration_seconds', [0.2, 0.2], 10_000, home),
        counter('k6_checks_succeeded_total', 7, 10_000, home),
        gauge('k6_vus', 3, 10_000, { instance: 'a' }),
        gauge('k6_vus', 4, 10_000, { instance: 'b' }),
        counter('k6_journeys_started_total', 4, 10_000, { journey: 'browse' }),
      ],
      [
        ...requests(9, 1, 31_000),
        trend('k6_http_req_duration_seconds', [0.1, 0.1, 4], 31_000, home),
        trend('k6_group_duration_seconds', [0.2, 0.2, 8], 31_000, home),
        gauge('k6_vus', 5, 31_000, { instance: 'a' }),
        gauge('k6_vus', 2, 31_000, { instance: 'b' }),
        gauge('k6_vus', 1, 33_000, { instance: 'b' }),
        counter('k6_checks_failed_total', 2, 32_000, home),
        counter('k6_journeys_completed_total', 3, 32_000, { journey: 'browse' }),
        counter('k6_journeys_failed_total', 1, 32_000, { journey: 'browse' }),
      ],
    ]),
    { journeys: ['idle', 'browse'] },
  )
  const near = (value: number) => expect.closeTo(value, -Math.log10(value * 0.19)) as number
  expect(timeline).toMatchObject({
    window: 10,
    at: [10, 20, 30],
    requests: { count: [5, null, 5], failed: [1, null, 0], p50: [near(100), null, near(4000)] },
    iterations: [null, null, null],
    dropped: [null, null, null],
    checks: [7, null, 2],
    failedChecks: [0, null, 2],
    vus: [7, null, 6],
    vusMax: [null, null, null],
    journeys: [
      { journey: 'browse', started: [4, null, 0], time: { count: [0, null, 4], failed: [0, null, 1] } },
    ],
    steps: [
      {
        journey: 'browse',
        step: 'open home',
        time: { count: [5, null, 5], p99: [near(200), null, near(8000)] },
      },
    ],
  })
  const { bounds, counts } = timeline.steps[0]!.heatmap
  expect(bounds.length).toBeLessThanOrEqual(64)
  expect(bounds.at(-1)).toBeGreaterThanOrEqual(8000)
  expect(counts.map((row) => [row[0], row.at(-1), row.length])).toEqual([
    [2, 0, bounds.length],
    [0, 0, bounds.length],
    [0, 1, bounds.length],
  ])
  bounds.slice(1).forEach((bound, row) => expect(bound / bounds[row]!).toBeCloseTo(2 ** (1 / 8), 9))
})

test('every request is in some window, however long the run and however late the push', () => {
  const one = fc.tuple(lives, fc.constantFrom(1000, 10_000), fc.integer({ min: 1, max: 40 }))
  fc.assert(
    fc.property(one, ([all, length, stretch]) => {
      const pushes = pushesOf(all).map((push) =>
        push.map((each) => ({
          ...each,
          samples: each.samples.map(({ at, value }) => ({ at: at * stretch, value })),
        })),
      )
      const store = createStore()
      const curves = createCurves(length)
      for (const push of pushes) curves.add(store.add(push))
      const { at, window, iterations } = timelineOf(curves)
      expect(at.length).toBeLessThanOrEqual(600)
      at.slice(1).forEach((start, index) => expect(start - at[index]!).toBeCloseTo(window, 6))
      const recorded = store.series().flatMap((each) => (each.kind === 'counter' ? [each.total] : []))
      expect(iterations.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBe(recorded[0] ?? 0)
    }),
    { numRuns: 40 },
  )
})

test('neighbours are taken together in a run of a day', () => {
  const day = Array.from({ length: 8640 }, (_, window) => [
    counter('k6_iterations_total', window + 1, window * 10_000),
    trend('k6_http_req_duration_seconds', [0.1], window * 10_000),
    gauge('k6_vus', 5, window * 10_000),
  ])
  const { at, window, iterations, vus } = timelineOf(curvesOf(day))
  expect([at.length, window]).toEqual([540, 160])
  expect(new Set(iterations)).toEqual(new Set([16]))
  expect(new Set(vus)).toEqual(new Set([5]))
})

test('the window that still fills is left out while a run grows, unless it is the only one', () => {
  const curves = curvesOf([
    [counter('k6_iterations_total', 1, 1000)],
    [counter('k6_iterations_total', 2, 11_000)],
  ])
  expect(timelineOf(curves, {}, true).at).toEqual([0])
  expect(timelineOf(curves).at).toEqual([0, 10])
  expect(timelineOf(curvesOf([[counter('k6_iterations_total', 1, 1000)]]), {}, true).at).toEqual([0])
  expect(timelineOf(createCurves(1000))).toMatchObject({ at: [], window: 1, steps: [], own: [] })
})

const own = [
  counter('k6_shop_orders_total', 2, 1000, { currency: 'EUR' }),
  counter('k6_shop_orders_total', 3, 1500, { currency: 'USD' }),
  gauge('k6_shop_stock', 7, 2000, { phase: 'steady' }),
  gauge('k6_shop_stock', 9, 1000, { phase: 'warm-up' }),
  trend('k6_shop_wait_seconds', [0.5], 1000),
  trend('k6_shop_basket', [30], 1000),
  gauge('k6_shop_accepted_rate', 1, 1000),
  counter('k6_tunnel_errors_total', 1, 1000),
]
const isNear = (value: number) => expect.closeTo(value, value > 100 ? -2 : -1) as number
const drawn = [
  { metric: 'shop_basket', kind: 'trend', values: [isNear(30)] },
  { metric: 'shop_orders', kind: 'counter', values: [5] },
  { metric: 'shop_stock', kind: 'gauge', values: [7] },
  { metric: 'shop_wait', kind: 'trend', values: [isNear(500)] },
]

test('own metrics: a Counter’s increase, a Gauge’s last value, a Trend’s p95 in k6’s unit', () => {
  const declared = [
    { name: 'shop_wait', type: 'trend', isTime: true },
    { name: 'shop_orders', type: 'counter', isTime: false },
    { name: 'shop_basket', type: 'trend', isTime: false },
    { name: 'shop_stock', type: 'gauge', isTime: false },
    { name: 'shop_accepted', type: 'rate', isTime: false },
    { name: 'shop_silent', type: 'counter', isTime: false },
    { name: 'tunnel_errors', type: 'counter', isTime: false },
  ]
  const { own: told } = timelineOf(curvesOf([own]), { metrics: declared })
  expect(told.map(({ metric }) => metric)).toEqual(['shop_wait', 'shop_orders', 'shop_basket', 'shop_stock'])
  expect(told.toSorted((a, b) => (a.metric < b.metric ? -1 : 1))).toEqual(drawn)
})

test('without a manifest, own metrics are told by what k6 calls them', () => {
  expect(timelineOf(curvesOf([own])).own).toEqual(drawn)
})

test('ids in names do not fill the memory', () => {
  const many = Array.from({ length: 2000 }, (_, id) => counter(`k6_own_${id}_total`, 1, 1000))
  expect(timelineOf(curvesOf([many])).own).toHaveLength(100)
})

test('a heatmap counts every time, in rows that touch and are few enough', () => {
  const times = fc.array(fc.oneof(fc.double({ min: 1e-7, max: 1e5, noNaN: true }), fc.constant(0)))
  const windows = fc.array(
    fc.option(
      times.map((all) => histogramOf(all)),
      { nil: undefined },
    ),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(windows, fc.integer({ min: 8, max: 64 }), (all, rows) => {
      const { bounds, counts } = heatmapOf(all, rows)
      expect(bounds.length).toBeLessThanOrEqual(rows)
      expect(counts.map((row) => row.reduce((a, b) => a + b, 0))).toEqual(all.map((each) => each?.count ?? 0))
      const ratio = bounds.length > 2 ? bounds[1]! / bounds[0]! : undefined
      bounds
        .slice(1)
        .forEach((bound, row) => expect(bound / bounds[row]!).toBeCloseTo(ratio ?? 2, ratio ? 6 : -9))
    }),
  )
})

test('a key is its words', () => {
  expect(routeKey('step', 'a', 'b c')).not.toBe(routeKey('step', 'a b', 'c'))
})
