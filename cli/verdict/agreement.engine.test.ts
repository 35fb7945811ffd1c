import { SERIES_FILE } from '../base/index.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test as inTurn } from 'vitest'
import { countOf, type SummaryExport } from '../k6/index.ts'
import { recorderEnvironment } from '../project/index.ts'
import { quantile } from '../prometheus/index.ts'
import {
  diskFolder,
  distribution,
  openRecorder,
  QUIET,
  readRecorded,
  total,
  type Recorder,
} from '../record/index.ts'
import { agreementOf, boundsOf } from './agreement.ts'

// Each has a recorder and k6s of its own, which take their time: at once.
const test = inTurn.concurrent

/** Real k6 (K6_BIN) pushes into the recorder; what was recorded is held against k6's own figures. */
const SCRIPT = `
import http from 'k6/http'
import { Trend } from 'k6/metrics'
const wait = new Trend('shop_wait', true)
const basket = new Trend('shop_basket')
export const options = {
  scenarios: { buyers: { executor: 'constant-vus', vus: 2, duration: __ENV.LASTS, gracefulStop: '5s', tags: { journey: 'checkout' } } },
  summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'p(99.9)', 'count'],
}
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(6.283 * Math.random())
export default function () {
  http.get(__ENV.TARGET, { tags: { name: __ITER % 50 === 3 ? 'rare' : 'home' } })
  for (let each = 0; each < 5; each++) wait.add(Math.exp(4 + normal()))
  basket.add(normal() * 40)
}`

let root: string
let target: string
const closing: (() => unknown)[] = []
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-agreement-'))
  const server = createServer((_, response) =>
    setTimeout(() => response.end('ok'), 2 + 20 * Math.random() ** 4),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  closing.push(() => server.close())
})
afterAll(async () => {
  for (const close of closing) await close()
  await rm(root, { recursive: true })
})

interface K6 {
  child: ChildProcess
  /** k6's own figures, once it has ended; without any if it was killed. */
  summary: Promise<SummaryExport>
}

