import { expect, test } from 'vitest'
import { events, samples } from '../../test/recorded.ts'
import { rehearse, type CannedResponse } from '../../testing/index.ts'
import { journey } from '../journey.ts'
import { step } from '../step.ts'
import { MAX_UNREAD } from './connection.ts'
import { socket, type Socket, type SocketOptions } from './index.ts'

const load = { name: 'visitors', executor: 'constant-vus' }
const NAMED: SocketOptions = { name: 'chat' }

/** A step that talks through a socket, with a server; gives what was recorded, and the error that ended it. */
async function talked(
  body: (ws: Socket) => unknown,
  answer: CannedResponse,
  options: SocketOptions = NAMED,
  url = '/ws',
) {
  const talk = journey('talk', () => step('say', () => socket(url, options, body as () => unknown)))
  const seen = await rehearse(talk, { scenario: load, respond: () => answer, onError: 'record' })
  const [error] = events(seen)
  return { seen, error: error?.what, took: seen.steps[0]?.duration, ok: seen.steps[0]?.ok }
}
const echo: CannedResponse = {
  duration: 300,
  socket: (said, ws) => {
    if (said !== undefined) ws.send(said, 70)
  },
}

test('the handshake is named and traced, and the step takes from what is said to what was asked for', async () => {
  let came: unknown
  const { seen, took, ok } = await talked(
    async (ws) => {
      ws.send({ hello: 1 })
      came = (await ws.next()).json()
    },
    echo,
    { name: 'chat', headers: { Authorization: 'x' }, tags: { kind: 'echo' } },
  )
  expect(came).toEqual({ hello: 1 })
  expect({ took, ok }).toEqual({ took: 70, ok: true })
  const [request] = seen.requests
  expect(request).toMatchObject({
    method: 'GET',
    url: 'ws://127.0.0.1:8080/ws',
    tags: { name: 'chat', kind: 'echo', step: 'say', journey: 'talk' },
    headers: {
      Authorization: 'x',
      traceparent: expect.stringMatching(/^00-[\da-f]{32}-[\da-f]{16}-03$/) as string,
    },
  })
  expect(request?.headers.baggage).toContain('step=say')
  expect(samples(seen, 'ws_msgs_received', { name: 'chat', step: 'say' })).toHaveLength(1)
  expect(samples(seen, 'ws_session_duration')).toHaveLength(1)
})

test('what is not wanted is passed over, and a body may close', async () => {
  const { ok } = await talked(async (ws) => {
    for (const text of ['a', 'b', 'c']) ws.send(text)
    expect((await ws.next(({ data }) => data === 'b')).data).toBe('b')
    expect((await ws.next()).data).toBe('c')
    ws.close(4000, 'done')
    expect(await ws.closed()).toMatchObject({ code: 4000 })
  }, echo)
  expect(ok).toBe(true)
})

test('what came before it was asked for is the next one, unless it is to be fresh', async () => {
  const taken: unknown[] = []
  const { ok } = await talked(
    async (ws) => {
      const began = Date.now()
      await idle(100)
      const first = await ws.next()
      taken.push(first.data, first.at - began)
      taken.push((await ws.next(undefined, { fresh: true })).data)
    },
    {
      socket: (said, ws) => {
        if (said === undefined) for (const after of [10, 20, 150]) ws.send(String(after), after)
      },
    },
  )
  expect(taken).toEqual(['10', 10, '150'])
  expect(ok).toBe(true)
})

const idle = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds))
const next = (ws: Socket) => ws.next(undefined, { within: 500 })
test.each<[string, (ws: Socket) => unknown, CannedResponse, string]>([
  ['no server', next, { error: 'connection refused' }, 'socket "chat": no connection: connection refused'],
  ['a refusal', next, { status: 404 }, 'socket "chat": no connection: websocket: bad handshake'],
  ['silence', next, { socket: () => undefined }, 'socket "chat": no message came within 500 ms'],
  [
    'other words',
    (ws) => ws.next(({ data }) => data === 'x', { within: 500 }),
    { socket: (_, ws) => ws.send('y') },
    'socket "chat": none of the messages that came was the one within 500 ms',
  ],
  ['a cut', next, { socket: (_, ws) => ws.cut() }, 'socket "chat": the connection was lost'],
  [
    'a close',
    next,
    { socket: (_, ws) => ws.close(1011, 'oh') },
    'socket "chat": the server closed it with code 1011 (oh)',
  ],
  [
    'another code',
    (ws) => ws.closed({ code: 4000 }),
    { socket: (_, ws) => ws.close(4001) },
    'socket "chat": it was closed with code 4001, not 4000',
  ],
  [
    'an end that nobody asked for',
    () => idle(100),
    { socket: (_, ws) => ws.close(1011) },
    'socket "chat": it ended with code 1011, which nobody asked for',
  ],
  [
    'a cut in place of an end',
    (ws) => ws.closed(),
    { socket: (_, ws) => ws.cut() },
    'socket "chat": the connection was lost',
  ],
  [
    'an end by a code that was not named',
    (ws) => ws.closed(),
    { socket: (_, ws) => ws.close(1011) },
    'socket "chat": it was closed with code 1011, not 1000, 1001 or 1005',
  ],
  [
    'no end',
    (ws) => ws.closed({ within: '1s' }),
    { socket: () => undefined },
    'socket "chat": the server did not close it within 1000 ms',
  ],
  ['a slow handshake', next, { duration: 20_000 }, 'socket "chat": the handshake took longer than 10000 ms'],
])('%s fails the step with a reason', async (_, body, answer, reason) => {
  const { error, ok } = await talked(body, answer, { name: 'chat', within: '10s' })
  expect(error).toBe(`SocketError: ${reason}`)
  expect(ok).toBe(false)
})

