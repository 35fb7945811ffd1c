import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeWrite } from '../prometheus/index.ts'
import { total } from './query.ts'
import { textsOf } from './reason.ts'
import { startReceiver, type Receiver } from './receiver.ts'

let receiver: Receiver
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())

const protobuf = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy' }
const push = (body: Uint8Array, headers: Record<string, string> = protobuf, url = receiver.url) =>
  fetch(url, { method: 'POST', headers, body: Buffer.from(body) })
const counter = (value: number, at: number) =>
  encodeWrite([{ name: 'k6_http_reqs_total', labels: {}, samples: [{ at, value }], histograms: [] }])

test('it listens on loopback and keeps what is pushed', async () => {
  expect(receiver.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/api\/v1\/write$/)
  expect((await push(counter(2, 1))).status).toBe(204)
  expect((await push(counter(5, 2))).status).toBe(204)
  expect(total(receiver.store, 'http_reqs')).toBe(5)
})

test.each([
  ['no Snappy', 400, new Uint8Array(3), protobuf],
  ['no protobuf', 400, counter(1, 1), { ...protobuf, 'content-type': 'application/json' }],
  [
    'remote write 2.0',
    400,
    counter(1, 1),
    { ...protobuf, 'content-type': 'application/x-protobuf;proto=io.prometheus.write.v2.Request' },
  ],
  ['no encoding', 400, counter(1, 1), { 'content-type': 'application/x-protobuf' }],
  ['a bomb', 400, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f), protobuf],
])('%s is answered with %i and a sentence, which is noted once', async (_, status, body, headers) => {
  const [first, second] = [await push(body, headers), await push(body, headers)]
  const sentence = await first.text()
  expect([first.status, second.status]).toEqual([status, status])
  expect(sentence).toMatch(/^(The|A) .+\.$/)
  expect(textsOf(receiver.problems).filter((problem) => problem === sentence)).toHaveLength(1)
  expect(total(receiver.store, 'http_reqs')).toBe(5)
})

test('a body that is too long by its own account is answered before it comes', async () => {
  const { hostname, port, pathname } = new URL(receiver.url)
  const headers = { ...protobuf, 'content-length': 64 * 1024 * 1024 + 1 }
  const asked = request({ hostname, port, path: pathname, method: 'POST', headers })
  asked.flushHeaders()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  expect(response.statusCode).toBe(413)
  expect(await text(response)).toBe('A push is larger than 67108864 bytes.')
  asked.destroy()
})

test('a body of unknown length is read no further than allowed', async () => {
  const chunk = Buffer.alloc(1024 * 1024)
  const { hostname, port, pathname } = new URL(receiver.url)
  const sent = await new Promise<number>((resolve) => {
    let count = 0
    const client = request({ hostname, port, path: pathname, method: 'POST', headers: protobuf })
    client
      .on('error', () => resolve(count))
      .on('response', (response) => response.resume().on('end', () => resolve(count)))
    const more = () => {
      if (client.destroyed) return
      count++
      client.write(chunk, more)
    }
    more()
  })
  expect(sent).toBeLessThan(200)
  expect(textsOf(receiver.problems)).toContain('A push is larger than 67108864 bytes.')
})

/** A push as another program makes it, under any name. */
const strange = (path: string, headers: Record<string, string>): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(receiver.url)
    request({ hostname, port, path, method: 'POST', headers: { ...protobuf, ...headers } })
      .on('response', (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(counter(9, 9))
  })

test('what is not k6 is not heard, and leaves no trace in the record', async () => {
  const { pathname, host } = new URL(receiver.url)
  const before = [...receiver.problems]
  expect(await strange('/api/v1/write', {})).toBe(404)
  expect(await strange('/', {})).toBe(404)
  expect(await strange(`${pathname}/`, {})).toBe(404)
  expect(await strange(pathname, { host: 'evil.example' })).toBe(421)
  expect(await strange(pathname, { host: host.replace('127.0.0.1', 'localhost') })).toBe(421)
  expect(await strange(pathname, { origin: 'http://evil.example' })).toBe(403)
  expect(await strange(pathname, { origin: `http://${host}` })).toBe(403)
  expect(await strange(pathname, { 'sec-fetch-site': 'same-site' })).toBe(403)
  expect(total(receiver.store, 'http_reqs')).toBe(5)
  expect(receiver.problems).toEqual(before)
})

test('each recorder has a path of its own, and takes only POST there', async () => {
  const other = await startReceiver()
  expect(new URL(other.url).pathname).not.toBe(new URL(receiver.url).pathname)
  await other.close()
  const { port, pathname } = new URL(receiver.url)
  const got = await new Promise((resolve, reject) => {
    const asked = request({ hostname: '127.0.0.1', port, path: pathname })
    asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
    asked.end()
  })
  expect(got).toBe(405)
})

test('a taken port is a rejection, not a crash', async () => {
  const port = Number(new URL(receiver.url).port)
  await expect(startReceiver({ port })).rejects.toThrow('EADDRINUSE')
})

test('it closes while a client keeps its connection', async () => {
  const other = await startReceiver({ host: '127.0.0.1' })
  expect((await push(counter(1, 1), protobuf, other.url)).status).toBe(204)
  await other.close()
  await expect(push(counter(1, 1), protobuf, other.url)).rejects.toThrow()
})