let runs = 0
function start({ url }: { url: string }, lasts: string, ...args: string[]): K6 {
  const binary = process.env.K6_BIN
  if (!binary) throw new Error('K6_BIN is not set: it names the k6 that this test runs.')
  const file = join(root, `summary-${runs++}.json`)
  const out = ['-o', 'experimental-prometheus-rw', '--summary-export', file]
  const child = spawn(binary, ['run', '-q', '--no-usage-report', ...out, ...args, '-'], {
    env: {
      TARGET: target,
      LASTS: lasts,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...recorderEnvironment(url),
    },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.stdin.end(SCRIPT)
  closing.push(() => child.kill('SIGKILL'))
  const summary = once(child, 'close').then(async () => {
    const text = await readFile(file, 'utf8').catch(() => '{"metrics":{}}')
    return JSON.parse(text) as SummaryExport
  })
  return { child, summary }
}

const open = async (
  more: { port?: number; path?: string; folder?: string } = {},
): Promise<Recorder & { folder: string }> => {
  const folder = more.folder ?? (await mkdtemp(join(root, 'run-')))
  const recorder = await openRecorder({ windowSeconds: 2, ...more, folder })
  closing.push(() => recorder.close())
  return Object.assign(Object.create(recorder) as Recorder, { folder })
}

test('every count equals k6’s own; every quantile lies in its bucket or a neighbour, of many samples within 2 %', async () => {
  const recorder = await open()
  const { metrics } = await start(recorder, '10s').summary
  await recorder.close()
  expect(recorder.problems).toEqual([])
  const trends = Object.entries(metrics).filter(
    ([metric, values]) => !metric.includes('{') && 'p(99.9)' in values,
  )
  expect(trends.map(([metric]) => metric)).toContain('http_req_waiting')
  let compared = 0
  for (const [metric, values] of trends) {
    // Their zeros are not recorded: agreementOf compares their sums.
    if (QUIET.includes(metric)) continue
    const recorded = distribution(recorder.store, metric)!
    expect([metric, recorded.count]).toEqual([metric, values.count])
    for (const [stat, q] of Object.entries({
      med: 0.5,
      'p(90)': 0.9,
      'p(95)': 0.95,
      'p(99)': 0.99,
      'p(99.9)': 0.999,
    })) {
      const [k6, [lower, upper]] = [Number(values[stat]), boundsOf(recorded, q)]
      const slack = 1e-9 * Math.abs(k6)
      expect([metric, stat, k6 >= lower - slack, k6 <= upper + slack]).toEqual([metric, stat, true, true])
      compared++
    }
  }
  expect(compared).toBeGreaterThanOrEqual(40)
  const waits = distribution(recorder.store, 'shop_wait')!
  expect(waits.count).toBeGreaterThan(500)
  // A busy machine makes fewer: then a bucket has few of them.
  const most = waits.count > 5000 ? 0.02 : 0.09
  for (const [stat, q] of [
    ['med', 0.5],
    ['p(90)', 0.9],
    ['p(95)', 0.95],
    ['p(99)', 0.99],
  ] as const)
    expect(Math.abs((quantile(waits, q)! * 1000) / Number(metrics.shop_wait![stat]) - 1)).toBeLessThan(most)
  expect(agreementOf(recorder.store, { metrics })).toMatchObject({
    agreement: {
      recorded: { requests: countOf({ metrics }, 'http_reqs') },
      k6: { requests: countOf({ metrics }, 'http_reqs') },
    },
    disagreements: [],
  })

  const read = (await readRecorded(diskFolder(recorder.folder)))!
  expect(agreementOf(read.store, { metrics })?.disagreements).toEqual([])
  const { requests, at, vus } = read.timeline()
  const sum = (values: readonly (number | null)[]) =>
    values.reduce<number>((all, each) => all + (each ?? 0), 0)
  expect(sum(requests.count)).toBe(countOf({ metrics }, 'http_reqs'))
  expect(at.length).toBeGreaterThanOrEqual(5)
  expect(Math.max(...vus.map((each) => each ?? 0))).toBe(2)
  expect((await stat(join(recorder.folder, SERIES_FILE))).size).toBeLessThan(20_000)
})

test('two at once, told apart by a tag: each is counted in full', async () => {
  const recorder = await open()
  const both = ['a', 'b'].map((instance) => start(recorder, '4s', '--tag', `instance=${instance}`))
  const [a, b] = await Promise.all(both.map(({ summary }) => summary))
  await recorder.close()
  for (const store of [recorder.store, (await readRecorded(diskFolder(recorder.folder)))!.store]) {
    expect(total(store, 'http_reqs', { instance: 'a' })).toBe(countOf(a!, 'http_reqs'))
    expect(total(store, 'http_reqs', { instance: 'b' })).toBe(countOf(b!, 'http_reqs'))
    expect(distribution(store, 'shop_wait')?.count).toBe(countOf(a!, 'shop_wait') + countOf(b!, 'shop_wait'))
  }
  expect(recorder.timeline().vusMax).toContain(4)
})

test('one that is stopped and started again: both are counted in full, in every series', async () => {
  const recorder = await open()
  const first = start(recorder, '60s')
  await sleep(3500)
  first.child.kill('SIGINT')
  const one = await first.summary
  const other = await start(recorder, '4s').summary
  await recorder.close()
  const sumOf = (metric: string) => countOf(one, metric) + countOf(other, metric)
  for (const store of [recorder.store, (await readRecorded(diskFolder(recorder.folder)))!.store]) {
    for (const metric of ['http_reqs', 'iterations', 'data_sent'])
      expect(total(store, metric)).toBe(sumOf(metric))
    for (const metric of ['shop_wait', 'shop_basket', 'http_req_duration'])
      expect(distribution(store, metric)?.count).toBe(sumOf(metric))
  }
})

test('one that is killed: what it had pushed stays, and the next one is counted in full', async () => {
  const recorder = await open()
  const first = start(recorder, '60s')
  // A few pushes: of one alone nobody could tell it from the next k6's first.
  await expect
    .poll(() => total(recorder.store, 'http_reqs'), { timeout: 60_000, interval: 50 })
    .toBeGreaterThan(1000)
  first.child.kill('SIGKILL')
  await once(first.child, 'close')
  const before = total(recorder.store, 'http_reqs')
  const rare = total(recorder.store, 'http_reqs', { name: 'rare' })
  const other = await start(recorder, '3s').summary
  await recorder.close()
  expect(total(recorder.store, 'http_reqs')).toBe(before + countOf(other, 'http_reqs'))
  expect(total(recorder.store, 'http_reqs', { name: 'rare' })).toBeGreaterThan(rare)
})

test('a recorder that is closed and opened again during a run loses no count', async () => {
  const first = await open()
  // Long enough for a busy machine: the load is there when the recorder is back.
  const k6 = start(first, '20s')
  await expect
    .poll(() => total(first.store, 'http_reqs'), { timeout: 60_000, interval: 50 })
    .toBeGreaterThan(200)
  await first.close()
  await sleep(1500)
  // k6 goes on pushing to where the first one listened.
  const { port, pathname: path } = new URL(first.url)
  const again = await open({ folder: first.folder, port: Number(port), path })
  const summary = await k6.summary
  await again.close()
  for (const store of [again.store, (await readRecorded(diskFolder(first.folder)))!.store]) {
    expect(agreementOf(store, summary)?.disagreements).toEqual([])
    expect(total(store, 'http_reqs')).toBe(countOf(summary, 'http_reqs'))
  }
})
