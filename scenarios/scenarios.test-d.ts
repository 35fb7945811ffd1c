import { expectTypeOf, test } from 'vitest'
import type { ExecutorScenario, Journey, Runnable, Workload } from '../lib/index.ts'
import { journey as make, suite, weighted } from '../lib/index.ts'
import { constantArrivalRate, constantVUs, mix, rampingVUs, workload } from './index.ts'

declare const journey: Runnable

test('an executor takes its own options, and no others', () => {
  expectTypeOf(constantVUs(journey, { vus: 1, duration: '1m' })).toEqualTypeOf<ExecutorScenario>()
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
    Record<'browse' | 'buy', Workload>
  >()
})

declare const account: Journey<{ token: string }>
const setup = () => ({ token: 't' })

test('a workload takes what goes for any scenario of k6', () => {
  workload()(journey, { rate: 1 }, { startTime: '1m', gracefulStop: '5s', env: { A: 'b' }, tags: { c: 'd' } })
  // @ts-expect-error its stages are the profile's
  workload()(journey, { rate: 1 }, { stages: [] })
  // @ts-expect-error its executor, too
  workload()(journey, { rate: 1 }, { executor: 'constant-vus' })
})

test('a journey gets what setup returns, or does not compile', () => {
  const scenario = workload()
  const scenarios = { members: scenario(account, { rate: 1 }), guests: scenario(journey, { rate: 1 }) }
  suite({ name: 'a', setup, scenarios })
  suite({ name: 'a', setup: () => Promise.resolve({ token: 't', more: 1 }), scenarios })
  suite({ name: 'a', setup, scenarios: { members: constantVUs(account, { vus: 1, duration: '1m' }) } })
  suite({ name: 'a', setup, scenarios: mix(scenario, { rate: 9 }, { a: [account, 1], b: [journey, 2] }) })
  suite({
    name: 'a',
    setup,
    scenarios: { any: scenario(weighted([account, 1], [make('b', () => 0), 2]), { vus: 1 }) },
  })
  // @ts-expect-error there is no setup
  suite({ name: 'a', scenarios })
  // @ts-expect-error setup returns something else
  suite({ name: 'a', setup: () => ({ tokens: [] }), scenarios })
  // @ts-expect-error whatever the executor
  suite({ name: 'a', scenarios: { members: constantVUs(account, { vus: 1, duration: '1m' }) } })
})
