import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Change } from './changes.ts'
import type { Pushed } from '../prometheus/index.ts'
import { distribution, total } from './query.ts'
import { createStore, type Store } from './store.ts'
import { counter, inAll, lives, pushesOf, trend } from '../../test/doubles/pushesOfK6.ts'
import { createWindows, type Window } from './windows.ts'

const LENGTH = 10_000

/** The state that windows add up to. */
function added(windows: readonly Window[]): Store {
  const store = createStore()
  for (const { changes } of windows)
    for (const [{ name, labels, first }, all] of changes) {
      const series = store.open(name, labels, first)
      for (const change of all) store.replay({ ...change, series })
    }
  return store
}

/** Without times, and sums of doubles to nine digits: their last bits depend on the order. */
const states = (store: Store) =>
  store.series().map(({ first, last, ...state }) => {
    expect(first).toBeLessThanOrEqual(last)
    if (state.kind !== 'histogram') return state
    return { ...state, histogram: { ...state.histogram, sum: state.histogram.sum.toPrecision(9) } }
  })

const sorted = (all: readonly object[]) => all.map((each) => JSON.stringify(each)).sort()

/** Pushes in a wrong order, some of them twice, of two instances; and where windows are taken out in between. */
const muddle = fc.tuple(lives, lives).chain(([one, other]) => {
  const pushes = [...pushesOf(one, { instance: 'a' }), ...pushesOf(other, { instance: 'b' })]
  const places = pushes.map((_, place) => place)
  return fc.tuple(
    fc.constant(pushes),
    fc.shuffledSubarray([...places, ...places], { minLength: places.length }),
    fc.array(fc.nat({ max: 100_000 }), { maxLength: 4 }),
  )
})

test('the sum over all windows is the state, whatever the order, duplicates, restarts and instances', () => {
  fc.assert(
    fc.property(muddle, ([pushes, order, takes]) => {
      const store = createStore()
      const windows = createWindows(LENGTH)
      const taken: Window[] = []
      order.forEach((place, turn) => {
        windows.add(store.add(pushes[place] ?? []))
        const by = takes[turn % 7]
        if (by !== undefined) taken.push(...windows.take(1_000_000 + by))
      })
      taken.push(...windows.take(Infinity))
      expect(sorted(states(added(taken)))).toEqual(sorted(states(store)))
      const counted = taken.flatMap(({ changes }) => [...changes.values()].flat())
      const sum = (kind: Change['kind']) =>
        counted.reduce((all, change) => {
          if (change.kind === 'gauge' || change.kind !== kind) return all
          return all + (change.kind === 'counter' ? change.by : change.by.count)
        }, 0)
      expect(sum('counter')).toBe(total(store, 'iterations'))
      expect(sum('histogram')).toBe(distribution(store, 'http_req_duration')?.count ?? 0)
    }),
    { numRuns: 75 },
  )
})

test('in order, each k6 is counted in full, however often it is started again', () => {
  fc.assert(
    fc.property(fc.tuple(lives, lives), ([one, other]) => {
      const stopped = (labels: Record<string, string>, all: readonly (readonly number[])[]): Pushed[][] => {
        let at = 1_000_000
        const ends = all.map((life) => (at += 1000 * life.length + 3000) - 1500)
        const stale = ends.map((end) =>
          [
            counter('k6_iterations_total', NaN, end, labels),
            trend('k6_http_req_duration_seconds', [], 0, labels),
          ].map((push) => ({ ...push, samples: [{ at: end, value: NaN }], histograms: [] })),
        )
        const timed = [...pushesOf(all, labels), ...stale]
        const time = (push: Pushed[]) => push[0]?.samples[0]?.at ?? 0
        return timed.sort((a, b) => time(a) - time(b))
      }
      const store = createStore()
      for (const push of [...stopped({ instance_id: '1' }, one), ...stopped({ instance_id: '2' }, other)])
        store.add(push)
      for (const [instance_id, all] of [['1', one] as const, ['2', other] as const]) {
        expect(total(store, 'iterations', { instance_id })).toBe(inAll(all))
        expect(distribution(store, 'http_req_duration', { instance_id })?.count ?? 0).toBe(inAll(all))
      }
    }),
  )
})
