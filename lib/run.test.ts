import { beforeEach, expect, test, vi } from 'vitest'
import { rehearse } from '../testing/index.ts'

// A VU keeps the name it first used: each test has a new one.
beforeEach(() => vi.resetModules())

test.each([
  ['RUN_ID', { RUN_ID: 'nightly-17', K6_CLOUDRUN_TEST_RUN_ID: '99' }, 'nightly-17'],
  ['the Cloud', { K6_CLOUDRUN_TEST_RUN_ID: '99' }, '99'],
  ['the start of the scenario', {}, '20261121T205900'],
])('a run is named by %s', async (_, env, expected) => {
  const { runId } = await import('./run.ts')
  const scenario = { startTime: Date.UTC(2026, 10, 21, 20, 59) }
  expect((await rehearse(runId, { env, scenario })).returned).toEqual([expected])
})

test('a run keeps the name that setup gave it', async () => {
  const { runId, setRunId } = await import('./run.ts')
  setRunId('given')
  expect((await rehearse(runId, { iterations: 2 })).returned).toEqual(['given', 'given'])
})
