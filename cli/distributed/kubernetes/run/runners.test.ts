import { expect, test } from 'vitest'
import { ended, RUNNING, runnerPod } from '../../../../test/doubles/kubernetes/cluster.ts'
import { readPodLog } from './podLog.ts'
import { runnerOf, type Pod } from './runners.ts'

const of = (status: NonNullable<Pod['status']>, metadata: object = {}) => {
  const pod = runnerPod('shop-load', 3, status)
  const {
    id,
    pod: _pod,
    ended: _ended,
    ...runner
  } = runnerOf({
    ...pod,
    metadata: { ...pod.metadata, ...metadata },
  })
  expect(id).toBe('3')
  return runner
}

test('a runner is where its pod says', () => {
  expect(of(RUNNING)).toEqual({ isRunning: true })
  expect(of(ended(0))).toEqual({ isRunning: false, exit: 0 })
  expect(of(ended(99))).toEqual({ isRunning: false, exit: 99 })
  expect(of({ phase: 'Pending' })).toEqual({ isRunning: false })
  const unscheduled = {
    type: 'PodScheduled',
    status: 'False',
    message: '0/3 nodes are available: 3 Insufficient cpu.',
  }
  expect(of({ phase: 'Pending', conditions: [unscheduled] })).toEqual({
    isRunning: false,
    pending: '0/3 nodes are available: 3 Insufficient cpu.',
  })
  const waiting = { waiting: { reason: 'ImagePullBackOff', message: 'no such image' } }
  expect(of({ phase: 'Pending', containerStatuses: [{ name: 'k6', state: waiting }] })).toEqual({
    isRunning: false,
    pending: 'ImagePullBackOff: no such image',
  })
})

test('a runner that nothing of the test has ended is lost, and how is told', () => {
  expect(of(ended(137, 'OOMKilled')).lost).toBe('was killed for its memory (OOMKilled, its limit is 256Mi)')
  expect(of(ended(137, 'Error')).lost).toBe('was killed (exit code 137)')
  expect(of({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on memory.' }).lost).toBe(
    'was taken from its node (Evicted: The node was low on memory.)',
  )
  const drained = { type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }
  expect(of({ ...ended(105, 'Error'), conditions: [drained] }).lost).toBe(
    'was taken from its node (EvictionByEvictionAPI)',
  )
  expect(of(RUNNING, { deletionTimestamp: '2026-11-30T18:00:00Z' }).lost).toBe('was deleted')
})

test('a runner’s log is k6’s lines, and the figures among whatever else it printed', () => {
  const line = 'time="2026-11-30T18:00:00Z" level=info msg=hello source=console'
  const text = `{\nno figures\n${line}\n{\n  "metrics": {\n${line}\n    "vus": { "value": 1 }\n  }\n}\n`
  expect(readPodLog(text.replace('{\nno figures\n', ''))).toEqual({
    lines: [line, line],
    summary: '{\n  "metrics": {\n    "vus": { "value": 1 }\n  }\n}',
  })
  expect(readPodLog(`${line}\n{\n  "metrics": {`)).toEqual({ lines: [line], summary: undefined })
})
