import { once } from 'node:events'
import { WebSocket, type CloseEvent, type MessageEvent } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { ask, visit } from '../../test/doubles/shopper.ts'

async function open(faults: readonly string[] = [], query = '') {
  const { shop } = await visit({ faults })
  const socket = new WebSocket(`${shop.url.replace('http', 'ws')}/ws${query}`)
  onTestFinished(() => socket.close())
  await once(socket as never, 'open')
  const next = async (): Promise<unknown> => {
    const [event] = (await once(socket as never, 'message')) as [MessageEvent]
    return event.data as unknown
  }
  const closed = async () => {
    const [{ code, reason }] = (await once(socket as never, 'close')) as [CloseEvent]
    return { code, reason }
  }
  return { socket, next, closed }
}

test('what is said comes back, long or short, as text or as bytes', async () => {
  const { socket, next } = await open()
  for (const text of ['hello', 'x'.repeat(200), 'x'.repeat(60_000)]) {
    socket.send(text)
    expect(await next()).toBe(text)
  }
  socket.binaryType = 'arraybuffer'
  socket.send(Buffer.from([1, 2]))
  expect(await next()).toEqual(new Uint8Array([1, 2]).buffer)
})

test('a subscription is told prices, and a close is as asked', async () => {
  const { socket, next, closed } = await open()
  socket.send('{"type":"subscribe","product":"6E92ZMYYFZ"}')
  expect(JSON.parse(String(await next()))).toEqual({
    type: 'price',
    product: '6E92ZMYYFZ',
    amount: 8.99,
    number: 0,
  })
  socket.send('{"type":"close","code":4001}')
  expect(await closed()).toEqual({ code: 4001, reason: 'as asked' })
})

test('Socket.IO opens, joins, subscribes by events, and leaves', async () => {
  const { socket, next, closed } = await open([], '?EIO=4&transport=websocket')
  socket.send('40')
  const first = String(await next())
  const joined = first.startsWith('0') ? String(await next()) : first
  expect(joined).toMatch(/^40\{"sid":"[\da-f-]+"\}$/)
  socket.send('42["hello",1]')
  expect(await next()).toBe('42["hello",1]')
  socket.send('42["subscribe",{"product":"6E92ZMYYFZ"}]')
  expect(await next()).toBe('42["price",{"product":"6E92ZMYYFZ","amount":8.99,"number":0}]')
  socket.send('41')
  expect(await closed()).toMatchObject({ code: 1000 })
})

test.each([
  ['bytes over the limit', 'x'.repeat(64 * 1024 + 1), { code: 1009, reason: '' }],
  [
    'a wish for a code that nobody may choose',
    '{"type":"close","code":1005}',
    { code: 1000, reason: 'as asked' },
  ],
])('%s end the connection alone', async (_, said, end) => {
  const { socket, closed } = await open()
  socket.send(said)
  expect(await closed()).toEqual(end)
})

test.each([
  ['drop=/ws:1', { code: 1006, reason: '' }],
  ['errors=/ws:1', { code: 1011, reason: 'fault: errors=/ws:1' }],
])('%s ends the connection', async (fault, end) => {
  const { socket, closed } = await open([fault])
  socket.send('hello')
  expect(await closed()).toEqual(end)
})

test('a request that is no handshake is told so', async () => {
  const { shop } = await visit()
  expect(await ask(shop.url, 'GET', '/ws')).toMatchObject({ status: 426 })
})
