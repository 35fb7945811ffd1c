import { sleep } from 'k6'
import { expect, test } from 'vitest'
import { values } from '../test/recorded.ts'
import { rehearse } from '../testing/index.ts'
import { PHASES_VARIABLE } from '../config/workload/phasesVariable.ts'
import { journey } from './journey.ts'

const paced = (phases: string) => ({
  name: 'visitors',
  executor: 'constant-vus',
  env: { [PHASES_VARIABLE]: phases, PROFILE: 'load' },
})
const brief = journey('brief', () => sleep(0.1))
const slow = journey('slow', () => sleep(0.7))

test('an iteration lasts at least as long as the pace; the wait is no part of the journey’s time', async () => {
  const seen = await rehearse(brief, { scenario: paced('steady*:20000 @500'), iterations: 3, now: 0 })
  expect(values(seen, 'iteration_duration')).toEqual([500, 500, 500])
  expect(values(seen, 'journey_duration')).toEqual([100, 100, 100])
})

test('what takes longer than the pace waits for nothing', async () => {
  const seen = await rehearse(slow, { scenario: paced('steady*:20000 @500'), iterations: 2, now: 0 })
  expect(values(seen, 'iteration_duration')).toEqual([700, 700])
})

test('nobody waits past the end of the scenario', async () => {
  const seen = await rehearse(brief, { scenario: paced('steady*:300 @500'), iterations: 2, now: 0 })
  expect(values(seen, 'iteration_duration')).toEqual([300, 100])
})
