import fc from 'fast-check'
import { expect, test } from 'vitest'
import { counters } from './cumulative.ts'
import { histogramOf, type Point, type Pushed } from '../prometheus/index.ts'
import { advance, type JournalSegment } from './segments.ts'
import { createStore } from './store.ts'

const counter = (value: number, at: number, labels: Record<string, string> = {}): Pushed => ({
  name: 'k6_http_reqs_total',
  labels,
  samples: [{ at, value }],
  histograms: [],
})
const trend = (values: number[], at: number, samples: Point<number>[] = []): Pushed => ({
  name: 'k6_x_seconds',
  labels: {},
  samples,
  histograms: [{ at, value: histogramOf(values) }],
})
const stored = (...pushed: Pushed[]) => {
  const store = createStore()
  for (const one of pushed) store.add([one])
  return store.series()
}

test('a counter is its latest value, whatever the order of its points', () => {
  const points = [1, 2, 5, 5, 9].map((value, second) => counter(value, 1000 * second))
  fc.assert(
    fc.property(fc.shuffledSubarray(points, { minLength: points.length }), (shuffled) => {
      expect(stored(...shuffled, ...shuffled)).toEqual([
        {
          name: 'k6_http_reqs_total',
          labels: {},
          instance: '["","",""]',
          first: 0,
          last: 4000,
          kind: 'counter',
          total: 9,
        },
      ])
    }),
  )
})

test('a counter that falls began anew: the totals add, also when points arrive late', () => {
  const points = [counter(10, 1), counter(25, 2), counter(4, 5), counter(7, 6), counter(1, 8)]
  expect(stored(...points)).toMatchObject([{ total: 33, first: 1, last: 8 }])
  const [a, b, c, d, e] = points as [Pushed, Pushed, Pushed, Pushed, Pushed]
  expect(stored(a, d, b, e, c)).toMatchObject([{ total: 33, first: 1, last: 8 }])
  expect(stored(e, d, c, b, a)).toMatchObject([{ total: 33, first: 1, last: 8 }])
})

test('endless restarts lose no count and take no memory', () => {
  const segments: JournalSegment<number>[] = []
  for (let at = 0; at < 2000; at++) advance(segments, { at, value: at % 2 }, counters)
  expect(segments.length).toBeLessThanOrEqual(16)
  expect(segments.reduce((sum, { value }) => sum + value, 0)).toBe(1000)
})

test('less at the same time is an older push of the same time, not a restart', () => {
  expect(stored(counter(5, 1), counter(3, 1))).toMatchObject([{ total: 5 }])
})

test('a histogram is its latest state, and its segments merge', () => {
  const series = stored(trend([0.1], 1), trend([0.1, 0.2], 2), trend([0.4], 3))
  expect(series).toMatchObject([{ kind: 'histogram', first: 1, last: 3, histogram: { count: 3 } }])
  expect(series[0]).toMatchObject({ histogram: { positive: histogramOf([0.1, 0.2, 0.4]).positive } })
})

test('a stale marker ends nothing; what comes with it at the time of the last push is the full count', () => {
  const stale = { at: 3, value: NaN }
  const marked = { ...counter(NaN, 3) }
  expect(stored(counter(3, 2), marked)).toMatchObject([{ total: 3, last: 2 }])
  expect(stored(trend([0.1], 2), trend([0.1, 0.1], 2, [stale]))).toMatchObject([{ histogram: { count: 2 } }])
  expect(stored(marked)).toEqual([])
})

test('instances are series of their own; the order of labels and the run tag of the feature are not', () => {
  const series = stored(
    counter(1, 1, { instance_id: '1', name: 'home', k6_feature_native_histograms: 'true' }),
    counter(2, 2, { name: 'home', instance_id: '1' }),
    counter(5, 2, { name: 'home', instance_id: '2' }),
  )
  expect(series).toMatchObject([
    { total: 2, labels: { instance_id: '1', name: 'home' } },
    { total: 5, labels: { instance_id: '2', name: 'home' } },
  ])
  expect(Object.keys(series[0]!.labels)).toEqual(['instance_id', 'name'])
})

test('a gauge is the value of its latest time', () => {
  const gauge = (value: number, at: number): Pushed => ({ ...counter(value, at), name: 'k6_vus' })
  expect(stored(gauge(3, 1), gauge(9, 5), gauge(4, 3), gauge(2, 6))).toMatchObject([
    { kind: 'gauge', value: 2, first: 1, last: 6 },
  ])
})

test('two metrics under one name are no restart: the others go on, and the name is told', () => {
  const store = createStore()
  for (const at of [1, 2, 3])
    store.add([
      { ...counter(10 * at, at), name: 'k6_http_reqs_total' },
      trend([0.1, 0.2, 0.3].slice(0, at), at),
      trend([7], at),
    ])
  expect(store.series().find(({ name }) => name === 'k6_http_reqs_total')).toMatchObject({ total: 30 })
  expect(store.shared()).toHaveLength(1)
})

test('what a store gives away, and what was pushed, stays as it was when more comes', () => {
  const store = createStore()
  const pushes = [[0.1], [0.1, 0.1, 9], [0.1, 0.1, 9, 9]].map((values, at) => trend(values, at))
  const before = structuredClone(pushes)
  const given = pushes.map((push) => [store.add([push]), store.series()] as const)
  const counts = given.map(([[change], [one]]) => [
    change?.kind === 'histogram' && change.by.count,
    one?.kind === 'histogram' && [one.histogram.count, ...one.histogram.positive.counts],
  ])
  expect(counts).toEqual([
    [1, [1, 1]],
    [2, [3, 2, 1]],
    [1, [4, 2, 2]],
  ])
  expect(pushes).toEqual(before)
})
