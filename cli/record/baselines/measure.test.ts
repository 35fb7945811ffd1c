import { expect, test } from 'vitest'
import { counter, gauge, trend } from '../../../test/doubles/pushesOfK6.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import type { RunRecord } from '../runRecord.ts'
import { createStore } from '../store.ts'
import { conditionsOf } from './conditions.ts'
import { measuredRun } from './measure.ts'

const record = fakeRecord(() => 0.5)
const IN_STEP = { journey: 'checkout', step: 'place order', scenario: 'browsers' }

/** Where things were measured, and how many there were. */
function placesOf(of: RunRecord, pushes: ReturnType<typeof counter>[]): string[] {
  const store = createStore()
  store.add(pushes)
  return measuredRun(of, store).measurements.map((one) => {
    const { metric, journey, step, scenario, request, check, phase } = one
    const counts =
      one.kind === 'values'
        ? `${one.values.count}`
        : one.kind === 'share'
          ? `${one.part}/${one.of}`
          : `${one.count} in ${one.seconds} s`
    const place = [journey, step, scenario, request, check, phase].filter(Boolean).join(' › ')
    return `${metric} of ${place}: ${counts}`
  })
}

test('of a suite: journeys, steps, failed ones, own metrics and rates, in judged phases and the warm-up', () => {
  const at = (phase: string) => ({ ...IN_STEP, phase })
  const open = { ...record.declared, scenarios: { browsers: { executor: 'constant-arrival-rate' } } }
  const own = [{ name: 'shop_accepted', kind: 'rate', meaning: 'Orders' }]
  const declared = { metrics: [], pools: [], phases: {}, ...open, own } as NonNullable<RunRecord['declared']>
  expect(
    placesOf({ ...record, declared }, [
      trend('k6_group_duration_seconds', [0.1, 0.2], 1000, at('steady')),
      trend('k6_group_duration_seconds', [0.3], 1000, { ...at('steady'), name: 'another' }),
      trend('k6_group_duration_seconds', [0.9], 1000, at('warm-up')),
      trend('k6_group_duration_seconds', [0.9], 1000, at('ramp-up')),
      counter('k6_http_reqs_total', 98, 1000, { ...at('steady'), expected_response: 'true' }),
      counter('k6_http_reqs_total', 2, 1000, { ...at('steady'), expected_response: 'false' }),
      counter('k6_journeys_completed_total', 9, 1000, at('steady')),
      counter('k6_journeys_failed_total', 1, 1000, at('steady')),
      counter('k6_iterations_total', 420, 1000, { scenario: 'browsers', phase: 'steady' }),
      counter('k6_shop_accepted_nonzero_total', 7, 1000, at('steady')),
      counter('k6_shop_accepted_zero_total', 3, 1000, at('steady')),
      // Requests of setup belong to no step.
      counter('k6_http_reqs_total', 5, 1000, { expected_response: 'true' }),
    ]),
  ).toEqual([
    'journey_failed of checkout › steady: 1/10',
    'group_duration of checkout › place order › steady: 3',
    'group_duration of checkout › place order › warm-up: 1',
    'http_req_failed of checkout › place order › steady: 2/100',
    'shop_accepted of steady: 7/10',
    'iterations of browsers › steady: 420 in 210 s',
  ])
})

test('of sockets what connecting took, never how long they were; of GraphQL the failed share of a step', () => {
  const at = { ...IN_STEP, phase: 'steady' }
  const pushes = [
    trend('k6_ws_connecting_seconds', [0.1, 0.2], 1000, { ...at, name: 'chat' }),
    trend('k6_ws_session_duration_seconds', [9], 1000, { ...at, name: 'chat' }),
    trend('k6_grpc_req_duration_seconds', [0.1], 1000, { ...at, name: 'GetProduct' }),
    counter('k6_grpc_calls_total', 5, 1000, { ...at, name: 'GetProduct' }),
    counter('k6_grpc_calls_failed_total', 2, 1000, { ...at, name: 'GetProduct' }),
    counter('k6_graphql_operations_total', 4, 1000, { ...at, name: 'Cart' }),
    counter('k6_graphql_operations_failed_total', 1, 1000, { ...at, name: 'Cart' }),
  ]
  expect(placesOf(record, pushes)).toEqual([
    'graphql_operation_failed of checkout › place order › steady: 1/4',
    'grpc_call_failed of checkout › place order › steady: 2/5',
    'ws_connecting of checkout › chat › steady: 2',
  ])
  expect(placesOf({ ...record, script: 'script.js', checks: [] }, pushes)).toEqual([
    'grpc_req_duration of browsers › GetProduct › steady: 1',
    'ws_connecting of browsers › steady: 2',
  ])
})

