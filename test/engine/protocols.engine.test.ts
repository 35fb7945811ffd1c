import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { OtlpSpan } from '../../cli/telemetry/traces/otlp.ts'
import { startShop } from '../../shop/index.ts'
import { startFakeCollector } from '../doubles/collector.ts'
import { readArchive } from './cloudArchive.ts'
import { bundle, fixture, folder, k6, shop } from './harness.ts'

interface Point {
  type: string
  metric: string
  data: { tags: Record<string, string>; metadata?: Record<string, string> }
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
