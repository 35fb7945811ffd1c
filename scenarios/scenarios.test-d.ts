import { expectTypeOf, test } from 'vitest'
import type { Runnable, Scenario } from '../lib/index.ts'
import { constantArrivalRate, constantVUs, mix, rampingVUs, workload } from './index.ts'

declare const journey: Runnable

test('an executor takes its own options, and no others', () => {
  expectTypeOf(constantVUs(journey, { vus: 1, duration: '1m' })).toEqualTypeOf<Scenario>()
  // @ts-expect-error a duration is required
  constantVUs(journey, { vus: 1 })
  // @ts-expect-error an arrival rate needs VUs
  constantArrivalRate(journey, { rate: 1, duration: '1m' })
  // @ts-expect-error stages are those of ramping executors
  constantVUs(journey, { vus: 1, duration: '1m', stages: [] })
  // @ts-expect-error exec is the first argument
  rampingVUs(journey, { stages: [], exec: 'browse' })
})

test('a load is open or closed, and a mix keeps its names', () => {
  const scenario = workload()
  scenario(journey, { rate: 1 })
  scenario(journey, { vus: 1 })
  // @ts-expect-error a load has a size
  scenario(journey, {})
  // @ts-expect-error a name is no journey
  scenario('browse', { rate: 1 })
  expectTypeOf(mix(scenario, { rate: 9 }, { browse: [journey, 2], buy: [journey, 1] })).toEqualTypeOf<
    Record<'browse' | 'buy', Scenario>
  >()
})
