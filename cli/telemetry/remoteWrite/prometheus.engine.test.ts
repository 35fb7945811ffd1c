import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { debianProgram } from '../../../test/engine/debian.ts'
import { folder, k6, listen, shop } from '../../../test/engine/harness.ts'
import { freePort } from '../../base/index.ts'
import { keyOf, prometheus, type Prometheus } from '../../../test/engine/prometheus.ts'
import { decodeWrite, encodeWrite, unpacked } from '../../prometheus/index.ts'
import { createStore, distribution, total, type Store } from '../../record/index.ts'
import { counter, trend } from '../../../test/doubles/pushesOfK6.ts'
import { expected, pushAt } from '../../../test/doubles/remoteWrites.ts'
import { startForwarder, type Forwarder } from './forwarder.ts'
import { probe } from './probe.ts'
import { replayQueues } from './replay.ts'
import { targetOf, type Target } from './target.ts'
import { STALE } from '../../prometheus/wire.ts'

const SCRIPT = `
import http from 'k6/http'
import { sleep } from 'k6'
export const options = { scenarios: { one: { executor: 'shared-iterations', vus: 3, iterations: 150 } } }
export default function () {
  http.get(__ENV.TARGET + '/', { tags: { name: 'home' } })
  http.get(__ENV.TARGET + '/nowhere', { tags: { name: 'nowhere' } })
  sleep(0.05)
}`

/** Every push of one run of a real k6, as it came. */
let pushes: Buffer[]
let store: Store

beforeAll(async () => {
  pushes = []
  store = createStore()
  const url = await listen(
    createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        pushes.push(Buffer.concat(chunks))
        response.writeHead(204).end()
      })
    }),
  )
  const script = join(folder(), 'script.js')
  writeFileSync(script, SCRIPT)
  const { code, err } = await k6(
    ['run', '-q', '-o', 'experimental-prometheus-rw', '--tag', 'testid=forwarded', script],
    {
      env: {
        TARGET: await shop(),
        K6_PROMETHEUS_RW_SERVER_URL: `${url}/api/v1/write`,
        K6_PROMETHEUS_RW_PUSH_INTERVAL: '500ms',
        K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
        K6_FEATURES: 'native-histograms',
      },
    },
  )
  expect(code, err).toBe(0)
  for (const body of pushes) store.add(decodeWrite(body))
})

const target = (url: string): Target => targetOf({ url, env: {} })!
const started = async (url: string, more: Partial<Parameters<typeof startForwarder>[0]> = {}) => {
  const place = join(folder(), 'run', 'queue')
  const said: string[] = []
  const forwarder = await startForwarder({
    folder: place,
    target: target(url),
    say: (text) => said.push(text),
    pace: { firstMs: 50, mostMs: 500, timeoutMs: 5000 },
    began: firstTime() - 1500,
    ...more,
  })
  return { forwarder, place, said }
}
const pushAll = (forwarder: Forwarder, bodies: readonly Buffer[] = pushes): void => {
  for (const body of bodies) forwarder.push(body)
}
/** When the first point of all was taken, ms since 1970. */
const firstTime = (): number => Math.min(...[...all().values()].flatMap((times) => [...times.keys()]))

/** What k6 said of a run: every point but stale markers, which a query leaves out. */
const all = (): Map<string, Map<number, number>> => {
  const named = pushes
    .flatMap((body) => decodeWrite(body))
    .flatMap(({ name, labels, samples, histograms }) => [
      ...samples.map(({ at, value }) => ({ key: keyOf({ ...labels, __name__: name }), at, value })),
      ...histograms.map(({ at, value }) => ({
        key: keyOf({ ...labels, __name__: name }),
        at,
        value: value.count,
      })),
    ])
  const points = new Map<string, Map<number, number>>()
  for (const { key, at, value } of named)
    if (!Number.isNaN(value)) points.set(key, (points.get(key) ?? new Map<number, number>()).set(at, value))
  return points
}

