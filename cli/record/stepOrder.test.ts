import { expect, test } from 'vitest'
import { histogramOf } from '../prometheus/index.ts'
import { createStore, type Store } from './store.ts'
import { stepsInTime } from './stepOrder.ts'

/** A store in which each step first ended at a time (ms), so often in all, last at another time. */
function storeOf(
  steps: readonly (readonly [string, first: number, completed: number, last: number])[],
): Store {
  const store = createStore()
  for (const [path, first, completed, last] of steps) {
    const labels = { journey: 'buy', step: path.split('::').at(-1) ?? '', group: `::${path}` }
    const times = (at: number, values: number[]) => ({
      name: 'k6_group_duration_seconds',
      labels,
      samples: [],
      histograms: [{ at, value: histogramOf(values) }],
    })
    store.add([times(first, [1])])
    store.add([times(last, [1, 1])])
    store.add([
      { name: 'k6_steps_completed_total', labels, samples: [{ at: last, value: completed }], histograms: [] },
    ])
  }
  return store
}

test('steps that nothing declares stand in the order of time, within a push by how many came so far', () => {
  const store = storeOf([
    ['cancel', 1500, 20, 9400],
    ['view order', 1300, 20, 9300],
    ['place order', 1100, 20, 9200],
    ['list products', 1600, 22, 9600],
    ['rate the shop', 5000, 3, 5000],
  ])
  const order = ['list products', 'place order', 'view order', 'cancel', 'rate the shop']
  expect(stepsInTime(store, 'buy', [])).toEqual(order)
  // The walk of a build may have seen one step alone.
  expect(stepsInTime(store, 'buy', ['list products'])).toEqual(order)
})

test('what was declared in another order than it happened stands as it happened', () => {
  const store = storeOf([
    ['pay', 4000, 20, 9000],
    ['home', 1000, 20, 8000],
  ])
  expect(stepsInTime(store, 'buy', ['pay', 'home'])).toEqual(['home', 'pay'])
})

test('a declared step that few make, or none, stays behind the one before it', () => {
  const store = storeOf([
    ['home', 1000, 100, 9000],
    ['pay', 3000, 90, 9000],
    ['coupon', 8000, 2, 8000],
  ])
  const declared = ['home', 'search', 'coupon', 'pay']
  expect(stepsInTime(store, 'buy', declared)).toEqual(declared)
})

test('a step stands before those inside of it', () => {
  const store = storeOf([
    ['shop', 9000, 1, 9000],
    ['shop::look', 1000, 1, 1000],
    ['shop::buy', 5000, 1, 5000],
  ])
  expect(stepsInTime(store, 'buy', [])).toEqual(['shop', 'look', 'buy'])
})
