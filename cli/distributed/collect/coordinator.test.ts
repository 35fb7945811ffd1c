import { expect, test } from 'vitest'
import { partOf, type JoinedReport } from '../../run/index.ts'
import { createCoordinator } from './coordinator.ts'
import { reportOf } from './reportOf.ts'

const SHA256 = 'ab'.repeat(32)
const report = (
  id: string,
  state: JoinedReport['state'],
  more: Partial<JoinedReport> = {},
): JoinedReport => ({
  part: partOf(`${id}/2`, 10),
  session: `s${id}`,
  sha256: SHA256,
  state,
  k6: { version: 'v2.2.0', path: '/k6', command: ['run'] },
  machine: 'linux',
  host: `host${id}`,
  ...more,
})

function coordinator(before?: Parameters<typeof createCoordinator>[1]) {
  const failed: string[] = []
  const options = { sha256: SHA256, expect: 2, onSetupFailed: (words: string) => void failed.push(words) }
  return { failed, it: createCoordinator(options, before) }
}

test('all begin together once each is ready; setup runs in the first, and the others get what it returned', () => {
  const { it } = coordinator()
  expect(it.take(report('1', 'starting'), 0)).toEqual({ do: 'wait' })
  expect(it.take(report('1', 'ready'), 100)).toEqual({ do: 'wait' })
  expect(it.take(report('2', 'ready'), 200)).toEqual({ do: 'wait' })
  expect(it.take(report('1', 'ready'), 600)).toEqual({ do: 'setup' })
  expect(it.take(report('2', 'ready'), 700)).toEqual({ do: 'wait' })
  expect(it.take(report('1', 'setUp', { setup: { data: { a: 1 } } }), 1000)).toEqual({
    do: 'begin',
    afterMs: 1500,
  })
  expect(it.take(report('2', 'ready'), 1200)).toEqual({ do: 'begin', afterMs: 1300, setup: { a: 1 } })
  expect(it.take(report('2', 'running', { started: 't' }), 2600)).toEqual({ do: 'wait' })
  // The first stays for teardown until the others have ended.
  expect(it.take(report('1', 'over'), 9000)).toEqual({ do: 'wait' })
  it.take(report('2', 'ended', { end: { code: 0, ended: 't' } }), 9500)
  expect(it.take(report('1', 'over'), 9600)).toEqual({ do: 'teardown' })
})

test('where one ends otherwise than by its own end, the others are stopped', () => {
  const { it } = coordinator()
  it.take(report('1', 'running', { started: 't' }), 0)
  it.take(report('2', 'ended', { end: { ended: 't', lost: 'was killed (SIGKILL)' } }), 100)
  expect(it.take(report('1', 'running', { started: 't' }), 200)).toEqual({
    do: 'stop',
    why: 'instance 2 was killed (SIGKILL)',
  })
  expect(it.first?.part.id).toBe('2')
})

test('setup that fails stops all, with k6’s exit code', () => {
  const { it, failed } = coordinator()
  it.take(report('2', 'ready'), 0)
  expect(it.take(report('1', 'setUp', { setup: { failed: 'Error: no such user' } }), 0)).toMatchObject({
    do: 'stop',
  })
  expect(it.take(report('2', 'ready'), 0)).toMatchObject({ do: 'stop', why: 'setup failed' })
  expect([it.stopping?.code, failed]).toEqual([107, ['Error: no such user']])
})

test('another bundle, another division and a second of one name are refused', () => {
  const { it } = coordinator()
  const problem = (given: JoinedReport, now = 0) => {
    const answer = it.take(given, now)
    return 'problem' in answer ? answer.problem : undefined
  }
  it.take(report('1', 'starting'), 0)
  expect(problem(report('2', 'ready', { sha256: 'cd'.repeat(32) }))).toMatch(
    /^Instance "2" has another bundle, cdcd/,
  )
  expect(problem(report('2', 'ready', { part: partOf('2/3', 9) }))).toBe(
    'Instance "2" is one of 3 parts: this run has 2.',
  )
  expect(problem(report('1', 'ready', { session: 'other' }))).toMatch(
    /^Instance "1" is there already, on host1/,
  )
  // One that had not begun, and is gone, may be started again.
  expect(problem(report('1', 'ready', { session: 'other' }), 20_000)).toBeUndefined()
})

test('a collector that was killed knows who had begun', () => {
  const { it } = coordinator()
  it.take(report('1', 'running', { started: 't' }), 0)
  it.take(report('2', 'ended', { end: { code: 0, ended: 't' } }), 0)
  const after = coordinator(JSON.parse(JSON.stringify(it.kept())) as ReturnType<typeof it.kept>).it
  expect(after.take(report('1', 'over', { started: 't' }), 0)).toEqual({ do: 'teardown' })
  expect(after.joined().map(({ state }) => state)).toEqual(['over', 'ended'])
})

test('a report that is none, or of a part that is none, is not read', () => {
  const read = (value: unknown) => reportOf(Buffer.from(JSON.stringify(value)))
  const whole = report('1', 'ready')
  expect(read(whole)).toEqual(whole)
  for (const wrong of [
    undefined,
    [],
    { ...whole, state: 'done' },
    { ...whole, part: { ...whole.part, id: '../1' } },
    { ...whole, part: { ...whole.part, id: '3' } },
    { ...whole, part: { ...whole.part, segment: '0:1' } },
    { ...whole, end: { ended: 'yesterday' } },
    { ...whole, k6: { version: 1 } },
  ])
    expect(read(wrong ?? null)).toBeUndefined()
  expect(reportOf(Buffer.from('{'))).toBeUndefined()
})
