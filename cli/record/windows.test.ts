import { expect, test } from 'vitest'
import { counter, trend } from '../../test/doubles/pushesOfK6.ts'
import { total } from './query.ts'
import { createStore } from './store.ts'
import { createWindows, type Window } from './windows.ts'

const LENGTH = 10_000

test('a k6 that was killed and started again counts anew in every series, also in one that seems to have grown', () => {
  const store = createStore()
  const rare = (value: number, at: number) => counter('k6_http_reqs_total', value, at, { status: '500' })
  store.add([counter('k6_iterations_total', 50, 1000), rare(1, 900)])
  store.add([rare(2, 9000), counter('k6_iterations_total', 8, 9000)])
  expect([total(store, 'iterations'), total(store, 'http_reqs')]).toEqual([58, 3])
  store.add([rare(3, 9900)])
  expect(total(store, 'http_reqs')).toBe(4)
})

test('a script may lower its own counter: nothing else begins anew', () => {
  const store = createStore()
  store.add([counter('k6_shop_stock_total', 5, 1000), counter('k6_iterations_total', 5, 1000)])
  store.add([counter('k6_shop_stock_total', 4, 2000), counter('k6_iterations_total', 6, 2000)])
  expect(total(store, 'iterations')).toBe(6)
})

test('a window holds what its time gained; one that is taken out is opened again for what comes late', () => {
  const store = createStore()
  const windows = createWindows(LENGTH)
  const add = (value: number, at: number) =>
    windows.add(store.add([counter('k6_iterations_total', value, at)]))
  for (const [value, at] of [
    [3, 1000],
    [5, 9999],
    [6, 10_000],
    [2, 25_000],
  ] as const)
    add(value, at)
  const told = (all: Window[]) =>
    all.map(({ at, until, changes }) => [
      at,
      until,
      [...changes.values()].flat().map((change) => ('by' in change ? [change.place, change.by] : [])),
    ])
  expect(told(windows.take(20_000))).toEqual([
    [0, 9999, [['new', 5]]],
    [10_000, 10_000, [['latest', 1]]],
  ])
  expect(windows.take(20_000)).toEqual([])
  add(9, 12_000)
  expect(told(windows.take(Infinity))).toEqual([
    [10_000, 12_000, [['earlier', 3]]],
    [20_000, 25_000, [['new', 2]]],
  ])
})

test('what a window has added up is its own: the changes it was given stay as they were', () => {
  const store = createStore()
  const windows = createWindows(LENGTH)
  const times = [[0.1], [0.1, 0.2], [0.1, 0.2, 0.2]].map((values, second) =>
    store.add([trend('k6_http_req_duration_seconds', values, 1000 * second, {})]),
  )
  const before = structuredClone(times)
  for (const changes of times) windows.add(changes)
  const [window] = windows.take(Infinity)
  expect([...(window?.changes.values() ?? [])]).toMatchObject([[{ at: 2000, by: { count: 3 } }]])
  expect(times).toEqual(before)
})
