import { expect, test } from 'vitest'
import { createStore, textsOf, type JourneyFigures } from '../record/index.ts'
import type { Facts } from './facts.ts'
import { FEW_UNFINISHED, UNFINISHED } from './rules/iterations.ts'
import { endedByItself, mayCut, unfinishedBy, unfinishedIn, unfinishedOf, withEnds } from './unfinished.ts'

const unfinishedTexts = (unfinished: Facts['unfinished'], mayCut?: number) => {
  const facts = { unfinished, mayCut } as Facts
  return { reasons: textsOf(UNFINISHED.read(facts)), notes: textsOf(FEW_UNFINISHED.read(facts)) }
}
const step = (name: string, completed: number) => ({ name, completed, measured: 0, requests: 0, failed: 0 })
const journey = (more: Partial<JourneyFigures>): JourneyFigures => ({
  name: 'buy',
  started: 3,
  completed: 0,
  failed: 0,
  steps: [step('basket', 3), step('pay', 0)],
  ...more,
})

test('what started and neither completed nor failed was interrupted, in the step that most never left', () => {
  expect(unfinishedIn(withEnds([journey({}), journey({ name: 'visit', completed: 2, failed: 1 })]))).toEqual([
    { journey: 'buy', started: 3, interrupted: 3, step: 'pay' },
  ])
})

test('many keep a run from passing, few are a note', () => {
  const { reasons, notes } = unfinishedTexts([
    { journey: 'buy', started: 3, interrupted: 3, step: 'pay' },
    { started: 100, interrupted: 5 },
  ])
  expect(reasons).toEqual([
    'buy: 3 started, 3 interrupted in step pay: they had not ended when k6 stopped them',
  ])
  expect(notes).toEqual(['100 started, 5 interrupted: they had not ended when k6 stopped them'])
})

test('where scenarios ask for no graceful stop, VUs that are cut off are a note', () => {
  const cut = { ten: { executor: 'constant-vus', vus: 10, duration: '5s', gracefulStop: '0s' } }
  expect([mayCut(cut), mayCut({ ten: { ...cut.ten, gracefulStop: '30s' } })]).toEqual([10, 0])
  expect(unfinishedTexts([{ started: 50, interrupted: 10 }], 10).reasons).toEqual([])
  expect(unfinishedTexts([{ started: 50, interrupted: 11 }], 10).reasons).toHaveLength(1)
  expect(unfinishedTexts([{ started: 10, interrupted: 10 }], 10).reasons).toHaveLength(1)
})

/** A store with k6's looks at its VUs: `ten` at the first and the last, so many seconds later. */
const looks = (seconds: number) => {
  const store = createStore()
  for (const at of [1000, 1000 + seconds * 1000])
    store.add([{ name: 'k6_vus', labels: {}, samples: [{ at, value: 10 }], histograms: [] }])
  return store
}
const each = { executor: 'per-vu-iterations', vus: 2, iterations: 20 }
const looping = { executor: 'constant-vus', vus: 10, duration: '5s' }

test.each([
  ['all of a number', looks(1), { each }, 40, 0, 0],
  ['some were never begun', looks(1), { each }, 8, 32, 0],
  ['one of a number hung', looks(1), { each }, 38, 1, 1],
  ['VUs that came to an end', looks(12), { looping }, 90, 0, 0],
  ['VUs that hung through the graceful stop', looks(34), { looping }, 90, 0, 10],
  ['VUs without a graceful stop', looks(4.5), { looping: { ...looping, gracefulStop: '0s' } }, 90, 0, 10],
  ['nothing recorded', createStore(), { looping }, 90, 0, 0],
  ['no shapes', looks(34), {}, 90, 0, 0],
])('of a script, %s', (_, store, scenarios, iterations, dropped, interrupted) => {
  expect(unfinishedOf(store, scenarios, { iterations, dropped })).toEqual(
    interrupted === 0 ? [] : [{ started: iterations + interrupted, interrupted }],
  )
})

test.each([
  [3, [{ started: 93, interrupted: 3 }]],
  [0, []],
])('of a script without a number, k6’s own count of %d goes before what VUs tell', (told, expected) => {
  expect(unfinishedOf(looks(34), { looping }, { iterations: 90, dropped: 0, told })).toEqual(expected)
})

test('of a script, a scenario that completed nothing is told, whatever the others did', () => {
  const store = looks(6)
  const count = (name: string, scenario: string, value: number) =>
    store.add([{ name, labels: { scenario }, samples: [{ at: 1000, value }], histograms: [] }])
  count('k6_iterations_total', 'good', 60)
  count('k6_http_reqs_total', 'good', 60)
  count('k6_http_reqs_total', 'hung', 2)
  const scenarios = {
    good: { ...looping, vus: 1 },
    hung: { ...looping, vus: 2, duration: '2s', gracefulStop: '1s' },
  }
  const all = unfinishedOf(store, scenarios, { iterations: 60, dropped: 0 })
  expect(all).toEqual([{ scenario: 'hung', started: 2, interrupted: 2 }])
  expect(unfinishedTexts(all).reasons).toEqual([
    'scenario hung: 2 started, 2 interrupted: they had not ended when k6 stopped them',
  ])
})

test('a load that a threshold, an abort or a signal ended is not whole', () => {
  const stopped =
    "thresholds on metrics 'checks' were crossed; at least one has abortOnFail enabled, stopping test"
  const crossed = "thresholds on metrics 'checks' have been crossed"
  expect([endedByItself(0, []), endedByItself(110, []), endedByItself(99, [crossed])]).toEqual([
    true,
    true,
    true,
  ])
  expect([
    endedByItself(99, [stopped]),
    endedByItself(108, []),
    endedByItself(105, []),
    endedByItself(undefined, []),
  ]).not.toContain(true)
})

test('of a run that was not recorded, k6’s own figures tell', () => {
  const of = (started: number, completed: number, failed: number) =>
    unfinishedBy({
      metrics: {
        journeys_started: { count: started },
        journeys_completed: { count: completed },
        journeys_failed: { count: failed },
      },
    })
  expect([of(9, 5, 4), of(9, 5, 1)]).toEqual([[], [{ started: 9, interrupted: 3 }]])
})
