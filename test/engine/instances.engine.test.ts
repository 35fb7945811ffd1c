import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunRecord } from '../../cli/record/runRecord.ts'
import { folder, gone, project, run, startCli, type Running } from './harness.ts'

/** Latencies that are decided by the iteration, so that every machine measures the same; none of them is waited for. */
const SEEDED = `
import exec from 'k6/execution'
import { Counter, Rate, Trend } from 'k6/metrics'
const wait = new Trend('wait', true)
const done = new Counter('done')
const ids = new Counter('ids')
const odd = new Rate('odd')
const prepared = new Counter('prepared')
export const options = {
  scenarios: { seeded: { executor: 'per-vu-iterations', vus: Number(__ENV.N), iterations: 100, maxDuration: '60s' } },
  thresholds: {
    wait: ['p(95)<500', 'med<500', 'avg<1000', 'max<2001'],
    done: ['count<' + __ENV.MOST],
    'odd{part:slow}': ['rate<0.75'],
  },
}
export function setup() {
  prepared.add(1)
  return { one: 1 }
}
export const teardown = ({ one }) => console.log('torn down ' + one)
export default function ({ one }) {
  const index = exec.vu.iterationInScenario
  // Of instance 2 alone 8 % are slow: its own p(95) is, and that of the whole is not.
  const slow = exec.test.options.tags?.instance_id === '2' && index >= 92
  wait.add(slow ? 2000 : 100 + index + (exec.vu.idInTest % 4) / 10, { part: slow ? 'slow' : 'usual' })
  odd.add(index % 2 === 1, { part: 'slow' })
  done.add(one)
  ids.add(exec.scenario.iterationInTest)
}`

/** Iterations that wait, until somebody ends the run. */
const LONG = `
import { sleep } from 'k6'
import { Counter } from 'k6/metrics'
const done = new Counter('done')
export const options = {
  scenarios: { long: { executor: 'constant-vus', vus: 2, duration: '120s', gracefulStop: '1s' } },
  thresholds: { done: [{ threshold: 'count<' + (__ENV.MOST || 1e6), abortOnFail: true }] },
}
export const setup = () => {
  if (__ENV.SETUP === 'fails') throw new Error('no such user')
}
export const teardown = () => console.log('torn down')
export default function () {
  console.log('begun')
  done.add(1)
  sleep(0.2)
}`

const cwd = project({ 'seeded.js': SEEDED, 'long.js': LONG })
const resultOf = ({ thresholds }: RunRecord, metric: string): unknown[] =>
  thresholds.filter((one) => one.metric === metric).map(({ threshold, result }) => [threshold, result])
const seeded = (count: number, vus: number, most: number) =>
  run(
    [
      'seeded.js',
      '-e',
      `N=${vus}`,
      '-e',
      `MOST=${most}`,
      ...(count > 1 ? ['--instances', String(count)] : []),
    ],
    { cwd },
  )

