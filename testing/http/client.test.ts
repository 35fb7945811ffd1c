import { expect, test } from 'vitest'
import { createK6 } from '../double.ts'
import type { CannedResponse } from '../types.ts'

interface Reply {
  status: number
  error: string
  error_code: number
  body: unknown
  timings: { duration: number }
}
const k6 = createK6()
const http = k6.modules['k6/http'] as Record<string, (...args: unknown[]) => unknown>
const get = (...args: unknown[]) => http.get!(...args) as Reply

async function ask<Value>(canned: CannedResponse, call: () => Value) {
  const seen = await k6.run(call, { respond: () => canned, now: 0 })
  return { seen, value: seen.returned[0] as Awaited<Value>, took: k6.now() }
}

test('a canned answer may be bare, JSON or bytes', async () => {
  const bare = await k6.run(() => get('http://a/'))
  expect(bare.returned).toMatchObject([{ status: 200, body: '', timings: { duration: 10 } }])
  const { value } = await ask({ body: { a: 1 } }, () => get('http://a/'))
  expect(value).toMatchObject({ body: '{"a":1}', headers: { 'Content-Type': 'application/json' } })
  const bytes = await ask({ body: new Uint8Array([65, 66]) }, () => get('http://a/'))
  expect(bytes.value.body).toBe('AB')
})

test('a network failure is measured, warned of, and thrown only when asked for', async () => {
  const refused = { error: 'dial: connection refused', error_code: 1212 }
  const { seen, value } = await ask(refused, () => get('http://a/'))
  expect(value).toMatchObject({ status: 0, body: null, ...refused })
  expect(seen.warnings).toEqual(['Request Failed: dial: connection refused'])
  expect(seen.samples.find(({ metric }) => metric === 'http_req_failed')).toMatchObject({
    value: 1,
    tags: { status: '0', error_code: '1212', expected_response: 'false' },
  })
  await expect(ask(refused, () => get('http://a/', { throw: true }))).rejects.toThrow('connection refused')
})

test('an answer later than the timeout is a timeout', async () => {
  const { value, took } = await ask({ duration: 5000 }, () => get('http://a/', { timeout: '2s' }))
  expect(value).toMatchObject({ status: 0, error: 'request timeout', error_code: 1050 })
  expect(took).toBe(2000)
})

test('a batch takes as long as its slowest request', async () => {
  const { seen, took } = await ask({ duration: 300 }, () => http.batch!(['http://a/1', 'http://a/2']))
  expect(seen.requests).toHaveLength(2)
  expect(took).toBe(300)
})

test('options of the script hold', async () => {
  const options = { discardResponseBodies: true, systemTags: ['status'], throw: true }
  const seen = await k6.run(() => get('http://a/'), { options, respond: () => ({ body: 'x' }) })
  expect(seen.returned).toMatchObject([{ body: null }])
  expect(seen.samples[0]?.tags).toEqual({ status: '200' })
  await expect(k6.run(() => get(undefined), { options })).rejects.toThrow("invalid URL: '#<nil>'")
})

test('what is not in the double says so', async () => {
  const call = () => (get('http://a/') as unknown as { clickLink(): unknown }).clickLink()
  await expect(k6.run(call)).rejects.toThrow('response.clickLink() is not in the double of k6')
})
