import { get, request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startLive, type Live, type LiveOptions } from './live.ts'

async function setUp(options: Partial<LiveOptions> = {}) {
  let computed = 0
  const data = vi.fn(() => ({ computed: ++computed }))
  const live = await startLive({ page: '<h1>run</h1>', data, every: 40, ...options })
  onTestFinished(() => live.close())
  return { live, data }
}

interface Answered {
  status: number | undefined
  headers: IncomingMessage['headers']
  text: string
}
/** One request to its end. */
async function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  const sent = request(url, { headers, method }).end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  return { status: response.statusCode, headers: response.headers, text }
}

/** One who listens: what came so far, as blocks. */
async function listen(live: Live) {
  const sent = get(`${live.url}events`)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const blocks: string[] = []
  let rest = ''
  let ended = false
  response.setEncoding('utf8').on('data', (chunk: string) => {
    rest += chunk
    if (!chunk.includes('\n')) return
    const parts = rest.split('\n\n')
    rest = parts.pop() ?? ''
    blocks.push(...parts)
  })
  response.on('close', () => (ended = true))
  response.on('error', () => undefined)
  onTestFinished(() => void response.destroy())
  const messages = () => blocks.filter((block) => block.startsWith('data: '))
  return { response, blocks: () => blocks, messages, ended: () => ended }
}
/** One who asks for events and does not read them. */
async function sloth(live: Live) {
  const slow = connect(Number(new URL(live.url).port), '127.0.0.1')
  slow.on('error', () => undefined)
  await once(slow, 'connect')
  slow.write('GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  return slow
}
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('serves its page and nothing else, on loopback, to be kept by nobody', async () => {
  const { live } = await setUp()
  expect(live.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  const page = await ask(live.url)
  expect(page).toMatchObject({ status: 200, text: '<h1>run</h1>' })
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-frame-options': 'DENY',
  })
  expect(page.headers).not.toHaveProperty('access-control-allow-origin')
  for (const path of ['run.json', '..%2f..%2fetc/passwd', 'events/'])
    expect(await ask(live.url + path)).toMatchObject({ status: 404 })
})

test.each<[string, Record<string, string>, string, number]>([
  ['a name of somebody else’s', { host: 'evil.example' }, 'GET', 421],
  ['a name that begins like ours', { host: 'localhost.evil.example:80' }, 'GET', 421],
  ['a page of another site', { origin: 'https://evil.example' }, 'GET', 403],
  ['an image of another site', { 'sec-fetch-site': 'cross-site' }, 'GET', 403],
  ['a POST', {}, 'POST', 405],
  ['OPTIONS', { origin: 'https://evil.example' }, 'OPTIONS', 405],
])('refuses %s, and computes nothing for it', async (_, headers, method, status) => {
  const { live, data } = await setUp()
  for (const path of ['', 'events']) {
    const answer = await ask(live.url + path, headers, method)
    expect(answer.status).toBe(status)
    expect(answer.text).not.toContain('run</h1>')
  }
  expect(data).not.toHaveBeenCalled()
})

test.each(['localhost', '127.0.0.1', '[::1]'])('answers to the name %s', async (name) => {
  const { live } = await setUp()
  expect(await ask(live.url, { host: `${name}:${new URL(live.url).port}` })).toMatchObject({ status: 200 })
})

test('nothing is computed while nobody listens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const { live, data } = await setUp({ every: 60 })
  live.update()
  vi.advanceTimersByTime(600)
  expect(data).not.toHaveBeenCalled()
  const one = await listen(live)
  // Polling lets the timers' time pass, too.
  await expect.poll(() => one.messages().length).toBeGreaterThan(1)
  one.response.destroy()
  await expect.poll(() => vi.getTimerCount()).toBe(0)
  const before = data.mock.calls.length
  vi.advanceTimersByTime(600)
  expect(data).toHaveBeenCalledTimes(before)
})

test('one computation serves all who listen, those who come together too', async () => {
  const { live, data } = await setUp({ every: 60_000 })
  const all = await Promise.all(Array.from({ length: 8 }, () => listen(live)))
  await expect.poll(() => all.every((one) => one.messages().length === 1)).toBe(true)
  expect(data).toHaveBeenCalledTimes(1)
  expect(all[0]?.blocks()).toEqual(['retry: 60000', 'data: {"computed":1}'])
  live.update()
  live.update()
  await expect.poll(() => all.every((one) => one.messages().length === 2)).toBe(true)
  expect(data).toHaveBeenCalledTimes(2)
})

test('there is a most of those who listen', async () => {
  const { live } = await setUp()
  const all = await Promise.all(Array.from({ length: 8 }, () => listen(live)))
  expect(await ask(`${live.url}events`)).toMatchObject({ status: 503 })
  all[0]?.response.destroy()
  await expect.poll(async () => (await listen(live)).response.statusCode).toBe(200)
})

test('what has not changed is not sent again, but to who comes', async () => {
  const { live } = await setUp({ data: () => 'same', every: 10 })
  const one = await listen(live)
  await expect.poll(() => one.blocks().filter((block) => block === ': ').length).toBeGreaterThan(2)
  expect(one.messages()).toEqual(['data: "same"'])
  const two = await listen(live)
  await expect.poll(() => two.messages()).toEqual(['data: "same"'])
})

test('the end sends the last state, says so, and ends; later ones are told not to come again', async () => {
  const { live, data } = await setUp({ every: 60_000 })
  const one = await listen(live)
  await expect.poll(() => one.messages()).toHaveLength(1)
  await live.close()
  await expect.poll(() => one.ended()).toBe(true)
  expect(one.blocks().slice(1)).toEqual([
    'data: {"computed":1}',
    'data: {"computed":2}',
    'event: end\ndata: {}',
  ])
  expect(data).toHaveBeenCalledTimes(2)
  await live.close()
})

test('who does not read is cut off, and the others are not held up', async () => {
  const big = 'x'.repeat(4_000_000)
  let count = 0
  const { live } = await setUp({ data: () => `${++count}${big}`, every: 600_000 })
  const slow = await sloth(live)
  const one = await listen(live)
  for (let sent = 1; sent < 12; sent++) {
    await expect.poll(() => one.messages().length).toBe(sent)
    live.update()
  }
  slow.resume()
  await once(slow, 'close')
  expect(one.ended()).toBe(false)
})

test('an end does not wait for who does not read, nor for data that never come', async () => {
  const { live } = await setUp({ data: () => new Promise(() => undefined), every: 20 })
  const slow = await sloth(live)
  await pass(50)
  await live.close()
  slow.destroy()
})

test('data that cannot be computed are said once, and the page goes on', async () => {
  const said: string[] = []
  let broken = true
  const data = () => {
    if (broken) throw new Error('no series yet')
    return 1
  }
  const { live } = await setUp({ data, every: 10, say: (line) => void said.push(line) })
  const one = await listen(live)
  await expect.poll(() => one.blocks().length).toBeGreaterThan(3)
  broken = false
  await expect.poll(() => one.messages()).toEqual(['data: 1'])
  expect(said).toEqual(['the live page cannot be kept up to date: no series yet'])
})

test('a port that is taken is said', async () => {
  const { live } = await setUp()
  const port = Number(new URL(live.url).port)
  await expect(startLive({ page: '', data: () => 1, port })).rejects.toThrow(
    `--live: got port ${port}, which is in use; allowed: a free port, or none to take any`,
  )
})