const isGauge = (key: string): boolean => !/(_total|_seconds|_count)\[/.test(key)

/**
 * Holds a server's points against those of k6: gauges are these alone; all else has them among others, begins with a
 * zero, never falls, and ends with its last value.
 */
function checkPoints(found: Map<string, Map<number, number>>, wanted = all()): void {
  expect([...found.keys()].sort()).toEqual([...wanted.keys()].sort())
  for (const [key, times] of wanted) {
    const points = found.get(key)!
    if (isGauge(key)) {
      expect([key, points]).toEqual([key, times])
      continue
    }
    const held = new Map([...points].filter(([at]) => times.has(at)))
    expect([key, held]).toEqual([key, times])
    const inOrder = [...points].sort(([a], [b]) => a - b).map(([, value]) => value)
    expect([key, inOrder[0]]).toEqual([key, 0])
    expect([key, inOrder]).toEqual([key, inOrder.toSorted((a, b) => a - b)])
    expect([key, inOrder.at(-1)]).toEqual([key, [...times.values()].at(-1)])
  }
}

/** What is there once a run has ended: all that is counted, no gauge. */
async function checkEnd(server: Prometheus, metric: string): Promise<void> {
  const [one] = await server.query(`sum(k6_http_reqs_total{testid="forwarded"})`)
  expect(Number(one?.value?.[1])).toBe(300)
  expect(await server.query(`{testid="forwarded",__name__=~"k6_vus|k6_vus_max|k6_.+_rate"}`)).toEqual([])
  expect(await server.query(`${metric}{testid="forwarded"}`)).not.toEqual([])
}

test('k6 ends with stale markers, and some pushes came before', () => {
  expect(pushes.length).toBeGreaterThan(4)
  expect(Buffer.from(unpacked(pushes.at(-1)!)).includes(STALE)).toBe(true)
  expect(total(store, 'http_reqs')).toBe(300)
})

test('with native histograms: every point of k6 is there; gauges end, what is counted stays', async () => {
  const server = await prometheus()
  expect(await probe(target(server.url))).toEqual({ state: 'ok', histograms: 'native', read: true })
  const { forwarder, place } = await started(server.url)
  pushAll(forwarder)
  const outcome = await forwarder.close({ patience: 20_000 })
  expect(outcome).toMatchObject({ sent: pushes.length, queued: 0, dropped: 0, problems: [] })
  expect(outcome.tooOld).toBeUndefined()
  expect(existsSync(place)).toBe(false)
  checkPoints(await server.points('{testid="forwarded"}'))
  await checkEnd(server, 'k6_http_req_duration_seconds')
  await server.stop()
})

test('rises are seen: of errors that one push told, of a run that is over, of histograms', async () => {
  const server = await prometheus()
  const began = Date.now() - 60_000
  const { forwarder } = await started(server.url, { began })
  const labels = { testid: 'rare', expected_response: 'false' }
  const errors = (value: number, at: number) => counter('k6_http_reqs_total', value, began + at, labels)
  const times = (values: number[], at: number) =>
    trend('k6_x_seconds', values, began + at, { testid: 'rare' })
  pushAll(
    forwarder,
    [
      [errors(3, 20_000), times([0.1, 0.2, 0.4], 20_000)],
      [errors(4, 50_000), times([0.1, 0.2, 0.4, 0.8], 50_000)],
    ].map((pushed) => Buffer.from(encodeWrite(pushed))),
  )
  expect(await forwarder.close({ patience: 20_000 })).toMatchObject({ sent: 2, queued: 0, problems: [] })
  const value = async (query: string): Promise<number> => Number((await server.query(query))[0]?.value?.[1])
  const rise = 'increase(k6_http_reqs_total{testid="rare",expected_response="false"}[5m])'
  expect(await value(rise)).toBeGreaterThanOrEqual(4)
  expect(await value(rise)).toBeLessThan(4 * 1.02)
  const histograms = 'sum(increase(k6_x_seconds{testid="rare"}[5m]))'
  expect(await value(`histogram_count(${histograms})`)).toBeGreaterThan(4 * 0.98)
  expect(await value(`histogram_count(${histograms})`)).toBeLessThan(4 * 1.04)
  expect(await value(`histogram_quantile(0.5, ${histograms})`)).toBeCloseTo(0.2, 1)
  // The second rise alone: the pause before it lies in the window.
  const at = `@ ${(began + 50_500) / 1000}`
  expect(await value(`increase(k6_http_reqs_total{testid="rare"}[10s] ${at})`)).toBeCloseTo(1, 0)
  await server.stop()
})

test('without native histograms: the classic form, and every counter', async () => {
  const server = await prometheus({ native: false })
  expect(await probe(target(server.url))).toMatchObject({ state: 'ok', histograms: 'classic' })
  // As if nobody had probed it.
  const { forwarder } = await started(server.url)
  pushAll(forwarder)
  expect(await forwarder.close({ patience: 20_000 })).toMatchObject({
    sent: pushes.length,
    queued: 0,
    problems: [],
  })
  await checkClassic(server)
  await server.stop()
})

/** Counters and gauges as they are; of each histogram the counts at every time, and its buckets at the end. */
async function checkClassic(server: Prometheus): Promise<void> {
  const points = await server.points('{testid="forwarded"}')
  const wanted = new Map(
    [...all()].map(([key, times]) => [
      key.includes('_seconds[') ? key.replace('_seconds[', '_seconds_count[') : key,
      times,
    ]),
  )
  checkPoints(new Map([...points].filter(([key]) => !/_(bucket|sum)\[/.test(key))), wanted)
  const recorded = distribution(store, 'http_req_duration')!
  const last = async (le: string) => {
    const [one] = await server.query(
      `sum(last_over_time(k6_http_req_duration_seconds_bucket{le="${le}"}[1h]))`,
    )
    return Number(one?.value?.[1])
  }
  expect(await last('+Inf')).toBe(recorded.count)
  expect(await last('128')).toBe(300)
  await checkEnd(server, 'k6_http_req_duration_seconds_count')
}

test.each([true, false])(
  'down during the run and back after it (native: %s): nothing is missing',
  async (native) => {
    const port = await freePort()
    const { forwarder, place, said } = await started(`http://127.0.0.1:${port}`)
    pushAll(forwarder)
    expect(await forwarder.close({ patience: 300 })).toMatchObject({ sent: 0, queued: pushes.length })
    expect(said.at(-1)).toContain('loadwright forward run')
    const server = await prometheus({ native, port })
    const { access } = target(server.url)
    const results = join(place, '../..')
    const replayed = await replayQueues({ results, access, say: () => undefined })
    expect(replayed).toMatchObject([{ outcome: { sent: pushes.length, queued: 0, problems: [] } }])
    if (native) checkPoints(await server.points('{testid="forwarded"}'))
    else await checkClassic(server)
    expect(existsSync(place)).toBe(false)
    await server.stop()
  },
)

test('killed in the middle and started again: nothing is missing', async () => {
  const first = await prometheus()
  const { forwarder } = await started(first.url)
  const half = Math.floor(pushes.length / 2)
  pushAll(forwarder, pushes.slice(0, half))
  await expect.poll(async () => (await first.points('{testid="forwarded"}')).size).toBeGreaterThan(0)
  await first.stop('SIGKILL')
  pushAll(forwarder, pushes.slice(half))
  const second = await prometheus({ port: first.port, data: first.data })
  expect(await forwarder.close({ patience: 20_000 })).toMatchObject({ sent: pushes.length, queued: 0 })
  checkPoints(await second.points('{testid="forwarded"}'))
  await second.stop()
})

test('a server that does not receive writes says what to start it with', async () => {
  const server = await prometheus({ receiver: false })
  expect(await probe(target(server.url))).toMatchObject({
    state: 'refused',
    problem: expect.stringContaining('--web.enable-remote-write-receiver') as string,
  })
  await server.stop()
})

test('samples of three hours ago become OpenMetrics, of which promtool makes blocks', async () => {
  const server = await prometheus()
  // A server that has samples of now takes none of three hours ago.
  await probe(target(server.url))
  const from = Date.now() - 3 * 3600_000
  const old = Array.from({ length: 20 }, (_, at) => pushAt(from + at * 1000, 3, at))
  const { forwarder } = await started(server.url, { began: Infinity })
  pushAll(forwarder, old)
  const outcome = await forwarder.close({ patience: 20_000 })
  expect(outcome).toMatchObject({ sent: 0, queued: 0, problems: [], tooOld: { samples: 20 * 6 } })
  await server.stop()
  const { file, command } = outcome.tooOld!
  expect(command).toContain(`promtool tsdb create-blocks-from openmetrics ${file}`)
  expect(readFileSync(file, 'utf8')).toMatch(/\n# EOF\n$/)
  const made = spawnSync(debianProgram('promtool', 'prometheus'), [
    ...['tsdb', 'create-blocks-from', 'openmetrics', file, server.data],
  ])
  expect(made.status, String(made.stderr)).toBe(0)
  const again = await prometheus({ data: server.data, port: server.port })
  const counts = await again.points('{__name__=~"k6_http_reqs_total|k6_http_req_duration_seconds_count"}', 4)
  const wanted = new Map(
    [...expected(old)].map(([key, times]) => [key.replace('_seconds[', '_seconds_count['), times]),
  )
  expect(counts).toEqual(wanted)
  await again.stop()
})
