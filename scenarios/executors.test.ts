import { expect, test } from 'vitest'
import type { Runnable } from '../lib/index.ts'
import {
  constantArrivalRate,
  constantVUs,
  perVUIterations,
  rampingArrivalRate,
  rampingVUs,
  sharedIterations,
} from './index.ts'

const journey: Runnable = Object.assign(() => undefined, { journeys: [] })
const stages = [{ duration: '1m', target: 5 }]

test('each constructor gives k6’s own object, with the journey itself as exec', () => {
  const common = { env: { A: 'b' }, tags: { team: 'x' }, startTime: '5s', gracefulStop: '1s' }
  expect(sharedIterations(journey, { vus: 2, iterations: 10, maxDuration: '1m', ...common })).toEqual({
    executor: 'shared-iterations',
    vus: 2,
    iterations: 10,
    maxDuration: '1m',
    ...common,
    exec: journey,
  })
  expect(perVUIterations(journey, { vus: 2, iterations: 10 })).toEqual({
    executor: 'per-vu-iterations',
    vus: 2,
    iterations: 10,
    exec: journey,
  })
  expect(constantVUs(journey, { vus: 2, duration: '1m' })).toEqual({
    executor: 'constant-vus',
    vus: 2,
    duration: '1m',
    exec: journey,
  })
  expect(rampingVUs(journey, { startVUs: 0, stages, gracefulRampDown: '3s' })).toEqual({
    executor: 'ramping-vus',
    startVUs: 0,
    stages,
    gracefulRampDown: '3s',
    exec: journey,
  })
  const open = { timeUnit: '1m', preAllocatedVUs: 2, maxVUs: 4 }
  expect(constantArrivalRate(journey, { rate: 5, duration: '1m', ...open })).toEqual({
    executor: 'constant-arrival-rate',
    rate: 5,
    duration: '1m',
    ...open,
    exec: journey,
  })
  expect(rampingArrivalRate(journey, { startRate: 1, stages, ...open })).toEqual({
    executor: 'ramping-arrival-rate',
    startRate: 1,
    stages,
    ...open,
    exec: journey,
  })
})
