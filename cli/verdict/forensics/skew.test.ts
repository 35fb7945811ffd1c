import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { skewOf } from './skew.ts'

const NOW = Date.UTC(2026, 10, 29, 12, 0, 0)
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

async function skewWith(date: string | undefined, age?: number): Promise<number | undefined> {
  const server = createServer((_, response) => {
    response.sendDate = false
    if (date !== undefined) response.setHeader('date', date)
    if (age !== undefined) response.setHeader('age', age)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const skew = await skewOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 60_000)
  server.close()
  return skew
}

test('a target whose clock is an hour ahead says so; one that is right does not', async () => {
  // The header has whole seconds: half of one is what it leaves out.
  expect(await skewWith(new Date(NOW + 3_600_000).toUTCString())).toBe(3_600_500)
  expect(await skewWith(new Date(NOW).toUTCString())).toBe(500)
})

test('an answer that a cache has kept for an hour is no clock that is wrong', async () => {
  expect(await skewWith(new Date(NOW - 3_600_000).toUTCString(), 3600)).toBe(500)
})

test.each([undefined, 'yesterday'])('a target that says %s has no known clock', async (date) => {
  expect(await skewWith(date)).toBeUndefined()
})

test('nor has one that is not there', async () => {
  expect(await skewOf('http://127.0.0.1:1')).toBeUndefined()
})
