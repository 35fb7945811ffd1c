import { expect, test } from 'vitest'
import { leastSeconds, unlikePlan } from './plannedLoad.ts'

const constant = { executor: 'constant-vus', vus: 6, duration: '60s' }
const ramping = {
  executor: 'ramping-vus',
  startVUs: 0,
  stages: [
    { duration: '10s', target: 6 },
    { duration: '20s', target: 6 },
    { duration: '10s', target: 0 },
  ],
}
const open = {
  executor: 'constant-arrival-rate',
  rate: 5,
  timeUnit: '1s',
  duration: '20s',
  preAllocatedVUs: 3,
}
const counted = { executor: 'per-vu-iterations', vus: 4, iterations: 10 }
const shared = { executor: 'shared-iterations', vus: 4, iterations: 10 }

test('how long each of several k6 makes load at least: as long as each has a VU', () => {
  expect(leastSeconds({ constant }, 3)).toBe(60)
  expect(leastSeconds({ ramping }, 3)).toBe(20)
  expect(leastSeconds({ open: { ...open, startTime: '30s' }, constant }, 3)).toBe(60)
  expect(leastSeconds({ open: { ...open, startTime: '50s' }, constant }, 3)).toBe(70)
  // Whoever has a number of iterations ends when they are made.
  expect(leastSeconds({ counted }, 2)).toBe(0)
})

const made = (
  scenarios: Parameters<typeof unlikePlan>[0],
  vus: number | undefined,
  iterations = 0,
  begun?: number,
) => unlikePlan(scenarios, { vus, iterations, begun })

test('VUs of all together are those of the load: none is missing, and none makes the whole of it', () => {
  expect(made({ constant }, 6)).toBeUndefined()
  expect(made({ constant }, 2)).toEqual({ what: 'VUs', seen: 2, planned: 6 })
  expect(made({ constant }, 18)).toEqual({ what: 'VUs', seen: 18, planned: 6 })
  expect(made({ open, constant }, 9)).toBeUndefined()
  expect(made({ open, constant }, 6)).toEqual({ what: 'VUs', seen: 6, planned: 9 })
  // One after the other they need no more than the larger.
  expect(made({ constant, open: { ...open, startTime: '60s' } }, 6)).toBeUndefined()
  expect(made({ constant }, undefined)).toBeUndefined()
  expect(made({ other: { executor: 'externally-controlled', vus: 1 } }, 9)).toBeUndefined()
})

test('iterations that a load has not, and those that nobody began', () => {
  expect(made({ open }, 3, 100)).toBeUndefined()
  expect(made({ open }, 3, 300)).toEqual({ what: 'iterations', seen: 300, planned: 100 })
  expect(made({ counted }, 4, 80)).toEqual({ what: 'iterations', seen: 80, planned: 40 })
  expect(made({ counted }, 4, 10, 12)).toEqual({ what: 'iterations', seen: 12, planned: 40 })
  expect(made({ shared }, 4, 10, 10)).toBeUndefined()
  // How many an open load begins, and one for a time, others judge.
  expect(made({ open }, 3, 10, 10)).toBeUndefined()
})
