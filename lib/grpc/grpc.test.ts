import { expect, test } from 'vitest'
import { events, samples } from '../../test/recorded.ts'
import { rehearse, type CannedResponse } from '../../testing/index.ts'
import { check } from '../check.ts'
import { journey } from '../journey.ts'
import { step } from '../step.ts'
import { code, grpcClient, ok, protos, type GrpcClient } from './index.ts'

const shop = grpcClient('http://127.0.0.1:8080', { reflect: true, metadata: { tenant: 'a' } })
const load = { name: 'visitors', executor: 'constant-vus' }

async function called<T>(body: (shop: GrpcClient) => T, answer: CannedResponse) {
  let gave: Awaited<T> | undefined
  const call = journey('call', () => step('ask', async () => void (gave = await body(shop))))
  const seen = await rehearse(call, { scenario: load, respond: () => answer, onError: 'record' })
  return { seen, gave: gave as Awaited<T>, told: events(seen) }
}
const get = (shop: GrpcClient) =>
  shop.invoke<{ name: string }>('shop.Catalog/Get', { id: '1' }, { timeout: '2s' })

test('a call is named by its method, traced, and has a deadline', async () => {
  const { seen, gave, told } = await called(get, { body: { name: 'Mug' } })
  expect(gave).toMatchObject({ code: 'OK', message: { name: 'Mug' }, status: 0 })
  expect(told).toEqual([])
  expect(seen.requests).toMatchObject([
    {
      url: 'grpc://127.0.0.1:8080/shop.Catalog/Get',
      body: '{"id":"1"}',
      timeout: 2000,
      tags: { name: 'Get', step: 'ask', journey: 'call' },
      headers: { tenant: 'a', traceparent: expect.stringMatching(/^00-/) as string },
    },
  ])
})

test('a status that is not expected is told with its name, and fails ok()', async () => {
  const answer = { status: 5, error: 'no product' }
  const { told } = await called((one) => check(get(one), { found: ok() }), answer)
  expect(told).toMatchObject([
    { kind: 'request', what: 'Get', status: 200, got: 'gRPC NOT_FOUND: no product' },
    { kind: 'check', what: 'found', expected: 'OK', got: 'NOT_FOUND: no product' },
  ])
  const wanted = await called((one) => {
    const given = one.invoke('shop.Catalog/Get', {}, { name: 'GetNone', expect: ['NOT_FOUND'] })
    return check(given, { none: code('NOT_FOUND', 'UNAVAILABLE') })
  }, answer)
  expect(wanted).toMatchObject({ told: [], gave: true })
})

test('a call that is late has no answer', async () => {
  const { told } = await called(get, { duration: 3000 })
  expect(told).toMatchObject([{ status: 0, got: 'gRPC DEADLINE_EXCEEDED: context deadline exceeded' }])
})

test('a stream gives its messages, and fails with its status', async () => {
  const watch = (one: GrpcClient) =>
    one.stream('shop.Catalog/Watch', {}, (stream) => {
      stream.write({ id: '1' })
      return stream.rest()
    })
  expect((await called(watch, { body: [{ n: 1 }, { n: 2 }] })).gave).toEqual([{ n: 1 }, { n: 2 }])
  const { told } = await called(watch, { status: 14, error: 'gone' })
  expect(told).toMatchObject([
    { kind: 'request', what: 'Watch', got: 'gRPC UNAVAILABLE: gone' },
    { kind: 'error', what: 'CallError: stream "Watch": UNAVAILABLE: gone' },
  ])
})

test('a connection that is lost is no answer, and the same cause whatever port it had; a proxy’s page has its own status', async () => {
  const lost = (port: number) => ({
    status: 14,
    error: `connection error: desc = "error reading from server: read tcp 127.0.0.1:${port}->127.0.0.1:8080: read: connection reset by peer"`,
  })
  const watch = (one: GrpcClient) => one.stream('shop.Catalog/Lost', {}, (stream) => stream.rest())
  const error =
    'UNAVAILABLE: connection error: desc = "error reading from server: read tcp 127.0.0.1:***->127.0.0.1:8080: read: connection reset by peer"'
  expect((await called(watch, lost(53_422))).told).toMatchObject([
    { kind: 'request', status: 0, code: 'UNAVAILABLE', got: `gRPC ${error}` },
    { kind: 'error', what: `CallError: stream "Lost": ${error}`, count: 1 },
  ])
  expect((await called(watch, lost(53_423))).told).toMatchObject([{ count: 2 }, { count: 2 }])
  const page = 'unexpected HTTP status code received from server: 502 (Bad Gateway)'
  const { told } = await called(get, { status: 14, error: page })
  expect(told).toMatchObject([{ status: 502, code: 'UNAVAILABLE' }])
})

test.each([
  (one: GrpcClient) => one.stream('Watch', {}, () => undefined),
  (one: GrpcClient) => one.invoke('Watch', {}),
])('what cannot be called is told, and ends the step', async (watch) => {
  const { told, seen } = await called<unknown>(watch, {})
  expect(samples(seen, 'grpc_call_failed', { name: 'Watch' })).toMatchObject([{ value: 1 }])
  const got = 'UNIMPLEMENTED: the definitions have no method "Watch"'
  expect(told).toMatchObject([
    { kind: 'request', what: 'Watch', status: 0, got: `gRPC ${got}` },
    { kind: 'error', what: `CallError: call "Watch": ${got}` },
  ])
})

