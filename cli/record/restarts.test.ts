import { expect, test } from 'vitest'
import { counter } from '../../test/doubles/pushesOfK6.ts'
import { total } from './query.ts'
import { fell } from './restarts.ts'
import { createStore } from './store.ts'

test.each(['k6_iterations_total', 'k6_http_reqs_total', 'k6_data_sent_total', 'k6_data_received_total'])(
  'where %s falls, k6 has started again; where it stays or rises it has not',
  (name) => {
    expect([fell(name, 1, 2), fell(name, 2, 2), fell(name, 3, 2)]).toEqual([true, false, false])
  },
)

test('a script may lower its own counter', () => {
  expect(fell('k6_own_total', 1, 2)).toBe(false)
})

test.each(['instance', 'instance_id', 'testid'])(
  'a k6 that starts again says nothing of another, told apart by %s',
  (tag) => {
    const [one, other] = [{ [tag]: 'a' }, { [tag]: 'b' }]
    const store = createStore()
    store.add([
      counter('k6_iterations_total', 5, 1000, one),
      counter('k6_own_total', 7, 1000, one),
      counter('k6_own_total', 7, 1000, other),
    ])
    store.add([counter('k6_iterations_total', 2, 2000, one)])
    store.add([counter('k6_own_total', 1, 2000, one), counter('k6_own_total', 8, 2000, other)])
    expect(total(store, 'iterations')).toBe(7)
    expect(total(store, 'own', one)).toBe(8)
    expect(total(store, 'own', other)).toBe(8)
  },
)
