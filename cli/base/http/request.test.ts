import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createNetServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { openConnection } from './dispatcher.ts'
import { request } from './request.ts'

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer)
  onTestFinished(() => server.closeAllConnections())
  return listening(server)
}

/** Answers with one after the other, the last again and again. */
async function inTurn(...answers: readonly [status: number, headers?: Record<string, string>][]) {
  const seen = { calls: 0 }
  const url = await serve((_, response) => {
    const [status, headers = {}] = answers[Math.min(seen.calls++, answers.length - 1)]!
    response.writeHead(status, headers).end(`${seen.calls}`)
  })
  return { url, seen }
}

afterEach(() => vi.unstubAllEnvs())

test('what was sent arrives, and what was answered comes back', async () => {
  const url = await serve((got, response) => {
    void got.toArray().then((parts: Buffer[]) => {
      const { 'user-agent': agent, 'content-length': length, 'x-a': own } = got.headers
      response.writeHead(201, { 'x-b': 'c' })
      response.end([got.method, agent?.split('/')[0], length, own, Buffer.concat(parts).toString()].join(' '))
    })
  })
  const answer = await request(`${url}/`, { method: 'POST', body: 'häh', headers: { 'x-a': '1' } })
  expect(answer).toMatchObject({ status: 201, text: 'POST loadwright 4 1 häh', tries: 1 })
  expect('headers' in answer && answer.headers['x-b']).toBe('c')
  expect(await request(url, { method: 'POST', body: '' })).toMatchObject({ text: 'POST loadwright 0  ' })
  expect(await request(url)).toMatchObject({ text: 'GET loadwright   ' })
})

test('a redirect is an answer', async () => {
  const { url, seen } = await inTurn([307, { location: '/b' }])
  expect(await request(url)).toMatchObject({ status: 307, headers: { location: '/b' } })
  expect(seen.calls).toBe(1)
})

test('no more is read than is wanted', async () => {
  const url = await serve((_, response) => {
    const write = (): void => {
      while (response.write('x'.repeat(10_000)));
    }
    response.on('drain', write)
    write()
  })
  const answer = await request(url, { mostBytes: 50_000 })
  expect('text' in answer && answer.text.length).toBeGreaterThanOrEqual(50_000)
  expect(await request(url, { mostBytes: 0 })).toMatchObject({ status: 200, text: '' })
})

const retry = { tries: 3, firstMs: 1, mostMs: 5 }

test('what may pass is tried again, what is refused is not', async () => {
  const first = await inTurn([503], [429, { 'retry-after': '3600' }], [200])
  expect(await request(first.url, { retry })).toMatchObject({ status: 200, tries: 3 })
  const second = await inTurn([500])
  expect(await request(second.url, { retry })).toMatchObject({ status: 500, tries: 3, text: '3' })
  expect(await request(second.url)).toMatchObject({ status: 500, tries: 1 })
  const third = await inTurn([403])
  expect(await request(third.url, { retry })).toMatchObject({ status: 403, tries: 1 })
})

test('no answer has a reason, and tells whether anything was sent', async () => {
  const silent = await serve(() => undefined)
  expect(await request(silent, { timeoutMs: 50, method: 'POST', body: 'a' })).toMatchObject({
    reason: 'does not answer within 0.05 s',
    isSent: true,
  })
  const broken = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '5' }).write('ab', () => response.destroy())
  })
  expect(await request(broken, { retry })).toMatchObject({
    reason: 'broke off in the middle of its answer',
    tries: 3,
  })
  expect(await request('http://127.0.0.1:1', { method: 'POST', body: 'a' })).toMatchObject({
    reason: 'does not answer (ECONNREFUSED)',
    isSent: false,
  })
})

test('the reason holds no secret', async () => {
  const answer = await request('http://127.0.0.1:1', { headers: { a: 's3cr3t\n' }, secrets: ['s3cr3t'] })
  expect(answer).toMatchObject({ status: 0 })
  expect('reason' in answer && answer.reason).not.toContain('s3cr3t')
})

test.each(['before', 'during', 'between'])('a signal ends it for its own reason: %s', async (when) => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const url = await serve((_, response) => {
    if (when === 'between') response.writeHead(503).end(() => setTimeout(() => controller.abort(reason), 20))
    else controller.abort(reason)
  })
  if (when === 'before') controller.abort(reason)
  const asking = request(url, {
    signal: controller.signal,
    retry: { tries: 2, firstMs: 60_000, mostMs: 60_000 },
  })
  await expect(asking).rejects.toBe(reason)
})

test('a proxy of the environment is asked, but for loopback', async () => {
  const asked: string[] = []
  const proxy = createNetServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (data) => {
      asked.push(data.toString().split('\r\n')[0] ?? '')
      socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n')
    })
  })
  const { url } = await inTurn([200])
  const proxyUrl = await listening(proxy)
  for (const name of ['http_proxy', 'https_proxy']) vi.stubEnv(name, proxyUrl)
  const connection = openConnection()
  onTestFinished(() => connection.close())
  expect(await request(url, { connection })).toMatchObject({ status: 200 })
  await request('http://shop.example/', { connection })
  await request('https://shop.example/', { connection })
  expect(asked).toHaveLength(2)
  expect(asked[1]).toBe('CONNECT shop.example:443 HTTP/1.1')
})
