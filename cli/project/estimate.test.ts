import { expect, test } from 'vitest'
import type { Shape } from '../../config/workload/shape.ts'
import { estimate, estimateText } from './estimate.ts'
import type { IterationWalk } from '../record/index.ts'

const of = (
  scenarios: Record<string, Shape>,
  requests = 3,
  seconds = 2,
  known: IterationWalk['known'] = 'walked',
) =>
  estimate({
    options: { scenarios, thresholds: {} },
    iteration: Object.fromEntries(
      Object.keys(scenarios).map((name) => [name, { requests, http: requests > 0, seconds, known }]),
    ),
  })

test.each<[Shape, ReturnType<typeof of>]>([
  [
    { executor: 'shared-iterations', vus: 3, iterations: 12, maxDuration: '1m' },
    { vus: 3, rate: 1.5, iterations: 12, requests: 36, seconds: 60, known: 'walked' },
  ],
  [
    { executor: 'per-vu-iterations', vus: 3, iterations: 4, maxDuration: '1m' },
    { vus: 3, rate: 1.5, iterations: 12, requests: 36, seconds: 60, known: 'walked' },
  ],
  [
    { executor: 'constant-vus', vus: 8, duration: '10s' },
    { vus: 8, rate: 4, iterations: 40, requests: 120, seconds: 10, known: 'walked' },
  ],
  [
    { executor: 'ramping-vus', startVUs: 0, stages: [{ duration: '10s', target: 8 }] },
    { vus: 8, rate: 4, iterations: 20, requests: 60, seconds: 10, known: 'walked' },
  ],
  [
    {
      executor: 'constant-arrival-rate',
      rate: 30,
      timeUnit: '1m',
      duration: '2m',
      preAllocatedVUs: 4,
      maxVUs: 8,
    },
    { vus: 8, rate: 0.5, iterations: 60, requests: 180, seconds: 120, known: 'walked' },
  ],
  [
    {
      executor: 'ramping-arrival-rate',
      preAllocatedVUs: 10,
      stages: [
        { duration: '10s', target: 20 },
        { duration: '10s', target: 20 },
        { duration: '10s', target: 0 },
      ],
    },
    { vus: 10, rate: 20, iterations: 400, requests: 1200, seconds: 30, known: 'walked' },
  ],
])('$executor would send this', (shape, expected) => {
  expect(of({ one: shape })).toEqual(expected)
})

test('scenarios add, the last end decides the time, and a journey without think time is bounded', () => {
  const open = { executor: 'constant-arrival-rate', rate: 5, duration: '10s', preAllocatedVUs: 4 }
  const closed = { executor: 'constant-vus', vus: 1, duration: '5s', startTime: '20s' }
  expect(of({ open, closed }, 1, 0)).toEqual({
    vus: 5,
    rate: 105,
    iterations: 550,
    requests: 550,
    seconds: 25,
    known: 'unknown',
  })
  expect(estimateText(of({ open }))).toMatchInlineSnapshot(
    `"at most 4 VUs, 5 iterations/s; about 50 iterations and 150 requests in 10 s"`,
  )
})

test('what the target decides is not told as if it were known', () => {
  const one: Shape = { executor: 'per-vu-iterations', vus: 2, iterations: 3, maxDuration: '1m' }
  expect(estimateText(of({ one }, 3, 2, 'least'))).toBe(
    'at most 2 VUs, 1 iterations/s; about 6 iterations and at least 18 requests in 60 s',
  )
  expect(estimateText(of({ one }, 3, 2, 'unknown'))).toBe(
    'at most 2 VUs in 60 s; how many iterations and requests is unknown: the target’s answers decide',
  )
})
