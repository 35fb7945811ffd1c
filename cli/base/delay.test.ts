import { expect, test } from 'vitest'
import { backoff } from './backoff.ts'
import { delay } from './delay.ts'

test('a wait ends with the signal, for its reason', async () => {
  const reason = new Error('enough')
  const controller = new AbortController()
  const waiting = delay(60_000, controller.signal)
  controller.abort(reason)
  await expect(waiting).rejects.toBe(reason)
  await expect(delay(0, controller.signal)).rejects.toBe(reason)
  await expect(delay(1)).resolves.toBeUndefined()
})

test.each([
  [1, 50, 100],
  [2, 100, 200],
  [3, 150, 300],
  [2000, 150, 300],
])('after %i failures it pauses %i to %i ms', (failures, least, most) => {
  for (let at = 0; at < 100; at++) {
    const pause = backoff({ firstMs: 100, mostMs: 300 }, failures)
    expect(pause).toBeGreaterThanOrEqual(least)
    expect(pause).toBeLessThanOrEqual(most)
  }
})

test('what a server asks for counts, up to the longest pause', () => {
  expect(backoff({ firstMs: 100, mostMs: 300 }, 1, 7)).toBe(7)
  expect(backoff({ firstMs: 100, mostMs: 300 }, 1, 7000)).toBe(300)
})
