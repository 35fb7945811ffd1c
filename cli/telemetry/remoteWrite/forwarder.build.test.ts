import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { encodeWrite, pack, unpacked, type Pushed } from '../../prometheus/index.ts'
import type { ForwardOutcome } from '../../record/index.ts'
import { counter, gauge, trend } from '../../../test/doubles/pushesOfK6.ts'
import {
  startFakePrometheus,
  type FakePrometheus,
  type FakePrometheusOptions,
} from '../../../test/doubles/prometheus.ts'
import { expected, pushAt } from '../../../test/doubles/remoteWrites.ts'
import { startForwarder, type ForwarderOptions } from './forwarder.ts'
import { replayQueues } from './replay.ts'
import { targetOf } from './target.ts'
import { encodedMessage, samplePoint, seriesOf, STALE } from '../../prometheus/wire.ts'

const root = await mkdtemp(join(tmpdir(), 'loadwright-forward-'))
const servers: FakePrometheus[] = []
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()))
  await rm(root, { recursive: true })
})
async function server(options: FakePrometheusOptions = {}): Promise<FakePrometheus> {
  const fake = await startFakePrometheus(options)
  servers.push(fake)
  return fake
}

const pace = { firstMs: 5, mostMs: 40, timeoutMs: 30_000 }
/** Milliseconds for what must arrive: only what hangs takes them. */
const PATIENCE = 50_000
const impatient = { ...pace, timeoutMs: 300 }
const NOW = Date.parse('2026-11-21T20:00:00Z')
/** A run that began after its samples: none of its series gets a zero. */
const NO_ZEROS = Infinity
const pushes = (count: number, from = NOW): Buffer[] =>
  Array.from({ length: count }, (_, at) => pushAt(from + at * 1000, 4, at))
const newRun = async (): Promise<string> => join(await mkdtemp(join(root, 'results-')), 'run', 'queue')

/** Forwards pushes to a stand-in, waits until it is done, and says what was said. */
async function forward(
  url: string,
  bodies: readonly Buffer[],
  more: Partial<ForwarderOptions> & { env?: Record<string, string>; patience?: number } = {},
): Promise<{ outcome: ForwardOutcome; folder: string; said: string[] }> {
  const { env = {}, patience = PATIENCE, folder = await newRun(), ...rest } = more
  const said: string[] = []
  const target = targetOf({ url, env })!
  const forwarder = await startForwarder({
    folder,
    target,
    say: (text) => said.push(text),
    pace,
    began: NO_ZEROS,
    ...rest,
  })
  for (const body of bodies) forwarder.push(body)
  return { outcome: await forwarder.close({ patience }), folder, said }
}
const points = (taken: FakePrometheus['taken']): number =>
  [...taken.values()].reduce((sum, { size }) => sum + size, 0)
const withoutProbe = (taken: FakePrometheus['taken']): FakePrometheus['taken'] =>
  new Map([...taken].filter(([key]) => !key.startsWith('loadwright_probe')))
const ownUrl = async (): Promise<{ port: number; url: string }> => {
  const { port, url, close } = await startFakePrometheus()
  await close()
  return { port, url }
}

test('a server that is there has every sample, and nothing is left on disk', async () => {
  const fake = await server()
  const all = pushes(20)
  const { outcome, folder } = await forward(fake.url, all)
  expect(fake.taken).toEqual(expected(all))
  expect(outcome).toEqual({
    url: fake.url,
    sent: 20,
    samples: points(expected(all)),
    queued: 0,
    dropped: 0,
    lost: 0,
    problems: [],
  })
  expect(existsSync(folder)).toBe(false)
})

test('one push goes on byte by byte, with the headers of remote write 1.0', async () => {
  const fake = await server()
  const [push] = pushes(1)
  await forward(fake.url, [push!], { env: { 'K6_PROMETHEUS_RW_HEADERS_X-Scope-OrgID': 'k6' } })
  expect(fake.bodies).toEqual([push])
  expect(fake.headers[0]).toMatchObject({
    'content-encoding': 'snappy',
    'content-type': 'application/x-protobuf',
    'x-prometheus-remote-write-version': '0.1.0',
    'x-scope-orgid': 'k6',
  })
})

