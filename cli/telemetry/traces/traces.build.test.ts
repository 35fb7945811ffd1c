import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test as inTurn } from 'vitest'
import type { SpanEvent } from '../../../lib/catalog.ts'
import { collectorOf } from './collector.ts'
import { resourceOf } from './otlp.ts'
import { refuseWith, startFakeCollector, take, type FakeCollector } from '../../../test/doubles/collector.ts'
import { removeSpanLines } from '../../k6/index.ts'
import { startTraces, type TracesOptions } from './traces.ts'

// They wait for timers and sockets, each for a collector of its own: at once.
const test = inTurn.concurrent

const closing: (() => unknown)[] = []
afterAll(() => Promise.all(closing.map((close) => close())))

const QUICK = { poll: 5, gather: 20, timeout: 60_000, firstMs: 5, mostMs: 50, patience: 60_000 }
/** Of those that are given up. */
const IMPATIENT = { ...QUICK, timeout: 200, patience: 400 }
const resource = resourceOf({ id: 'run-1', suite: 'boutique', environment: 'shop', k6: '2.2.0' })

let made = 0
const id = (digits: number) => (++made).toString(16).padStart(digits, '0')
/** A step with one request: two spans, as k6 writes them. */
function lineOf(name = 'open', event: Partial<SpanEvent> = {}): string {
  const root = id(16)
  const request = { id: id(16), parent: root, name: 'home', method: 'GET', url: 'http://x/', status: 200 }
  const spans = [
    { id: root, name, at: 1000, ms: 9 },
    { ...request, at: 1001, ms: 7.25 },
  ]
  const whole = {
    loadwright: 'span',
    trace_id: id(32),
    tags: { journey: 'visit', step: name },
    spans,
    ...event,
  }
  return `time="2026-11-22T03:21:24Z" level=warning msg=${JSON.stringify(JSON.stringify(whole))}\n`
}
const lines = (count: number): string => Array.from({ length: count }, () => lineOf()).join('')

async function setUp({ file: given, ...options }: Partial<TracesOptions> = {}) {
  const collector = await startFakeCollector()
  closing.push(() => collector.close())
  const file = given ?? join(scratch(), 'k6.log')
  const said: string[] = []
  const to = collectorOf(collector.url, { OTEL_EXPORTER_OTLP_HEADERS: 'x-key=geheim%20wort' })
  const how = { file, resource, say: (line: string) => void said.push(line), times: QUICK, ...options }
  return { collector, file, said, start: () => startTraces({ ...to!, ...how }) }
}
function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-traces-'))
  closing.push(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
const have = (collector: FakeCollector, count: number) =>
  expect.poll(() => collector.taken().length).toBe(count)

test('follows a file that grows, tolerant of half lines and of what is no span', async () => {
  const { collector, file, start } = await setUp()
  const traces = start()
  const [line, other] = [lineOf('über "alles"\n'), lineOf()]
  writeFileSync(file, `time="x" level=info msg=hello\n${line.slice(0, 80)}`)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(collector.taken()).toEqual([])
  appendFileSync(file, line.slice(80))
  await have(collector, 2)
  appendFileSync(
    file,
    `{"loadwright":"span"}\n${lineOf('x', { trace_id: 'no id' })}${other}${lineOf().slice(0, -9)}`,
  )
  expect(await traces.close()).toEqual({
    url: `${collector.url}/v1/traces`,
    spans: 4,
    dropped: 0,
    problems: [],
  })
  expect(collector.got.map(({ path }) => path)).toEqual(['/v1/traces', '/v1/traces'])
  expect(collector.got[0]?.headers).toMatchObject({
    'x-key': 'geheim wort',
    'content-type': 'application/json',
  })
  expect(collector.taken().map(({ name }) => name)).toEqual([
    'über "alles"\n',
    'GET home',
    'open',
    'GET home',
  ])
})

test('posts what OTLP asks for: ids in hex, times as texts of nanoseconds, the run as the resource', async () => {
  const { collector, file, start } = await setUp()
  writeFileSync(file, lineOf())
  await start().close()
  const [posted] = collector.got
  const attributes = posted?.body.resourceSpans[0]?.resource.attributes ?? []
  expect(Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]))).toMatchObject({
    'service.name': 'loadwright',
    testid: 'run-1',
    'test.suite.name': 'boutique',
    'deployment.environment.name': 'shop',
    'k6.version': '2.2.0',
  })
  expect(posted?.spans[1]).toMatchObject({
    kind: 3,
    startTimeUnixNano: '1001000000',
    endTimeUnixNano: '1008250000',
    parentSpanId: posted?.spans[0]?.spanId,
  })
  expect(posted?.spans[1]?.attributes).toContainEqual({
    key: 'loadwright.journey',
    value: { stringValue: 'visit' },
  })
  expect(posted?.spans[1]?.attributes).toContainEqual({
    key: 'http.response.status_code',
    value: { intValue: '200' },
  })
})

