import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { OtlpSpan } from '../../cli/telemetry/traces/otlp.ts'
import { startShop } from '../../shop/index.ts'
import type { FailureEvent } from '../../lib/catalog.ts'
import { startCallsServer } from '../doubles/callsServer.ts'
import { startFakeCollector } from '../doubles/collector.ts'
import { socketServer } from '../doubles/socketServer.ts'
import { readArchive } from './cloudArchive.ts'
import { bundle, fixture, folder, k6, listen, run, shop } from './harness.ts'

interface Point {
  type: string
  metric: string
  data: { value: number; tags: Record<string, string>; metadata?: Record<string, string> }
}

/** On k6 itself, against a shop; gives its samples. */
async function onK6(url: string, script: string, ...more: readonly string[]) {
  const out = join(folder(), 'points.json')
  const target = ['-e', `BASE_URL=${url}`, '-e', 'TIME_BUDGET=60s', ...more]
  const ended = await k6(['run', '-q', '--out', `json=${out}`, ...target, script])
  const lines = readFileSync(out, 'utf8').trim().split('\n')
  const points = lines.map((line) => JSON.parse(line) as Point).filter(({ type }) => type === 'Point')
  return { ...ended, points }
}

/** The suite as k6 packs it for a cloud run. */
async function archived(...options: readonly string[]): Promise<string> {
  const tar = join(folder(), 'archive.tar')
  const { code, err } = await k6(['archive', '-O', tar, ...options, await bundle(fixture('protocols.ts'))])
  expect(code, err).toBe(0)
  return tar
}

test('from an archive, which has the definitions: each protocol is traced and tagged, and so is what k6’s own modules do in a step', async () => {
  const collector = await startFakeCollector()
  const open = await startShop({ traces: { url: collector.url } })
  onTestFinished(() => open.close())
  onTestFinished(() => collector.close())
  const short = ['-e', 'DURATION=1s']
  const tar = await archived(...short)
  expect(readArchive(readFileSync(tar)).text).toContain('service ProductCatalogService {')
  const { code, points, err } = await onK6(open.url, tar, ...short)
  expect(code, err).toBe(0)
  await open.close()

  const place = (metric: string, name: string): string[] =>
    points
      .filter((point) => point.metric === metric && point.data.tags.name?.endsWith(name))
      .map(
        ({ data: { tags, metadata } }) =>
          `${tags.journey} › ${tags.step} ${tags.phase ?? '-'} ${/^[\da-f]{32}$/.test(metadata?.trace_id ?? '')}`,
      )
  expect(place('http_reqs', 'Cart')).toEqual(['ask › query - true'])
  expect(place('http_reqs', 'Up')).toEqual(['ask › upload - true'])
  for (const metric of SOCKET_METRICS) {
    expect(new Set(place(metric, 'echo')), metric).toEqual(new Set(['talk › say - true']))
    // Nobody waits for what comes back.
    if (metric !== 'ws_msgs_received')
      expect(new Set(place(metric, 'raw socket')), metric).toEqual(new Set(['plain › by hand steady true']))
  }
  expect(place('grpc_req_duration', 'GetProduct')).toEqual(['call › invoke - true', 'call › invoke - true'])
  expect(place('grpc_streams_msgs_received', 'QuotePrices')).toEqual(['call › stream - true'])
  for (const [metric, name] of [
    ['http_reqs', 'robots'],
    ['grpc_req_duration', 'raw call'],
  ] as const)
    expect(new Set(place(metric, name)), metric).toEqual(new Set(['plain › by hand steady true']))

  // What the shop was sent: a parent for each handshake and each call, but for those that k6 itself made.
  const pathOf = ({ attributes }: OtlpSpan): string => {
    const { value } = attributes.find(({ key }) => key === 'url.path') ?? {}
    return value && 'stringValue' in value ? value.stringValue : ''
  }
  const parents = (path: RegExp): boolean[] =>
    collector
      .taken()
      .filter((span) => path.test(pathOf(span)))
      .map(({ parentSpanId }) => Boolean(parentSpanId))
  const withParents = (path: RegExp): number => parents(path).filter(Boolean).length
  expect(parents(/^\/graphql$/)).toEqual([true, true])
  expect(withParents(/^\/ws$/)).toBe(1)
  expect(withParents(/GetProduct$/)).toBe(2)
  expect(parents(/QuotePrices$/)).toEqual([true])
})

const SOCKET_METRICS = [
  'ws_sessions',
  'ws_connecting',
  'ws_msgs_sent',
  'ws_msgs_received',
  'ws_session_duration',
]