test.concurrent.each<[string, FakePrometheusOptions, ForwarderOptions['pace']?]>([
  ['answers 500 at first', { behave: (nth) => (nth <= 5 ? { status: 500 } : 'prometheus') }],
  [
    'answers 429 with Retry-After',
    { behave: (nth) => (nth % 2 ? { status: 429, headers: { 'retry-after': '0' } } : 'prometheus') },
  ],
  ['is silent at first', { behave: (nth) => (nth <= 2 ? 'silent' : 'prometheus') }, impatient],
  ['takes a write and hangs up', { behave: (nth) => (nth % 2 ? 'drop' : 'prometheus') }],
  ['takes every third write and hangs up', { behave: (nth) => (nth % 3 ? 'prometheus' : 'drop') }],
  ['takes small bodies alone', { largest: 400 }],
])('a server that %s has every sample in the end', async (_, options, limits = pace) => {
  const fake = await server(options)
  const all = pushes(12)
  const folder = await newRun()
  const target = targetOf({ url: fake.url, env: {} })!
  const forwarder = await startForwarder({
    folder,
    target,
    say: () => undefined,
    pace: limits,
    began: NO_ZEROS,
  })
  for (const push of all) {
    forwarder.push(push)
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
  const outcome = await forwarder.close({ patience: PATIENCE })
  expect(fake.taken).toEqual(expected(all))
  expect(outcome).toMatchObject({ sent: 12, samples: points(expected(all)), queued: 0, dropped: 0 })
  expect(outcome.tooOld).toBeUndefined()
})

test('a server that is down during the run, and back after it, has every sample by a replay', async () => {
  const { port, url } = await ownUrl()
  const all = pushes(200)
  const said: string[] = []
  const folder = await newRun()
  const target = targetOf({ url, env: {} })!
  const say = (text: string) => said.push(text)
  const forwarder = await startForwarder({ folder, target, say, pace, began: NO_ZEROS })
  for (const push of all) forwarder.push(push)
  await expect.poll(() => said.length).toBeGreaterThan(0)
  const outcome = await forwarder.close({ patience: 1 })
  expect(outcome).toMatchObject({ sent: 0, samples: 0, queued: 200 })
  expect(outcome.problems).toEqual([`${url} does not answer (ECONNREFUSED)`])
  expect(said.filter((text) => text.includes('does not answer'))).toHaveLength(1)
  expect(said.at(-1)).toContain('loadwright forward ')
  const fake = await server({ port })
  const replayed = await replayQueues({
    results: join(folder, '../..'),
    access: target.access,
    say: () => undefined,
    pace,
  })
  expect(replayed).toMatchObject([{ pushes: 200, outcome: { sent: 200, queued: 0 } }])
  expect(fake.taken).toEqual(expected(all))
  expect(fake.writes).toBeLessThan(20)
  expect(existsSync(folder)).toBe(false)
})

test('a server that comes back during the run gets what waited, and what came since, in order', async () => {
  const { port, url } = await ownUrl()
  const all = pushes(30)
  const said: string[] = []
  const folder = await newRun()
  const target = targetOf({ url, env: {} })!
  const forwarder = await startForwarder({
    folder,
    target,
    say: (text) => said.push(text),
    pace,
    began: NO_ZEROS,
  })
  for (const push of all.slice(0, 20)) forwarder.push(push)
  await expect.poll(() => said.length).toBeGreaterThan(0)
  const fake = await server({ port })
  for (const push of all.slice(20)) forwarder.push(push)
  expect(await forwarder.close({ patience: PATIENCE })).toMatchObject({ sent: 30, queued: 0 })
  expect(fake.taken).toEqual(expected(all))
  expect(said.at(-1)).toMatch(/takes it again/)
})

test('a restart after a write that was taken sends nothing twice for good', async () => {
  const { port, url } = await ownUrl()
  const all = pushes(40)
  const { folder } = await forward(url, all, { patience: 1 })
  const fake = await server({ port })
  // What a former process delivered without hearing so.
  for (const body of all.slice(0, 30)) await post(fake.url, body)
  const access = targetOf({ url, env: {} })!.access
  const [replayed] = await replayQueues({
    results: join(folder, '../..'),
    access,
    say: () => undefined,
    pace,
  })
  expect(replayed?.outcome).toMatchObject({ sent: 40, queued: 0, problems: [] })
  expect(replayed?.outcome?.tooOld).toBeUndefined()
  expect(fake.taken).toEqual(expected(all))
})

test('a push of which one series alone is known gives all others', async () => {
  const fake = await server()
  const [first, second, third] = pushes(3)
  const one = seriesOf(unpacked(third!)).slice(0, 1)
  await post(fake.url, pack(encodedMessage(one)))
  const { outcome } = await forward(fake.url, [first!, second!, third!])
  expect(outcome).toMatchObject({ sent: 3, queued: 0 })
  const all = expected([first!, second!, third!])
  const key = [...all.keys()][0]!
  for (const at of [NOW, NOW + 1000]) all.get(key)!.delete(at)
  expect(fake.taken).toEqual(all)
})

test('a server without native histograms gets the classic form, and every counter', async () => {
  const fake = await server({ native: false })
  const all = pushes(6)
  const { outcome, said } = await forward(fake.url, all)
  expect(outcome).toMatchObject({ sent: 6, samples: points(expected(all)), queued: 0 })
  const names = new Set([...fake.taken.keys()].map((key) => key.replace(/[[{].*/, '')))
  expect([...names].sort()).toEqual([
    ...['k6_http_req_duration_seconds_bucket', 'k6_http_req_duration_seconds_count'],
    ...['k6_http_req_duration_seconds_sum', 'k6_http_reqs_total'],
  ])
  const counts = [...fake.taken].filter(([key]) => /_(total|count)/.test(key)).map(([, times]) => times.size)
  expect(counts).toEqual(counts.map(() => 6))
  expect(said.filter((text) => text.includes('classic form'))).toHaveLength(1)
})

/** What a stand-in has of a metric: the values of all its series by seconds since NOW. */
const valuesOf = (fake: FakePrometheus, metric: string): [number, number][] =>
  [...fake.taken]
    .filter(([key]) => key.startsWith(`${metric}{`) || key.startsWith(`${metric}[`))
    .flatMap(([, times]) => [...times].map(([at, value]): [number, number] => [(at - NOW) / 1000, value]))

test('counters and histograms begin with a zero and do not end, gauges end: in both forms, and sent later', async () => {
  const run = (at: number): Buffer =>
    Buffer.from(
      encodeWrite([
        counter('k6_http_reqs_total', 3, NOW + at),
        trend('k6_x_seconds', [0.3, 4], NOW + at),
        gauge('k6_vus', 2, NOW + at),
      ]),
    )
  const end = seriesOf(unpacked(run(7000))).map((one) => ({
    ...one,
    points: [...one.points.filter(({ kind }) => kind === 'histogram'), samplePoint(NOW + 7001, 'stale')],
  }))
  const all = [run(7000), Buffer.from(pack(encodedMessage(end)))]
  for (const [native, later] of [
    ...[[true, false] as const, [true, true] as const],
    ...[[false, false] as const, [false, true] as const],
  ]) {
    const { port, url } = await ownUrl()
    const first = later ? undefined : await server({ port, native })
    const { folder } = await forward(url, all, { began: NOW + 6000, patience: later ? 1 : PATIENCE })
    const fake = first ?? (await server({ port, native }))
    const { access } = targetOf({ url, env: {} })!
    if (later) await replayQueues({ results: join(folder, '../..'), access, say: () => undefined, pace })
    expect(valuesOf(fake, 'k6_http_reqs_total')).toEqual([
      [6, 0],
      [7, 3],
      [7.001, 3],
    ])
    expect(valuesOf(fake, native ? 'k6_x_seconds' : 'k6_x_seconds_count')).toEqual([
      [6, 0],
      [7, 2],
      [7.001, 2],
    ])
    expect(valuesOf(fake, 'k6_vus')).toEqual([
      [7, 2],
      [7.001, NaN],
    ])
    const last = fake.bodies.map((body) => Buffer.from(unpacked(body)))
    expect(last.some((body) => body.includes(STALE))).toBe(true)
  }
})

test('the run’s own series come with its first push, and again every 15 seconds', async () => {
  const fake = await server()
  const during = (at: number): Pushed[] => [gauge('loadwright_run_info', 1, at, { suite: 'shop' })]
  await forward(fake.url, pushes(40), { during })
  expect(valuesOf(fake, 'loadwright_run_info')).toEqual([
    [0, 1],
    [15, 1],
    [30, 1],
  ])
})

test('a run that is taken up again gets no zeros: its series may have been there', async () => {
  const { url } = await ownUrl()
  const at = (time: number) => [Buffer.from(encodeWrite([counter('k6_x_total', 3, NOW + time)]))]
  const { folder } = await forward(url, at(5000), { began: NOW, patience: 1 })
  const fake = await server({ port: Number(new URL(url).port) })
  await forward(url, at(9000), { began: NOW, folder })
  expect(valuesOf(fake, 'k6_x_total').slice(-3)).toEqual([
    [4, 0],
    [5, 3],
    [9, 3],
  ])
})

test('series of loadwright’s own go on as they are', async () => {
  const fake = await server()
  const target = targetOf({ url: fake.url, env: {} })!
  const forwarder = await startForwarder({ folder: await newRun(), target, say: () => undefined, pace })
  forwarder.add([counter('loadwright_total', 3, NOW + 5)])
  forwarder.add([])
  expect(await forwarder.close({ patience: PATIENCE })).toMatchObject({ sent: 1, samples: 1 })
  expect(valuesOf(fake, 'loadwright_total')).toEqual([[0.005, 3]])
})

test('what is too old for the server is written out, the rest arrives', async () => {
  const all = pushes(30)
  const fake = await server({ oldest: NOW + 17_000 })
  const { outcome, folder } = await forward(fake.url, all)
  expect(withoutProbe(fake.taken)).toEqual(expected(all.slice(17)))
  expect(outcome).toMatchObject({ sent: 13, queued: 0, tooOld: { samples: 17 * 8 } })
  expect(outcome.tooOld?.command).toMatch(
    /^promtool tsdb create-blocks-from openmetrics \S+not-taken\.openmetrics /,
  )
  const text = await readFile(join(folder, '../not-taken.openmetrics'), 'utf8')
  expect(text.endsWith('\n# EOF\n')).toBe(true)
  const lines = text.trimEnd().split('\n').slice(0, -1)
  expect(new Set(lines).size).toBe(lines.length)
  expect(lines.filter((line) => line.startsWith('k6_http_reqs_total'))).toHaveLength(17 * 4)
  expect(lines).toContain(`k6_http_reqs_total{name="request 0",testid="a run"} 3 ${NOW / 1000 + 3}`)
  expect(lines).toContain(
    `k6_http_req_duration_seconds_bucket{le="0.5",name="request 1"} 2 ${NOW / 1000 + 3}`,
  )
  expect(fake.writes).toBeLessThan(60)
})

test('a series that the server does not take is written out, named once, and harms no other', async () => {
  const fake = await server({ unwanted: 'k6_bad' })
  const bad = { name: 'k6_bad', labels: { a: 'b' }, histograms: [] }
  const all = pushes(6).map((body, at) => {
    const more = encodeWrite([{ ...bad, samples: [{ at: NOW + at, value: at }] }])
    return Buffer.from(pack(Buffer.concat([unpacked(body), unpacked(more)])))
  })
  const { outcome } = await forward(fake.url, all)
  expect(withoutProbe(fake.taken)).toEqual(expected(pushes(6)))
  expect(outcome).toMatchObject({ sent: 6, queued: 0, samples: 6 * 8, tooOld: { samples: 6 } })
  expect(outcome.problems).toEqual([
    `${fake.url}: k6_bad is not taken: the server answers 400 (label value too long)`,
  ])
})

test('a server that calls everything bad keeps the queue', async () => {
  const fake = await server({ behave: () => ({ status: 400, text: 'unknown field "timeseries"' }) })
  const { outcome } = await forward(fake.url, pushes(3))
  expect(outcome).toMatchObject({ sent: 0, queued: 3 })
  expect(outcome.problems[0]).toContain('is this the URL of a remote write receiver?')
})

test('credentials that do not open: said once, nothing lost, and no secret anywhere', async () => {
  const fake = await server({ behave: () => ({ status: 401, text: 'no such token s3cr3t-token' }) })
  const env = { K6_PROMETHEUS_RW_BEARER_TOKEN: 's3cr3t-token' }
  const { outcome, folder, said } = await forward(fake.url, pushes(3), { env })
  expect(fake.headers[0]?.authorization).toBe('Bearer s3cr3t-token')
  expect(outcome).toMatchObject({ sent: 0, queued: 3 })
  expect(outcome.problems).toHaveLength(1)
  expect(outcome.problems[0]).toContain('answers 401 (no such token …)')
  const files = await Promise.all(
    (await readdir(folder)).map((file) => readFile(join(folder, file), 'latin1')),
  )
  expect([JSON.stringify(outcome), ...said, ...files].join()).not.toContain('s3cr3t')
})

test('a redirect is not followed', async () => {
  const elsewhere = await server()
  const fake = await server({ behave: () => ({ status: 307, headers: { location: elsewhere.url } }) })
  const { outcome } = await forward(fake.url, pushes(2), { env: { K6_PROMETHEUS_RW_BEARER_TOKEN: 'abcdef' } })
  expect(elsewhere.writes).toBe(0)
  expect(outcome.problems[0]).toContain(`it leads to ${elsewhere.url}`)
})

test('a full queue is thinned, and each series has its last value', async () => {
  const { port, url } = await ownUrl()
  const all = pushes(60)
  const limit = all[0]!.length * 20
  const folder = await newRun()
  const target = targetOf({ url, env: {} })!
  const forwarder = await startForwarder({
    folder,
    target,
    say: () => undefined,
    pace,
    limit,
    began: NO_ZEROS,
  })
  for (const push of all) {
    forwarder.push(push)
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const outcome = await forwarder.close({ patience: 1 })
  expect(outcome.dropped).toBeGreaterThan(0)
  expect(outcome.problems.at(-1)).toMatch(
    /the queue was full .* values were thinned; of each series the last is kept/,
  )
  const fake = await server({ port })
  const access = target.access
  await replayQueues({ results: join(folder, '../..'), access, say: () => undefined, pace })
  for (const [key, times] of expected(all)) {
    const [last] = [...times].at(-1)!
    expect(fake.taken.get(key)?.get(last), key).toBe(times.get(last))
  }
  expect(points(fake.taken)).toBe(points(expected(all)) - outcome.dropped)
})

test('a disk that takes nothing is a problem, and samples go on from memory', async () => {
  const fake = await server()
  const file = join(await mkdtemp(join(root, 'full-')), 'file')
  await writeFile(file, '')
  const all = pushes(5)
  const { outcome } = await forward(fake.url, all, { folder: join(file, 'queue') })
  expect(fake.taken).toEqual(expected(all))
  expect(outcome.problems).toEqual([expect.stringContaining('the queue cannot be written') as string])
})

async function post(url: string, body: Uint8Array): Promise<void> {
  const { status } = await fetch(url, { method: 'POST', body: Buffer.from(body) })
  expect(status).toBe(204)
}
