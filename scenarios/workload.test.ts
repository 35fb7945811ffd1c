import { expect, test } from 'vitest'
import type { Runnable } from '../lib/index.ts'
import { workload } from './index.ts'

const journey: Runnable = Object.assign(() => undefined, { journeys: [] })

test('is a journey and its load; the suite gives it the shape of a profile', () => {
  expect(workload()(journey, { rate: 5 })).toEqual({ exec: journey, load: { rate: 5 } })
  const profile = { PROFILE: 'load', SCALE: 2, DURATION: 1000 } as const
  expect(workload(profile)(journey, { vus: 3 })).toEqual({ exec: journey, load: { vus: 3 }, profile })
})

test('what any scenario of k6 may say is said beside', () => {
  const options = { startTime: '1m', gracefulStop: '5s', env: { USER: 'new' }, tags: { team: 'checkout' } }
  expect(workload()(journey, { vus: 3 }, options)).toEqual({ ...options, exec: journey, load: { vus: 3 } })
})
