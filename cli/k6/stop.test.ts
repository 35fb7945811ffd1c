import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { STOP_SIGNALS, stopping, type Stopping } from './stop.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A process that goes on after SIGINT, the signals that it got, and what was told of it. */
async function stubborn(how: Partial<Stopping> = {}) {
  const child = spawn('/bin/sh', ['-c', "trap '' INT; echo ready; read -r line"], { detached: true })
  const ended = once(child, 'close') as Promise<[code: number | null, signal: string | null]>
  const sent = vi.spyOn(child, 'kill')
  const told: string[] = []
  const stopper = stopping([child], {
    grace: 60_000,
    onSignal: () => told.push('signal'),
    onKill: () => told.push('kill'),
    ...how,
  })
  onTestFinished(() => {
    stopper.release()
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  return { child, ended, told, stopper, sent: () => sent.mock.calls.map(([signal]) => signal) }
}

/** This process gets a signal; it is told to those who listen, and does nothing else. */
const signalled = (name: NodeJS.Signals): void => void process.emit(name, name)

test('a Ctrl-C that a terminal and npm both send is one', async () => {
  const { sent, told } = await stubborn()
  signalled('SIGINT')
  vi.advanceTimersByTime(1000)
  signalled('SIGINT')
  expect(sent()).toEqual(['SIGINT'])
  expect(told).toEqual(['signal', 'signal'])
})

test.each(STOP_SIGNALS)('a second signal, %s, ends k6 by force', async (name) => {
  const { ended, sent, told } = await stubborn()
  signalled('SIGINT')
  vi.advanceTimersByTime(1001)
  signalled(name)
  expect(told).toEqual(['signal', 'signal', 'kill'])
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(sent()).toEqual(['SIGINT'])
})

test('signals that come quickly one after the other end k6 by force too, a second after the first', async () => {
  const { told } = await stubborn()
  signalled('SIGINT')
  for (let times = 0; times < 2; times++) {
    vi.advanceTimersByTime(900)
    signalled('SIGINT')
  }
  expect(told).toEqual(['signal', 'signal', 'signal', 'kill'])
})

test('the end of the grace ends k6 by force; who asks once more does not begin it anew', async () => {
  const { ended, sent, told, stopper } = await stubborn({ grace: 5000 })
  stopper.stop()
  vi.advanceTimersByTime(4000)
  stopper.stop()
  vi.advanceTimersByTime(999)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual(['kill'])
  expect(await ended).toEqual([null, 'SIGKILL'])
  expect(sent()).toEqual(['SIGINT'])
})

test('once released, no signal reaches k6, and no grace ends', async () => {
  const { sent, told, stopper } = await stubborn({ grace: 5000 })
  stopper.stop()
  stopper.release()
  signalled('SIGTERM')
  vi.advanceTimersByTime(10_000)
  expect([sent(), told]).toEqual([['SIGINT'], []])
  expect(STOP_SIGNALS.map((name) => process.listenerCount(name))).toEqual(before)
})
const before = STOP_SIGNALS.map((name) => process.listenerCount(name))
