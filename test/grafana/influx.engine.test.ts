import { beforeAll, afterAll, expect, test } from 'vitest'
import { influxdb } from '../../cli/grafana/dialects/influxdb.ts'
import { metricsOf } from '../../cli/grafana/metrics.ts'
import type { Measure, Question } from '../../cli/grafana/question.ts'
import { run, type Run } from '../engine/harness.ts'
import { fillInflux, startInflux, type Influx, type InfluxSeries } from './influx.ts'

const dialect = influxdb(
  metricsOf([
    { name: 'boutique_checkout_success', kind: 'rate', meaning: 'Checkouts that were accepted' },
    { name: 'boutique_orders', kind: 'counter', meaning: 'Orders' },
  ]),
)

let influx: Influx
let done: Run

beforeAll(async () => {
  influx = await startInflux()
  const short = ['--profile', 'load', '--ramp-up', '2s', '--warm-up', '2s', '--duration', '8s', '--no-open']
  const faults = ['--fault', 'errors=POST /cart:0.3', '--fault', 'latency=*:lognormal(20,0.5)']
  done = await run(['boutique', ...short, ...faults, '--', '--out', `influxdb=${influx.url}/k6`])
  expect(done.err).not.toContain("Couldn't write stats")
}, 120_000)
afterAll(() => influx.stop())

/** A question's answer, asked as Grafana asks. */
async function ask(
  question: Question,
  variables: Record<string, string | string[]> = {},
): Promise<readonly InfluxSeries[]> {
  const query = dialect.ask(question)
  if (query === undefined) throw new Error('cannot be asked')
  const { startedAt, endedAt = '' } = done.record
  const [from, to] = [Date.parse(startedAt) - 5000, Date.parse(endedAt) + 5000]
  const values = { testid: done.record.id, journey: '.*', phase: '.*', quantile: '0.95', ...variables }
  return influx.query(fillInflux(query, { from, to, interval: 2000, variables: values }))
}

const where = { journey: '$journey', phase: '$phase' }

/** The one value of a question about the whole run. */
async function value(
  measure: Measure & Partial<Question>,
  variables?: Record<string, string | string[]>,
): Promise<number> {
  const series = await ask({ where, ...measure, over: 'run' }, variables)
  expect(series.map(({ values }) => values.length)).toEqual([1])
  return Number(series[0]?.values[0]?.[1])
}

/** All points of all lines of a question about time. */
const curve = async (measure: Measure & Partial<Question>): Promise<(number | null)[]> =>
  (await ask({ where, ...measure, over: 'time' })).flatMap(({ values }) =>
    values.map(([, point]) => point as number | null),
  )

const k6 = (metric: string): Record<string, number> =>
  done.summary().metrics[metric] as Record<string, number>
const add = (points: readonly (number | null)[]): number =>
  points.reduce<number>((sum, point) => sum + (point ?? 0), 0)

test('counts are k6’s, whole or as a curve, at any interval', async () => {
  const requests = k6('http_reqs').count
  expect(requests).toBeGreaterThan(300)
  expect(await value({ ask: 'total', metric: 'http_reqs' })).toBe(requests)
  // Two seconds an interval.
  expect(add(await curve({ ask: 'rate', metric: 'http_reqs' })) * 2).toBeCloseTo(requests ?? 0, 6)
  expect(add(await curve({ ask: 'rate', metric: 'http_reqs', by: ['journey', 'step'] })) * 2).toBeCloseTo(
    requests ?? 0,
    6,
  )
  expect(Math.max(...(await curve({ ask: 'total', metric: 'http_reqs' })).map(Number))).toBe(requests)
  expect(await value({ ask: 'total', metric: 'iterations' })).toBe(k6('iterations').count)
})

test('shares are k6’s; a half that never occurred is none', async () => {
  expect(k6('http_req_failed').value).toBeGreaterThan(0)
  expect(await value({ ask: 'share', metric: 'http_req_failed' })).toBeCloseTo(
    k6('http_req_failed').value ?? 0,
    9,
  )
  expect(await value({ ask: 'share', metric: 'checks' })).toBeCloseTo(k6('checks').value ?? 0, 9)
  expect(await value({ ask: 'total', metric: 'checks_failed' })).toBe(k6('checks').fails)
  expect(await value({ ask: 'total', metric: 'checks_succeeded' })).toBe(k6('checks').passes)
  expect(await value({ ask: 'total', metric: 'boutique_checkout_success_zero' })).toBe(
    k6('boutique_checkout_success').fails,
  )
  expect(await value({ ask: 'total', metric: 'journeys_failed' })).toBe(k6('journey_failed').passes)
})