test('of a plain script: its requests and checks by name', () => {
  const checks = ['', '::cart'].map((group) => ({ name: 'is up', group, passes: 97, fails: 3 }))
  const script = { ...record, script: 'script.js', judgedPhases: [], checks }
  expect(
    placesOf(script, [
      trend('k6_http_req_duration_seconds', [0.1, 0.2], 1000, { scenario: 'default', name: 'home' }),
      counter('k6_http_reqs_total', 2, 1000, { scenario: 'default', name: 'home' }),
    ]),
  ).toEqual([
    'http_req_duration of default › home: 2',
    'http_req_failed of default › home: 0/2',
    'checks_failed of is up: 6/200',
  ])
})

test('of many places those with most samples are kept, the judged ones whatever the warm-up has; how many were cut is told', () => {
  const script = { ...record, script: 'script.js' }
  const store = createStore()
  const names = Array.from({ length: 103 }, (_, at) => `item ${at}`)
  for (const [phase, values] of [
    ['warm-up', [0.1, 0.1, 0.1]],
    ['steady', [0.1]],
  ] as const)
    store.add(
      names
        .slice(phase === 'steady' ? 0 : 1)
        .map((name) =>
          trend('k6_http_req_duration_seconds', [...values], 1000, { scenario: 's', name, phase }),
        ),
    )
  const { measurements, cut } = measuredRun(script, store)
  const times = (phase: string) => measurements.filter((one) => one.phase === phase)
  expect([times('steady').length, times('warm-up').length]).toEqual([100, 100])
  expect(cut).toEqual({ http_req_duration: 3 })
  expect(measuredRun(script, createStore())).not.toHaveProperty('cut')
})

test('checks by name: their shares in judged phases, of those that their step asked', () => {
  const at = (phase: string) => ({ ...IN_STEP, phase })
  expect(
    placesOf(record, [
      counter('k6_checks_succeeded_total', 194, 1000, at('steady')),
      counter('k6_checks_failed_total', 6, 1000, at('steady')),
      gauge('k6_checks_rate', 1, 1000, { ...at('steady'), check: 'is up' }),
      gauge('k6_checks_rate', 0.94, 1000, { ...at('steady'), check: 'is complete', kind: 'order' }),
      counter('k6_checks_failed_total', 9, 1000, at('warm-up')),
      gauge('k6_checks_rate', 0, 1000, { ...at('warm-up'), check: 'is up' }),
    ]),
  ).toEqual([
    'checks_failed of checkout › place order › is complete › steady: 6/100',
    'checks_failed of checkout › place order › is up › steady: 0/100',
  ])
})

test('conditions: the load as k6 had it, the minor version, the machine; the port of the embedded shop is none', () => {
  const [one] = record.instances
  const on = (machine: string, version: string): RunRecord => ({
    ...record,
    instances: [{ ...one!, machine, k6: { ...one!.k6, version } }],
  })
  const conditions = conditionsOf(on('linux x64, 2 CPUs, 8 GiB', 'v2.2.0'))
  expect(conditions).toMatchObject({ k6: 'v2.2', generator: 'linux x64, 2 CPUs, 8 GiB', instances: '1' })
  expect(conditionsOf(on('linux x64, 2 CPUs, 8 GiB', 'v2.2.1'))).toEqual(conditions)
  const embedded = (target: string) => conditionsOf({ ...record, embedded: true, target })
  expect(embedded('http://127.0.0.1:40001')).toEqual(embedded('http://127.0.0.1:40002'))
  const segment = { ...record, load: { ...record.load, segment: { text: '0:1/2', share: 0.5 } } }
  expect(conditionsOf(segment).load).not.toBe(conditionsOf(record).load)
})