/** A run of two that goes on, its folder, and its k6. */
async function underway(): Promise<{ running: Running; record: () => RunRecord; k6: number[] }> {
  const results = folder()
  const running = startCli(['run', 'long.js', '--instances', '2', '--results', results], { cwd })
  const place = (): string => join(results, readdirSync(results)[0] ?? '')
  const log = (): string => {
    const file = join(place(), 'k6.log')
    return existsSync(file) ? readFileSync(file, 'utf8') : ''
  }
  while (![1, 2].every((id) => new RegExp(`begun.* instance_id=${id}$`, 'm').test(log())))
    await new Promise((resolve) => setTimeout(resolve, 100))
  const children = readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, 'utf8').trim().split(' ')
  const k6 = children
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/comm`, 'utf8').trim() === 'k6')
    .sort((a, b) => a - b)
  const record = (): RunRecord => JSON.parse(readFileSync(join(place(), 'run.json'), 'utf8')) as RunRecord
  return { running, record, k6 }
}

describe.concurrent('several k6 on this machine', () => {
  test('are judged as one: what holds in each may fail in the whole, and the other way round', async () => {
    const { code, record, out, folder } = await seeded(2, 2, 150)
    expect(code, out).toBe(99)
    const summaryOf = (id: string) =>
      JSON.parse(readFileSync(join(folder, `k6-summary-${id}.json`), 'utf8')) as {
        metrics: Record<string, Record<string, number>>
      }
    // Instance 2 alone would fail where the whole holds, and each holds where the whole fails.
    expect(summaryOf('2').metrics.wait?.['p(95)']).toBe(2000)
    expect(summaryOf('1').metrics.done?.count).toBe(100)
    expect(resultOf(record, 'wait')).toEqual([
      ['avg<1000', 'pass'],
      ['max<2001', 'pass'],
      ['med<500', 'pass'],
      ['p(95)<500', 'pass'],
    ])
    expect(resultOf(record, 'done')).toEqual([['count<150', 'fail']])
    expect(record.thresholds.find(({ metric }) => metric === 'odd{part:slow}')).toMatchObject({
      value: 0.5,
      result: 'pass',
    })
    expect(record).toMatchObject({
      verdict: 'fail',
      reasons: [{ code: 'threshold-crossed' }],
      totals: { iterations: 200, dropped: 0 },
      problems: [],
      instances: [
        { id: '1', segment: '0:1/2', exit: 0, counts: { iterations: 100 } },
        { id: '2', segment: '1/2:1', exit: 0, counts: { iterations: 100 } },
      ],
    })
    expect(readdirSync(folder).filter((name) => name.startsWith('k6'))).toEqual([
      'k6-summary-1.json',
      'k6-summary-2.json',
      'k6.log',
    ])
  })

  test('give the counts of one, ids that are unique over all, and its quantiles within a bucket', async () => {
    const [one, four] = await Promise.all([seeded(1, 4, 1000), seeded(4, 4, 1000)])
    const own = ({ record }: typeof one, name: string) =>
      record.metrics?.find((metric) => metric.name === name)
    for (const name of ['done', 'ids', 'odd', 'prepared'])
      expect(own(four, name)?.count).toBe(own(one, name)?.count)
    expect(own(four, 'ids')?.count).toBe((399 * 400) / 2)
    // Once for all: what setup returned is shared.
    expect(own(four, 'prepared')?.count).toBe(1)
    expect(readFileSync(join(four.folder, 'k6.log'), 'utf8').match(/torn down 1/g)).toHaveLength(1)
    expect(four.record.instances.map(({ counts }) => counts?.iterations)).toEqual([100, 100, 100, 100])
    const [whole, alone] = [own(four, 'wait'), own(one, 'wait')]
    for (const figure of ['p50', 'p95', 'p99'] as const) {
      const error = (whole?.[figure] ?? NaN) / (alone?.[figure] ?? NaN)
      // Of instance 2 alone some are slow, which are 2 % of the four.
      if (figure === 'p99') expect(whole?.p99).toBeGreaterThan(1800)
      else expect(Math.max(error, 1 / error)).toBeLessThan(2 ** (1 / 8))
    }
  })

  test('send nothing where setup fails, which is told as of one', async () => {
    const runs = ['1', '2'].map((count) =>
      run(['long.js', '-e', 'SETUP=fails', '--instances', count], { cwd }),
    )
    const [one, two] = await Promise.all(runs)
    expect(two?.code).toBe(one?.code)
    expect(two?.record.reasons).toEqual(one?.record.reasons)
    expect(two?.record).toMatchObject({ verdict: 'invalid', totals: { iterations: 0 } })
  })

  test('end with a threshold that can end the run, judged over all of them', async () => {
    const { code, record, err } = await run(['long.js', '-e', 'MOST=5', '--instances', '2'], { cwd })
    expect(code, err).toBe(99)
    expect(record).toMatchObject({
      verdict: 'fail',
      reasons: [{ code: 'threshold-crossed', data: { metric: 'done' } }],
      instances: [{ exit: 103 }, { exit: 105 }],
    })
    expect(err).toMatch(/^thresholds on metrics 'done' were crossed/m)
  })

  test('are all over where one is killed; it is named, and what was counted is kept', async () => {
    const { running, record, k6 } = await underway()
    expect(k6).toHaveLength(2)
    process.kill(k6[1]!, 'SIGKILL')
    const { code, err } = await running.ended
    await Promise.all(k6.map(gone))
    expect(code, err).toBe(96)
    const left = record()
    expect(left).toMatchObject({
      verdict: 'invalid',
      reasons: [{ code: 'instance-lost', data: { of: 2, how: 'was killed (SIGKILL)' } }],
    })
    expect(left.instances.filter(({ lost }) => lost !== undefined)).toHaveLength(1)
    for (const { lost, counts } of left.instances)
      if (lost === undefined) expect(counts?.iterations).toBeGreaterThan(0)
  })

  test('end with a Ctrl-C, and with the command itself', async () => {
    const [stopped, killed] = await Promise.all([underway(), underway()])
    stopped.running.signal('SIGINT')
    killed.running.signal('SIGKILL')
    expect((await stopped.running.ended).code).toBe(105)
    expect(stopped.record()).toMatchObject({
      verdict: 'invalid',
      reasons: [{ code: 'run-interrupted' }],
      instances: [{ exit: 103 }, { exit: 105 }],
    })
    await Promise.all([...stopped.k6, ...killed.k6].map(gone))
    expect(killed.record()).toMatchObject({ state: 'running', verdict: 'invalid' })
  })
})
