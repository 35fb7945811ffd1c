import { afterAll, beforeAll, expect, test } from 'vitest'
import { influxdb } from '../../cli/grafana/dialects/influxdb.ts'
import { metricsOf } from '../../cli/grafana/metrics.ts'
import type { Measure } from '../../cli/grafana/question.ts'
import { fillInflux, startInflux, type Influx } from './influx.ts'

const dialect = influxdb(metricsOf([{ name: 'shop_accepted', kind: 'rate', meaning: 'Orders accepted' }]))

/** Milliseconds: the shown time begins here, on an interval of ten seconds. */
const FROM = 1_763_000_000_000
const INTERVAL = 10_000

let influx: Influx
beforeAll(async () => {
  influx = await startInflux()
  await influx.query('CREATE DATABASE k6')
})
afterAll(() => influx.stop())

/** Writes points: seconds from the start of the shown time, and their values. */
async function write(
  series: string,
  points: readonly (readonly [at: number, value: number])[],
): Promise<void> {
  const body = points.map(([at, value]) => `${series} value=${value} ${FROM + at * 1000}`).join('\n')
  const { status } = await fetch(`${influx.url}/write?db=k6&precision=ms`, { method: 'POST', body })
  expect(status).toBe(204)
}

/** Points of a curve, by the journey of each line: seconds from the start of the shown time, and their values. */
async function curve(testid: string, measure: Measure): Promise<Record<string, [number, number][]>> {
  const query = dialect.ask({ ...measure, over: 'time', by: ['journey'] }) ?? ''
  const shown = { from: FROM, to: FROM + 5 * INTERVAL - 1, interval: INTERVAL, variables: { testid } }
  return Object.fromEntries(
    (await influx.query(fillInflux(query, shown))).map(({ tags, values }) => [
      tags?.journey ?? '',
      values.map(([time, value]) => [(Number(time) - FROM) / 1000, Number(Number(value).toFixed(9))]),
    ]),
  )
}

test('a rate is what each interval has, the first and those after a gap too', async () => {
  const series = 'http_reqs,testid=gaps,journey'
  await write(`${series}=browse`, [
    // Of the interval before the shown time: no part of any rate.
    [-4, 70],
    [-1, 30],
    [1, 20],
    [9, 30],
    // Nothing for two intervals.
    [31, 10],
    [45, 5],
  ])
  // Begins amid the shown time.
  await write(`${series}=checkout`, [[22, 40]])
  expect(await curve('gaps', { ask: 'rate', metric: 'http_reqs' })).toEqual({
    browse: [
      [0, 5],
      [10, 0],
      [20, 0],
      [30, 1],
      [40, 0.5],
    ],
    checkout: [
      [0, 0],
      [10, 0],
      [20, 4],
      [30, 0],
      [40, 0],
    ],
  })
})

test('the half of a Rate that its counter has not is counted by its points', async () => {
  await write('shop_accepted,testid=halves,journey=checkout', [
    [12, 1],
    [14, 0],
    [15, 0],
    [33, 1],
  ])
  const rates = await curve('halves', { ask: 'rate', metric: 'shop_accepted_zero' })
  expect(rates.checkout).toEqual([
    [0, 0],
    [10, 0.2],
    [20, 0],
    [30, 0],
    [40, 0],
  ])
})

test('VUs at work are seconds of iterations per second', async () => {
  await write('iteration_duration,testid=busy,journey=browse', [
    [12, 5000],
    [18, 15_000],
  ])
  expect((await curve('busy', { ask: 'busy' })).browse).toEqual([
    [0, 0],
    [10, 2],
    [20, 0],
    [30, 0],
    [40, 0],
  ])
})

test('InfluxDB has no rate of a whole run: it would be divided by a variable', () => {
  expect(dialect.ask({ ask: 'rate', metric: 'http_reqs', over: 'run' })).toBeUndefined()
  expect(dialect.ask({ ask: 'busy', over: 'run' })).toBeUndefined()
})