test.each([
  [
    ['drop=/graphql:1', 'drop=/ws:1', 'drop=/grpc:1'],
    [
      /ask › query: request Cart: EOF/,
      /socket .*echo.*: the connection was lost|no connection: EOF/,
      /request GetProduct: gRPC UN\w+: /,
    ],
  ],
  [
    ['latency=/ws:3000', 'latency=/grpc:3000'],
    [/no message came within 1500 ms/, /request GetProduct: gRPC DEADLINE_EXCEEDED: /],
  ],
  [
    ['errors=/graphql:1', 'errors=/ws:1', 'errors=/grpc:1'],
    [
      /ask › query: request Cart: GraphQL UNAVAILABLE: fault/,
      /the server closed it with code 1011 \(fault/,
      /request GetProduct: gRPC UNAVAILABLE: fault/,
    ],
  ],
])('%j fail a pass, with the reason of each', async (faults, reasons) => {
  const { code, err } = await onK6(
    await shop(...faults),
    await bundle(fixture('protocols.ts')),
    ...['-i', '1', '-e', 'PATIENCE=1500'],
  )
  expect(code, err).toBe(110)
  for (const reason of reasons) expect(err).toMatch(reason)
})

/** What k6 logs, with the quotes that it escapes. */
const told = (err: string): string => err.replaceAll('\\"', '"')

test('before a server of sockets alone: times of steps with several, how connections end, a trace in every handshake', async () => {
  const { server, handshakes } = socketServer()
  const url = await listen(server)
  const script = await bundle(fixture('sockets.ts'))
  const { code, err, points } = await onK6(url, script, '-i', '1', '-e', 'TIME_BUDGET=40s')
  expect(code, err).toBe(110)
  for (const reason of [
    'cut › at cut: SocketError: socket "cut": the connection was lost',
    'named › at named: SocketError: socket "named": it was closed with code 4001, not 1000, 1001 or 1005',
    'late › at late: SocketError: socket "late": the handshake took longer than 1000 ms',
    'mute › at mute: SocketError: socket "mute": no message came within 1000 ms',
  ])
    expect(told(err)).toContain(reason)
  const valuesOf = (metric: string, journey: string): number[] =>
    points.flatMap((point) =>
      point.metric === metric && point.data.tags.journey === journey ? [point.data.value] : [],
    )
  for (const journey of ['both', 'bare']) expect(valuesOf('journey_failed', journey)).toEqual([0])
  const [took = -1, ...more] = valuesOf('group_duration', 'both')
  expect(more).toEqual([])
  expect(took).toBeGreaterThanOrEqual(0)
  const traced = handshakes
    .filter(({ headers }) => /^00-[\da-f]{32}-[\da-f]{16}-0[23]$/.test(String(headers.traceparent)))
    .map(({ url }) => url)
  expect(traced.sort()).toEqual(['/bare', '/cut', '/echo', '/echo', '/late', '/mute', '/named'])
})

test('what does not come in time is one cause, however often', async () => {
  const url = await listen(socketServer().server)
  const { record, err } = await run([fixture('sockets.ts'), '--base-url', url])
  const found = record.failures.filter(({ journey }) => journey === 'mute')
  expect(found, err).toMatchObject([{ what: 'socket "mute": no message came within 1000 ms', count: 4 }])
})

test('a server that answers nothing is told within the time budget', async () => {
  const url = await listen(createServer(() => undefined))
  const { code, err, seconds } = await onK6(
    url,
    await bundle(fixture('sockets.ts')),
    '-i',
    '1',
    '-e',
    'TIME_BUDGET=20s',
  )
  expect(code, err).toBe(110)
  expect(told(err)).toContain('at both: SocketError: socket "one": no connection: request timeout')
  // k6 itself gives a handshake 60 s.
  expect(seconds).toBeLessThan(50)
})

test('each end of a call and of an operation is told by its cause, and the usual SLOs judge them without a check', async () => {
  const server = await startCallsServer()
  onTestFinished(() => server.close())
  const settings = ['-e', `GRAPHQL=${server.graphql}`, '-e', `GRPC=${server.grpc}`, '-e', 'SUMMARY=none']
  const { code, err } = await onK6(server.graphql, await bundle(fixture('calls.ts')), ...settings)
  const failures = Array.from(
    err.matchAll(/msg="(\{\\"loadwright\\":\\"failure\\".*?\})" source/g),
    ([, text = '']) => {
      const event = JSON.parse(JSON.parse(`"${text}"`) as string) as FailureEvent
      const { kind, what, status = '-', code = '-', got = '' } = event
      return `${event.journey} › ${event.step}: ${kind} ${status} ${code} ${got || what}`
    },
  )
  const calls = [
    'NOT_FOUND: request 200 NOT_FOUND gRPC NOT_FOUND: so it was asked',
    'UNAVAILABLE: request 200 UNAVAILABLE gRPC UNAVAILABLE: so it was asked',
    'CANCELLED: request 200 CANCELLED gRPC CANCELLED: context canceled',
  ].map((text) => `invoked › ${text}`)
  const nothing = 'UNIMPLEMENTED: the definitions have no method "hipstershop.ProductCatalogService/Nothing"'
  const failed = (place: string, code: string, text: string, status = 200, name = place) => [
    `${place}: request ${status} ${code} gRPC ${text}`,
    `${place}: error - - CallError: ${name}: ${text}`,
  ]
  expect(failures.toSorted()).toEqual(
    [
      'operations › texts: request 200 - GraphQL boom',
      'operations › refused: request 400 GRAPHQL_VALIDATION_FAILED GraphQL GRAPHQL_VALIDATION_FAILED: no field a',
      'operations › listed: request 400 GRAPHQL_VALIDATION_FAILED GraphQL GRAPHQL_VALIDATION_FAILED: no field a',
      'operations › missed: request 200 - GraphQL no errors, where some are expected',
      ...calls,
      ...failed('unknown › method', 'UNIMPLEMENTED', nothing, 0, 'call "Nothing"'),
      ...failed('unopened › unopened', 'UNIMPLEMENTED', nothing, 0, 'call "Nothing"'),
      ...failed('late › late', 'UNAVAILABLE', 'UNAVAILABLE: so it was asked', 200, 'stream "UNAVAILABLE"'),
      ...failed(
        'cancelled › cancelled',
        'CANCELLED',
        'CANCELLED: canceled by the server',
        200,
        'stream "CANCELLED"',
      ),
    ].toSorted(),
  )
  expect(code, err).toBe(99)
  for (const metric of ['graphql_operation_failed', 'grpc_call_failed']) expect(err).toContain(metric)
})