test('a stream that is over is written to no more, where k6 would wait for ever', async () => {
  const { seen, told, gave } = await called(
    (one) =>
      one.stream('a.B/Watch', {}, async (stream) => {
        const all = await stream.rest()
        stream.write({})
        stream.end()
        return all
      }),
    { body: [{ n: 1 }] },
  )
  expect([told, gave]).toEqual([[], [{ n: 1 }]])
  expect(samples(seen, 'grpc_streams_msgs_sent')).toEqual([])
  const wrong = await called(
    (one) =>
      one.stream('a.B/Wrong', {}, (stream) => {
        stream.end()
        stream.write({})
      }),
    {},
  )
  expect(wrong.told).toMatchObject([
    { what: 'UsageError: stream "Wrong": a message after end() is never sent' },
  ])
})

test('an end that nobody awaits fails a stream, unless it is expected', async () => {
  const answer = { status: 14, error: 'gone', duration: 500 }
  const leave = (one: GrpcClient, ...expected: ['UNAVAILABLE'] | []) =>
    one.stream('shop.Catalog/Watch', { expect: ['OK', ...expected] }, () => 1)
  const { told } = await called((one) => leave(one), answer)
  expect(told).toMatchObject([
    { kind: 'request', got: 'gRPC UNAVAILABLE: gone' },
    { kind: 'error', what: 'CallError: stream "Watch": UNAVAILABLE: gone' },
  ])
  expect(await called((one) => leave(one, 'UNAVAILABLE'), answer)).toMatchObject({ told: [], gave: 1 })
})

test('two that wait at once, and more messages than rest() gives, fail a stream', async () => {
  const twice = await called(
    (one) => one.stream('a.B/Watch', {}, (stream) => Promise.all([stream.next(), stream.next()])),
    {},
  )
  expect(twice.told).toMatchObject([
    { what: 'UsageError: stream "Watch": two things wait for it at once: await the first' },
  ])
  const body = Array.from({ length: 1001 }, (_, n) => ({ n }))
  const slowly = async (one: GrpcClient) =>
    one.stream('a.B/Watch', {}, async (stream) => {
      await stream.next()
      return (await stream.rest()).length
    })
  expect((await called(slowly, { body: body.slice(0, 1000) })).gave).toBe(999)
  const { told } = await called((one) => one.stream('a.B/Many', {}, (stream) => stream.rest()), { body })
  const text = expect.stringContaining('RESOURCE_EXHAUSTED: more than 1000 messages') as string
  expect(told).toMatchObject([
    { what: 'Many', got: text },
    { kind: 'error', what: text },
  ])
})

test('a stream’s status is a check, an expected one fails nobody, and messages that came before it are there', async () => {
  const none = (one: GrpcClient) =>
    one.stream<{ n: number }, number>('a.B/Watch', { expect: ['NOT_FOUND'] }, async (stream) => {
      const all = await stream.rest()
      check(await stream.closed(), { none: code('NOT_FOUND'), ok: ok() })
      return all.length
    })
  const { told, gave } = await called(none, { status: 5, error: 'no product', body: [{ n: 1 }] })
  expect(gave).toBe(1)
  expect(told).toMatchObject([{ kind: 'check', what: 'ok', got: 'NOT_FOUND: no product' }])
  const well = await called(none, {})
  expect(well.told).toContainEqual(expect.objectContaining({ kind: 'request', code: 'OK' }) as unknown)
})

test('calls and streams are counted with whether they failed; k6’s own times have the status', async () => {
  const watch = (one: GrpcClient) => one.stream('a.B/Watch', {}, (stream) => stream.rest())
  const ends = [
    [{}, 0, 0],
    [{ error: 'gone' }, 1, 14],
    [{ duration: 40_000 }, 1, 4],
    [{ status: 1, error: 'context canceled' }, 1, 1],
  ] as const
  for (const [answer, failed, status] of ends)
    for (const one of [watch, get]) {
      const { seen } = await called<unknown>(one, answer)
      expect(samples(seen, 'grpc_call_failed')).toMatchObject([{ value: failed }])
      expect(samples(seen, 'grpc_calls')).toHaveLength(1)
      expect(samples(seen, 'grpc_calls_failed')).toHaveLength(failed)
      expect(samples(seen, 'grpc_req_duration')).toMatchObject([{ tags: { status: `${status}` } }])
    }
})

test('a server that says CANCELLED fails its call; the end of the test does not', async () => {
  const answer = { status: 1, error: 'context canceled' }
  const { told } = await called(get, answer)
  expect(told).toMatchObject([{ kind: 'request', code: 'CANCELLED', status: 200 }])
})

test('a client needs definitions, and a host that is listed', () => {
  // @ts-expect-error -- no definitions
  expect(() => grpcClient('127.0.0.1:1', {})).toThrow('grpcClient: got no definitions')
  expect(() => grpcClient('pay.example.com:443', { reflect: true })).toThrow('allowed: in shop: loopback')
  expect(() => grpcClient('127.0.0.1:1', { definitions: protos(['.'], 'a.proto') })).not.toThrow()
})