test('a batch has 512 spans at most, whatever was written', async () => {
  // On a busy machine a full batch may take longer than QUICK has, and would then come twice.
  const { collector, file, start } = await setUp({ times: { ...QUICK, timeout: 10_000 } })
  writeFileSync(file, lines(2000))
  const traces = start()
  await have(collector, 4000)
  expect(await traces.close()).toMatchObject({ spans: 4000, dropped: 0 })
  expect(Math.max(...collector.got.map(({ spans }) => spans.length))).toBe(512)
  expect(new Set(collector.taken().map(({ spanId }) => spanId)).size).toBe(4000)
})

test.each([429, 502, 503, 504])(
  'a collector that answers %d gets everything once it is back',
  async (status) => {
    const { collector, file, said, start } = await setUp()
    collector.answer(refuseWith(status))
    writeFileSync(file, lines(800))
    const traces = start()
    await expect.poll(() => collector.got.length).toBeGreaterThan(2)
    expect(new Set(collector.got.map(({ spans }) => spans[0]?.spanId)).size).toBe(1)
    collector.answer(take)
    await have(collector, 1600)
    expect(await traces.close()).toMatchObject({
      spans: 1600,
      dropped: 0,
      problems: [`answers ${status} (no thanks)`],
    })
    expect(said).toEqual([
      `traces: ${collector.url}/v1/traces answers ${status} (no thanks); the run does not wait for it`,
    ])
  },
)

test('a collector waits as long as it asks for', async () => {
  const { collector, file, start } = await setUp({ times: { ...QUICK, mostMs: 60_000 } })
  collector.answer(refuseWith(429, { 'retry-after': '30' }))
  writeFileSync(file, lineOf())
  const traces = start()
  await expect.poll(() => collector.got).toHaveLength(1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(collector.got).toHaveLength(1)
  collector.answer(take)
  expect(await traces.close()).toMatchObject({ spans: 2, dropped: 0 })
})

test.each([400, 401, 404, 500, 302])(
  'what is answered with %d is not sent again, and counted',
  async (status) => {
    const { collector, file, said, start } = await setUp()
    collector.answer((response, posted) =>
      (posted.spans[0]?.name === 'bad' ? refuseWith(status, { location: '/elsewhere' }) : take)(
        response,
        posted,
      ),
    )
    writeFileSync(file, lineOf('bad'))
    const traces = start()
    await expect.poll(() => collector.got).toHaveLength(1)
    appendFileSync(file, lineOf('good'))
    const result = await traces.close()
    expect(result).toMatchObject({
      spans: 2,
      dropped: 2,
      problems: [expect.stringContaining(`answers ${status}`)],
    })
    expect(collector.got).toHaveLength(2)
    expect(said.at(-1)).toBe(`traces: 2 of 4 spans did not reach ${collector.url}/v1/traces`)
  },
)

test('a collector that takes a part says how many it did not', async () => {
  const { collector, file, start } = await setUp()
  collector.answer((response) =>
    response.end('{"partialSuccess":{"rejectedSpans":"1","errorMessage":"too old for geheim"}}'),
  )
  writeFileSync(file, lineOf())
  const result = await start().close()
  expect(result).toMatchObject({ spans: 1, dropped: 1, problems: ['takes not all ("too old for …")'] })
})

test.each<[string, (collector: FakeCollector) => unknown, RegExp, string?]>([
  // Where nobody listens, not at a port that another test may get.
  ['is down', () => undefined, /^does not answer \(ECONNREFUSED\)$/, 'http://127.0.0.1:1/v1/traces'],
  ['never answers', (collector) => collector.answer(() => undefined), /^does not answer within \S+ s$/],
  [
    'begins an answer and no more',
    (collector) => collector.answer((response) => void response.writeHead(200).write('{')),
    /^does not answer within \S+ s$/,
  ],
])(
  'a collector that %s is given up a while after the end, and all it did not take is counted',
  async (_, stop, why, url) => {
    const { collector, file, said, start } = await setUp({ times: IMPATIENT, ...(url && { url }) })
    await stop(collector)
    writeFileSync(file, lines(3000))
    const traces = start()
    await expect.poll(() => said).toHaveLength(1)
    const result = await traces.close()
    expect(result).toMatchObject({ spans: 0, dropped: 6000 })
    expect(result.problems[0]).toMatch(why)
  },
)

test('a run that wrote no file ends at once, and posts nothing', async () => {
  const { collector, start } = await setUp()
  expect(await start().close()).toMatchObject({ spans: 0, dropped: 0, problems: [] })
  expect(collector.got).toEqual([])
})

test('a line without an end takes no memory, and the one behind it is read', async () => {
  const { collector, file, start } = await setUp()
  writeFileSync(file, `${'x'.repeat(3_000_000)}\n${lineOf()}`)
  expect(await start().close()).toMatchObject({ spans: 2 })
  expect(collector.taken()).toHaveLength(2)
})

test('lines of spans are taken out of the file, the others stay byte for byte', async () => {
  const file = join(scratch(), 'k6.log')
  const own = [`time="t" level=info msg="grüße \\"loadwright\\":\\"span\\""\n`, '\u00ff\u0000half a line']
  writeFileSync(file, `${lineOf()}${own[0]}${lines(500)}${own[1]}`)
  await removeSpanLines(file)
  expect(readFileSync(file, 'utf8')).toBe(own.join(''))
  await removeSpanLines(`${file}.not-there`)
})
