import { expect, test } from 'vitest'
import { decodePhases } from '../../config/workload/phases.ts'
import type { Labels, Pushed } from '../prometheus/index.ts'
import { createStore } from './store.ts'
import { lastSample, phaseTimes } from './phaseTimes.ts'

const start = Date.parse('2026-11-22T10:00:00.000Z')
const seen = (seconds: number, labels: Labels, value = 1): Pushed => ({
  name: 'k6_iterations_total',
  labels,
  histograms: [],
  samples: [{ at: start + 1000 * seconds, value }],
})
const storeOf = (...pushes: Pushed[]) => {
  const store = createStore()
  for (const push of pushes) store.add([push])
  return store
}
const phases = { buyers: decodePhases('ramp-up:30000 steady*:60000 ramp-down:5000'), idle: [] }
const told = (store: ReturnType<typeof storeOf>, end?: number) =>
  phaseTimes(store, phases, end === undefined ? undefined : start + end * 1000).map(
    ({ phase, from, to, judged }) =>
      [phase, Date.parse(from) - start, Date.parse(to) - start, judged].join(' '),
  )

test('boundaries lie at the declared lengths after the first sample; the run’s end clips them', () => {
  const store = storeOf(seen(2, { scenario: 'buyers' }), seen(80, { scenario: 'other' }))
  expect(told(store, 200)).toEqual([
    'ramp-up 2000 32000 false',
    'steady 32000 92000 true',
    'ramp-down 92000 97000 false',
  ])
  expect(told(store, 50)).toEqual(['ramp-up 2000 32000 false', 'steady 32000 50000 true'])
  expect(told(store)).toEqual(['ramp-up 2000 32000 false', 'steady 32000 80000 true'])
  expect(phaseTimes(store, phases, start + 50_000)[0]).toEqual({
    scenario: 'buyers',
    phase: 'ramp-up',
    judged: false,
    from: '2026-11-22T10:00:02.000Z',
    to: '2026-11-22T10:00:32.000Z',
  })
})

test('a phase’s own first sample bounds the start of all: the first push may be late', () => {
  const of = (phase: string) => ({ scenario: 'buyers', phase })
  const store = storeOf(seen(2, of('ramp-up')), seen(30.5, of('steady')), seen(91, of('ramp-down'), 2))
  expect(told(store, 200)[1]).toBe('steady 30500 90500 true')
})

test('a scenario that took no sample has no times', () => {
  expect(told(storeOf(seen(2, { scenario: 'other' })), 200)).toEqual([])
  expect(told(createStore())).toEqual([])
  expect(lastSample(createStore())).toBeUndefined()
})

test('scenarios that begin together do so with the first of them; one that comes later has a time of its own', () => {
  const both = { buyers: phases.buyers, visitors: decodePhases('steady*:60000') }
  const beginnings = (later: number) =>
    phaseTimes(
      storeOf(seen(2, { scenario: 'buyers' }), seen(2 + later, { scenario: 'visitors' })),
      both,
      start + 300_000,
    )
      .filter(({ phase }) => phase !== 'ramp-down')
      .map(({ scenario, phase, from }) => [scenario, phase, Date.parse(from) - start].join(' '))
  expect(beginnings(2)).toEqual(['buyers ramp-up 2000', 'buyers steady 32000', 'visitors steady 2000'])
  expect(beginnings(-2)).toEqual(['buyers ramp-up 0', 'buyers steady 30000', 'visitors steady 0'])
  expect(beginnings(2.001)[2]).toBe('visitors steady 4001')
})
