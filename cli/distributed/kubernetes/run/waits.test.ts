import { expect, test } from 'vitest'
import { runnerOf } from './runners.ts'
import { RUNNING, runnerPod } from '../../../../test/doubles/kubernetes/cluster.ts'
import { tooLong, waitOf } from './waits.ts'

const running = [1, 2].map((id) => runnerOf(runnerPod('shop', id, RUNNING)))

test.each([
  [{ stage: '', runners: [] }, 'the operator'],
  [{ stage: 'initialization', runners: [] }, 'the initializer'],
  [{ stage: 'initialized', runners: [] }, 'the runners’ jobs'],
  [{ stage: 'created', runners: running.slice(1) }, '1 of 2 runners'],
  [{ stage: 'created', runners: running }, 'the operator to release the runners'],
  [{ stage: 'started', runners: running, starter: { pod: 'a', pending: 'no room' } }, 'the starter'],
  [{ stage: 'started', runners: running, starter: { pod: 'a', ended: 'Succeeded' } }, undefined],
  [{ stage: 'finished', runners: running }, undefined],
])('%j waits for %s', (state, whom) => {
  expect(waitOf(state, 2, true)?.whom).toBe(whom)
})

test('runners that could begin wait for those of the other regions', () => {
  expect(waitOf({ stage: 'started', runners: running }, 2, false)?.whom).toBe('the other regions')
})

test('a wait that was too long is told with the cluster’s words', () => {
  const pending = runnerOf(runnerPod('shop', 2, { phase: 'Pending' }))
  const wait = waitOf(
    { stage: 'created', runners: [...running.slice(1), { ...pending, pending: 'no room' }] },
    2,
    false,
  )
  const failure = 'waited for 1 of 2 runners for 600 s (--wait), Pending: no room: see their pods'
  const waiting = { ...pending, pending: 'no room' }
  expect(wait && tooLong(wait, 600_000, [waiting])).toEqual({
    say: failure,
    failure,
    lost: new Map([['2', 'was Pending for 600 s: no room']]),
  })
})
