import { expect, test } from 'vitest'
import { rehearse, type SentRequest } from '../../testing/index.ts'
import { client } from '../client.ts'
import { journey } from '../journey.ts'
import { step } from '../step.ts'
import { socket, type Socket } from './index.ts'

const api = client('http://127.0.0.1:8080')
const NAMED = { name: 'chat' }

/** What a step took before a target whose handshakes take as long as their path says, whose sockets echo after 70 ms, and whose pages take 200 ms. */
async function took(body: () => unknown): Promise<number | undefined> {
  const talk = journey('talk', () => step('say', body))
  const respond = ({ url }: SentRequest) =>
    url.startsWith('ws:')
      ? {
          duration: Number(/\d+$/.exec(url)?.[0]),
          socket: (said: unknown, ws: { send(data: never, after?: number): void }) => {
            if (said !== undefined) ws.send(said as never, 70)
          },
        }
      : { duration: 200 }
  const load = { name: 'visitors', executor: 'constant-vus' }
  const { steps, errors } = await rehearse(talk, { scenario: load, respond })
  expect(errors).toEqual([])
  return steps[0]?.duration
}

const ask = async (ws: Socket): Promise<void> => {
  ws.send('a')
  await ws.next()
}
const idle = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))
const page = (): unknown => api.get('/', { name: 'page' })

test.each<[string, number, () => unknown]>([
  ['one', 70, () => socket('/300', NAMED, ask)],
  [
    'one after the other',
    140,
    async () => {
      await socket('/300', NAMED, ask)
      await socket('/300', { name: 'other' }, ask)
    },
  ],
  ['side by side', 70, () => Promise.all([socket('/300', NAMED, ask), socket('/300', NAMED, ask)])],
  [
    'side by side, one of which talks while the other connects',
    120,
    () => Promise.all([socket('/300', NAMED, ask), socket('/350', { name: 'other' }, ask)]),
  ],
  [
    'one in the other, which is quiet',
    70,
    () => socket('/300', NAMED, () => socket('/300', { name: 'other' }, ask)),
  ],
  [
    'before a page, and after one',
    470,
    async () => {
      page()
      await socket('/300', NAMED, ask)
      page()
    },
  ],
  [
    'around pages',
    470,
    () =>
      socket('/300', NAMED, async (ws) => {
        page()
        await ask(ws)
        page()
      }),
  ],
  [
    'with pauses before and after',
    70,
    () =>
      socket('/300', NAMED, async (ws) => {
        await idle(1000)
        await ask(ws)
        await idle(1000)
      }),
  ],
  [
    'an answer that is read late',
    70,
    () =>
      socket('/300', NAMED, async (ws) => {
        ws.send('a')
        await idle(1000)
        await ws.next()
      }),
  ],
  ['without a word', 0, () => socket('/300', NAMED, () => idle(500))],
])('of a step with sockets, %s: %d ms', async (_, milliseconds, body) => {
  expect(await took(body)).toBe(milliseconds)
})
