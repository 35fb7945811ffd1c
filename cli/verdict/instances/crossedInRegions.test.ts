import { expect, test } from 'vitest'
import { createStore, regionsOf } from '../../record/index.ts'
import { counter, trend } from '../../../test/doubles/pushesOfK6.ts'
import { crossedInRegions } from './crossedInRegions.ts'

/** Regions that answered in these times (seconds), so often. */
function storeOf(regions: Readonly<Record<string, readonly number[]>>) {
  const store = createStore()
  Object.entries(regions).forEach(([region, times], index) => {
    const labels = { instance_id: String(index + 1), region }
    store.add([
      counter('k6_iterations_total', times.length, 1000, labels),
      counter('k6_http_reqs_total', times.length, 1000, { ...labels, expected_response: 'true' }),
      trend('k6_http_req_duration_seconds', times, 1000, labels),
    ])
  })
  return store
}

const repeat = (seconds: number, count: number): number[] => Array.from({ length: count }, () => seconds)
const thresholds = { http_req_duration: ['p(95)<500'], http_reqs: ['count>100'] }
const held = [
  { metric: 'http_req_duration', threshold: 'p(95)<500', result: 'pass' as const },
  { metric: 'http_reqs', threshold: 'count>100', result: 'pass' as const },
]

test('a region has figures of its own, and a threshold that it alone crosses is told', () => {
  const store = storeOf({ eu: repeat(0.1, 200), us: repeat(0.9, 8) })
  const figures = regionsOf(store, [])
  expect(figures).toMatchObject([
    { region: 'eu', iterations: 200, requests: 200 },
    { region: 'us', iterations: 8, requests: 8 },
  ])
  const [eu, us] = figures
  expect(eu?.p95).toBeLessThan(115)
  expect(us?.p95).toBeGreaterThan(800)
  // How much the whole is to do is asked of no region.
  expect(crossedInRegions(store, { thresholds }, held)).toMatchObject([
    { region: 'us', metric: 'http_req_duration', threshold: 'p(95)<500' },
  ])
  // What is crossed in all is told of all.
  expect(crossedInRegions(store, { thresholds }, [])).toEqual([])
})

test('one region is the whole', () => {
  const store = storeOf({ eu: repeat(0.9, 5) })
  expect([regionsOf(store, []), crossedInRegions(store, { thresholds }, held)]).toEqual([[], []])
})
