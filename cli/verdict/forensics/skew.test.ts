import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { skewOf } from './skew.ts'

async function skewWith(date: string | undefined, age?: number): Promise<number | undefined> {
  const server = createServer((_, response) => {
    response.sendDate = false
    if (date !== undefined) response.setHeader('date', date)
    if (age !== undefined) response.setHeader('age', age)
    response.end()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const skew = await skewOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  server.close()
  return skew
}

test('a target whose clock is an hour ahead says so; one that is right does not', async () => {
  const ahead = await skewWith(new Date(Date.now() + 3_600_000).toUTCString())
  expect(Math.abs((ahead ?? 0) - 3_600_000)).toBeLessThan(2000)
  expect(Math.abs((await skewWith(new Date().toUTCString())) ?? Infinity)).toBeLessThan(2000)
})

test('an answer that a cache has kept for an hour is no clock that is wrong', async () => {
  const kept = await skewWith(new Date(Date.now() - 3_600_000).toUTCString(), 3600)
  expect(Math.abs(kept ?? Infinity)).toBeLessThan(2000)
})

test.each([undefined, 'yesterday'])('a target that says %s has no known clock', async (date) => {
  expect(await skewWith(date)).toBeUndefined()
})

test('nor has one that is not there', async () => {
  expect(await skewOf('http://127.0.0.1:1')).toBeUndefined()
})