test('times are in seconds, and exact to the rank', async () => {
  const q = { ask: 'quantile', metric: 'http_req_duration' } as const
  // InfluxDB gives a sample, k6 what lies between two of them.
  const near = async (metric: string, where: Parameters<typeof value>[1]): Promise<void> => {
    const { 'p(95)': p95 = 0, count = 0 } = k6(metric)
    expect(count).toBeGreaterThan(0)
    const [below, at, above] = [
      await value({ ...q, q: Math.max(0, 0.95 - 2 / count) }, where),
      await value({ ...q, q: 0.95 }, where),
      await value({ ...q, q: Math.min(1, 0.95 + 2 / count) }, where),
    ]
    for (const one of [at, p95 / 1000]) {
      expect(one).toBeGreaterThanOrEqual(below)
      expect(one).toBeLessThanOrEqual(above)
    }
  }
  await near('http_req_duration', {})
  expect(await value({ ...q, q: '$quantile' })).toBe(await value({ ...q, q: 0.95 }))
  const { avg = 0 } = k6('http_req_duration')
  expect(await value({ ask: 'mean', metric: 'http_req_duration' })).toBeCloseTo(avg / 1000, 9)
  await near('http_req_duration{journey:checkout,phase:steady}', { journey: 'checkout', phase: 'steady' })
  const all = Math.max(...(await curve({ ...q, q: 1, by: ['journey'] })).map(Number))
  expect(all * 1000).toBeCloseTo(k6('http_req_duration').max ?? 0, 6)
})

test('VUs are those of k6, and those that were at work by Little’s law', async () => {
  const most = await value({ ask: 'level', metric: 'vus' })
  expect(most).toBe(k6('vus').max)
  expect(Math.max(...(await curve({ ask: 'level', metric: 'vus' })).map(Number))).toBeLessThanOrEqual(most)
  const { avg = 0, count } = k6('iteration_duration') as { avg?: number; count?: number }
  const times = await curve({ ask: 'busy', by: ['journey'] })
  expect(add(times) * 2).toBeCloseTo((avg / 1000) * (count ?? Number(k6('iterations').count)), 3)
})

test('a heatmap gets a bounded share of values, in seconds', async () => {
  const points = (await curve({ ask: 'buckets', metric: 'http_req_duration' })).map(Number)
  expect(points.length).toBeGreaterThan(50)
  expect(points.length).toBeLessThanOrEqual(20 * 20)
  expect(Math.max(...points) * 1000).toBeLessThanOrEqual(k6('http_req_duration').max ?? 0)
})

test('All holds what has no such tag, some hold theirs alone; lines of tables have one time', async () => {
  const total = { ask: 'total', metric: 'http_reqs' } as const
  const lines = await ask({ ...total, by: ['journey'], over: 'run' })
  const by = Object.fromEntries(
    lines.map(({ tags, values }) => [tags?.journey ?? '?', Number(values[0]?.[1])]),
  )
  // Requests of the preflight are of no journey: a line that a panel names.
  expect(Object.keys(by).sort()).toEqual(['', 'browse', 'checkout', 'currency'])
  expect(await value(total)).toBe(add(Object.values(by)))
  expect(await value(total, { journey: ['browse', 'currency'] })).toBe((by.browse ?? 0) + (by.currency ?? 0))
  expect(await value(total, { journey: 'browse' })).toBe(by.browse)
  expect(await ask({ ...total, where, over: 'run' }, { testid: 'another' })).toEqual([])
  const quantiles = await ask({
    ask: 'quantile',
    metric: 'http_req_duration',
    q: 0.5,
    by: ['journey'],
    over: 'run',
  })
  expect(new Set([...lines, ...quantiles].map(({ values }) => values[0]?.[0])).size).toBe(1)
})

test('variables list runs, and the journeys of one', async () => {
  const list = async (query: string): Promise<unknown[]> => {
    const filled = fillInflux(query, { from: 0, to: 0, interval: 1, variables: { testid: done.record.id } })
    return (await influx.query(filled)).flatMap(({ values }) => values.map(([, name]) => name))
  }
  expect(await list(dialect.values('testid'))).toEqual([done.record.id])
  expect(await list(dialect.values('journey', { testid: '$testid' }))).toEqual([
    'browse',
    'checkout',
    'currency',
  ])
})
