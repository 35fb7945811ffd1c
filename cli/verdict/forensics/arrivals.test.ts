import { expect, test } from 'vitest'
import { decodePhases } from '../../../config/workload/phases.ts'
import { plannedIn } from './arrivals.ts'

const ramping = {
  executor: 'ramping-arrival-rate',
  startRate: 0,
  timeUnit: '10s',
  preAllocatedVUs: 5,
  stages: [
    { duration: '30s', target: 100 },
    { duration: '30s', target: 100 },
    { duration: '1m', target: 100 },
    { duration: '5s', target: 0 },
  ],
}
const phases = decodePhases('ramp-up:30000 warm-up:30000 steady*:60000 ramp-down:5000')

test('iterations that a rate asks for in the judged phases, as far as they were run', () => {
  expect(plannedIn(ramping, phases, 1000)).toBeCloseTo(600)
  expect(plannedIn(ramping, phases, 90)).toBeCloseTo(300)
  expect(plannedIn(ramping, phases, 20)).toBe(0)
  expect(plannedIn({ ...ramping, startTime: '30s' }, phases, 90)).toBe(0)
  expect(plannedIn({ ...ramping, startTime: '30s' }, phases, 100)).toBeCloseTo(100)
})

test('the area under a ramp', () => {
  const judged = decodePhases('ramp-up*:30000')
  expect(plannedIn(ramping, judged, 1000)).toBeCloseTo(150)
  expect(plannedIn(ramping, judged, 15)).toBeCloseTo(37.5)
})

test('a constant rate; the closed model promises none', () => {
  const constant = { executor: 'constant-arrival-rate', rate: 5, duration: '20s' }
  expect(plannedIn(constant, decodePhases('steady*:20000'), 60)).toBeCloseTo(100)
  expect(plannedIn({ executor: 'constant-vus', vus: 5 }, phases, 60)).toBeUndefined()
})
