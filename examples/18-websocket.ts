/** WebSocket: a message asked for is a step's answer; what is not said in time, or said by closing, is its failure. */
import { check, journey, step, suite, think } from 'loadwright'
import { socket, type Socket, type SocketMessage } from 'loadwright/websocket'
import { workload } from 'loadwright/scenarios'

const MUG = '6E92ZMYYFZ'

interface Price {
  type: string
  product: string
  amount: number
}
const isPrice = (message: SocketMessage): boolean => message.json<Price>()?.type === 'price'

/** Looks at prices: connects, subscribes, and leaves. */
export const prices = journey('prices', async () => {
  await step('watch a price', () =>
    socket('/ws', { name: 'ticker' }, async (ws) => {
      ws.send({ type: 'subscribe', product: MUG })
      const first = (await ws.next(isPrice, { within: 2000 })).json<Price>()
      await ws.next(isPrice, { within: 2000 })
      check(first, { 'the price is the product’s': (price) => price?.product === MUG })
    }),
  )
  think(1)
})

/** A subprotocol such as STOMP is text in messages. */
const frame = (command: string, headers: Readonly<Record<string, string>>, body = ''): string =>
  `${command}\n${Object.entries(headers)
    .map(([name, value]) => `${name}:${value}\n`)
    .join('')}\n${body}\0`
const isFrame =
  (command: string) =>
  ({ data }: SocketMessage): boolean =>
    typeof data === 'string' && data.startsWith(`${command}\n`)

/** Stays connected over several steps: each is timed by itself. */
export const chat = journey('chat', async () => {
  await socket('/ws', { name: 'chat', protocols: ['v12.stomp'] }, async (ws) => {
    await step('join', async () => {
      ws.send(frame('CONNECT', { 'accept-version': '1.2', host: 'shop' }))
      await ws.next(isFrame('CONNECT')) // the shop says what it hears
    })
    think(1)
    await step('say hello', async () => {
      ws.send(frame('SEND', { destination: '/queue/help' }, 'hello'))
      await ws.next(isFrame('SEND'), { within: '2s' })
    })
  })
})

/** Socket.IO's packets are texts, too: `42["event",…]` says something, and `2` is a ping that wants a `3`. */
const isEvent =
  (event: string, ws: Socket) =>
  ({ data }: SocketMessage): boolean => {
    if (data === '2') ws.send('3')
    return typeof data === 'string' && data.startsWith(`42["${event}"`)
  }

/** Hears of a price from a server of Socket.IO. */
export const news = journey('news', async () => {
  await step('hear a price', () =>
    socket('/ws?EIO=4&transport=websocket', { name: 'news' }, async (ws) => {
      ws.send('40')
      await ws.next(({ data }) => typeof data === 'string' && data.startsWith('40'))
      ws.send(`42${JSON.stringify(['subscribe', { product: MUG }])}`)
      await ws.next(isEvent('price', ws), { within: '2s' })
    }),
  )
  think(1)
})

const live = suite({
  name: 'live',
  scenarios: {
    watchers: workload()(prices, { rate: 2 }),
    talkers: workload()(chat, { rate: 1 }),
    listeners: workload()(news, { rate: 1 }),
  },
  thresholds: {
    'group_duration{step:watch a price}': ['p(95)<1000'],
    'ws_connecting{name:ticker}': ['p(95)<500'],
    ws_msgs_received: ['count>0'],
  },
})

export const { options, setup, teardown, handleSummary } = live
export default live
