import { expect, test } from 'vitest'
import { counter } from '../../test/doubles/pushesOfK6.ts'
import { derived, groupedBy } from './derived.ts'
import { createStore, storeOfInstance } from './store.ts'

const pushed = (instance_id: string, value: number, at: number) =>
  counter('k6_iterations_total', value, at, { instance_id })

test('what follows from series is computed once, until they change', () => {
  const store = createStore()
  let times = 0
  const sizeOf = derived((all) => {
    times++
    return all.length
  })
  store.add([pushed('1', 1, 1000)])
  expect([sizeOf(store.series()), sizeOf(store.series()), times]).toEqual([1, 1, 1])
  store.add([pushed('2', 1, 1000)])
  expect([sizeOf(store.series()), times]).toEqual([2, 2])
})

test('a group has the series of its key in their order, and one that nobody has is empty', () => {
  const store = createStore()
  store.add([pushed('1', 1, 1000), pushed('2', 5, 1000)])
  const groups = groupedBy(({ labels }) => labels.instance_id ?? '')(store.series())
  expect([...groups.keys()]).toEqual(['1', '2'])
  const second = storeOfInstance(store, '2')
  store.add([pushed('2', 7, 2000)])
  expect(second.series()).toMatchObject([{ total: 7 }])
  expect(storeOfInstance(store, '3').series()).toEqual([])
})
