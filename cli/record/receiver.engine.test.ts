import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { histogramOf, quantile } from '../prometheus/index.ts'
import { distribution, level, series, total, values } from './query.ts'
import { startReceiver, type Receiver } from './receiver.ts'

/** Real k6 (K6_BIN) pushes into the recorder; what was recorded is held against k6's own summary. */
const script = `
import http from 'k6/http'
import { check, sleep } from 'k6'
import { Counter, Gauge, Rate, Trend } from 'k6/metrics'
const orders = new Counter('shop_orders')
const stock = new Gauge('shop_stock')
const accepted = new Rate('shop_accepted')
const basket = new Trend('shop_basket')
const price = new Trend('shop_price', true)
export const options = {
  scenarios: { buyers: { executor: 'shared-iterations', vus: 4, iterations: 400, tags: { journey: 'checkout' } } },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'],
}
export default function () {
  const bad = __ITER % 10 === 9
  const response = http.get(__ENV.TARGET + (bad ? '/missing' : '/'), { tags: { name: bad ? 'missing' : 'home' } })
  check(response, { 'page found': ({ status }) => status === 200 })
  accepted.add(!bad)
  orders.add(2, { currency: bad ? 'USD' : 'EUR' })
  stock.add(7)
  for (const value of [-3, 0, 1, 2.5, 1000]) basket.add(value)
  for (const value of [0, 1, 8, 1000, 60000]) price.add(value)
  sleep(0.02)
}`

let receiver: Receiver
let k6: { readonly metrics: Record<string, Record<string, number>> }

beforeAll(async () => {
  receiver = await startReceiver()
  const target = createServer(({ url }, response) => {
    setTimeout(() => response.writeHead(url === '/' ? 200 : 404).end('ok'), 2)
  })
  await once(target.listen(0, '127.0.0.1'), 'listening')
  const folder = await mkdtemp(join(tmpdir(), 'loadwright-record-'))
  try {
    const summary = join(folder, 'summary.json')
    await run(`http://127.0.0.1:${(target.address() as AddressInfo).port}`, summary)
    k6 = JSON.parse(await readFile(summary, 'utf8')) as typeof k6
  } finally {
    target.close()
    await rm(folder, { recursive: true })
  }
})
afterAll(() => receiver.close())

async function run(target: string, summary: string): Promise<void> {
  const binary = process.env.K6_BIN
  if (!binary) throw new Error('K6_BIN is not set: it names the k6 that this test runs.')
  const child = spawn(
    binary,
    ['run', '-q', '-o', 'experimental-prometheus-rw', '--summary-export', summary, '-'],
    {
      env: {
        TARGET: target,
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        K6_PROMETHEUS_RW_SERVER_URL: receiver.url,
        K6_FEATURES: 'native-histograms',
        K6_PROMETHEUS_RW_PUSH_INTERVAL: '1s',
        K6_PROMETHEUS_RW_STALE_MARKERS: 'true',
        K6_NO_USAGE_REPORT: 'true',
      },
      stdio: ['pipe', 'ignore', 'pipe'],
    },
  )
  child.stdin.end(script)
  let said = ''
  child.stderr.on('data', (chunk) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`k6 ended with ${code}: ${said}`)
}

const own = (metric: string, stat: string) => k6.metrics[metric]![stat]!

test('every push was taken', () => {
  expect(receiver.problems).toEqual([])
})

test.each(['http_reqs', 'iterations', 'shop_orders', 'data_received', 'data_sent'])(
  'counter %s equals k6',
  (metric) => {
    expect(total(receiver.store, metric)).toBe(own(metric, 'count'))
  },
)

test.each(['http_req_duration', 'iteration_duration', 'http_req_waiting', 'shop_basket', 'shop_price'])(
  'trend %s has the values that k6 has',
  (metric) => {
    const recorded = distribution(receiver.store, metric)!
    expect(recorded.count).toBe(own(metric, 'count'))
    const scale = recorded.unit === 's' ? 1000 : 1
    expect((recorded.sum * scale) / recorded.count).toBeCloseTo(own(metric, 'avg'), 6)
  },
)

test.each([
  ['http_req_duration', 0.5, 'med'],
  ['http_req_duration', 0.95, 'p(95)'],
  ['iteration_duration', 0.95, 'p(95)'],
] as const)('%s: quantile %d is within a bucket of k6', (metric, q, stat) => {
  const ratio = (quantile(distribution(receiver.store, metric)!, q)! * 1000) / own(metric, stat)
  expect(Math.max(ratio, 1 / ratio)).toBeLessThanOrEqual(2 ** (1 / 8))
})

test('k6 bins as we do: bounds, zeros and values below zero', () => {
  const everyIteration = (sent: number[]) => Array.from({ length: 400 }, () => sent).flat()
  const basket = histogramOf(everyIteration([-3, 0, 1, 2.5, 1000]))
  const price = histogramOf(everyIteration([0, 0.001, 0.008, 1, 60]))
  expect(distribution(receiver.store, 'shop_basket')).toEqual({ ...basket, unit: '' })
  const { sum, ...exact } = price
  expect(distribution(receiver.store, 'shop_price')).toMatchObject({ ...exact, unit: 's' })
  expect(distribution(receiver.store, 'shop_price')!.sum).toBeCloseTo(sum, 6)
})

test('series are told apart by their tags, under the names of k6', () => {
  const { store } = receiver
  expect(values(store, 'http_reqs', 'name')).toEqual(['home', 'missing'])
  expect(values(store, 'http_reqs', 'journey')).toEqual(['checkout'])
  const failed = total(store, 'http_reqs', { expected_response: 'false' })
  expect(failed).toBe(total(store, 'shop_orders', { currency: 'USD' }) / 2)
  expect(failed).toBe(k6.metrics.http_req_failed!.passes)
  expect(distribution(store, 'http_req_duration', { name: 'missing' })?.count).toBe(failed)
})

test('a gauge is its latest value; a rate comes as a gauge of each series, without its denominator', () => {
  expect(series(receiver.store, 'shop_stock')).toMatchObject([{ kind: 'gauge', value: 7 }])
  expect(level(receiver.store, 'vus_max')).toBe(4)
  expect(series(receiver.store, 'shop_accepted')).toMatchObject([
    { kind: 'gauge', name: 'k6_shop_accepted_rate' },
  ])
  expect(
    series(receiver.store, 'http_req_failed')
      .map((one) => one.kind === 'gauge' && one.value)
      .sort(),
  ).toEqual([0, 1])
})