test.each([1000, 1001, 1005])('a server that goes with %d fails nobody', async (code) => {
  const answer: CannedResponse = { socket: (_, ws) => ws.close(code) }
  expect((await talked((ws) => ws.closed(), answer)).ok).toBe(true)
  expect((await talked(() => idle(100), answer)).ok).toBe(true)
})

test('a connection that is lost while another is waited for is the cause', async () => {
  const talk = journey('talk', () =>
    step('say', () =>
      socket('/ann', { name: 'ann' }, () => socket('/bob', { name: 'bob' }, (bob) => next(bob))),
    ),
  )
  const respond = ({ url }: { url: string }): CannedResponse => ({
    socket: (_, ws) => (url.endsWith('/ann') ? ws.cut() : undefined),
  })
  const seen = await rehearse(talk, { scenario: load, respond, onError: 'record' })
  expect(events(seen)[0]?.what).toBe(
    'SocketError: socket "ann": the connection was lost, and then socket "bob": no message came within 500 ms',
  )
})

test('what opens too late is closed', async () => {
  const { seen } = await talked(next, { duration: 20_000 }, { name: 'chat', within: '10s' })
  expect(samples(seen, 'ws_session_duration')).toHaveLength(1)
})

test('of messages that nobody reads, the oldest are lost', async () => {
  let first: unknown
  await talked(
    async (ws) => {
      await idle(100)
      first = (await ws.next()).data
    },
    {
      socket: (_, ws) => {
        for (let number = 0; number < MAX_UNREAD + 5; number++) ws.send(String(number))
      },
    },
  )
  expect(first).toBe('5')
})

test('two that wait at once, a socket without a name and a host that is not listed are mistakes', async () => {
  const { error } = await talked((ws) => Promise.all([next(ws), next(ws)]), { socket: () => undefined })
  expect(error).toBe('UsageError: socket "chat": two things wait for it at once: await the first')
  expect((await talked(next, echo, { name: '' })).error).toContain('a socket needs a name')
  expect((await talked(next, echo, NAMED, 'wss://pay.example.com/')).error).toContain(
    'allowed: in shop: loopback',
  )
})

test('a single pass asks first, with a handshake that is to be refused, and goes on whatever is answered', async () => {
  const talk = journey('talk', () => step('say', () => socket('/ws', NAMED, (ws) => ws.send('a'))))
  const pass = (first: CannedResponse) =>
    rehearse(talk, {
      scenario: { name: 'default', executor: 'shared-iterations' },
      options: { scenarios: { default: { executor: 'shared-iterations', vus: 1, iterations: 1 } } },
      env: { TIME_BUDGET: '10s' },
      respond: ({ url }) => (url.startsWith('ws:') ? echo : first),
      onError: 'record',
    })
  for (const answer of [{ status: 400 }, { status: 200 }, { error: 'EOF' }]) {
    const { requests, steps } = await pass(answer)
    expect(requests.map(({ url, tags, headers }) => [url, tags.name, headers.Upgrade])).toEqual([
      ['http://127.0.0.1:8080/ws', 'preflight', 'websocket'],
      ['ws://127.0.0.1:8080/ws', 'chat', undefined],
    ])
    expect(steps[0]?.ok).toBe(true)
  }
  const silent = await pass({ duration: 20_000 })
  expect(silent.requests).toHaveLength(1)
  expect(events(silent)[0]?.what).toBe('SocketError: socket "chat": no connection: request timeout')
})
