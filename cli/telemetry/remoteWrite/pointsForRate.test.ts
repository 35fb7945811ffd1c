import { expect, test } from 'vitest'
import {
  decodeWrite,
  encodeWrite,
  histogramOf,
  encodedMessage,
  pack,
  samplePoint,
  seriesOf,
  unpacked,
  type Pushed,
} from '../../prometheus/index.ts'
import { counter, gauge, trend } from '../../../test/doubles/pushesOfK6.ts'
import { onward } from './pointsForRate.ts'

const BEGAN = 14_000
const message = (pushed: readonly Pushed[]): Uint8Array => unpacked(encodeWrite(pushed))

/** What goes on of pushes, by metric: the time and the value of each point, of a histogram its count. */
function sent(pushes: readonly Uint8Array[], began = BEGAN): Record<string, [number, number][]> {
  const change = onward(began)
  const all: Record<string, [number, number][]> = {}
  for (const push of pushes) {
    const series = change(seriesOf(push))
    for (const { name, samples, histograms } of decodeWrite(pack(series ? encodedMessage(series) : push)))
      (all[name] ??= []).push(
        ...samples.map(({ at, value }): [number, number] => [at, value]),
        ...histograms.map(({ at, value }): [number, number] => [at, value.count]),
      )
  }
  return all
}
/** As k6 ends its series: a stale marker in each, beside a histogram its last value once more. */
const ending = (pushed: readonly Pushed[], at: number): Uint8Array =>
  encodedMessage(
    seriesOf(message(pushed)).map((one) => ({
      ...one,
      points: [...one.points.filter(({ kind }) => kind === 'histogram'), samplePoint(at, 'stale')],
    })),
  )

test('a zero comes before the first value of a counter and of a histogram, of a gauge none', () => {
  const push = (at: number, value: number) =>
    message([
      counter('k6_http_reqs_total', value, at),
      trend('k6_x_seconds', [1, 2], at - 300),
      gauge('k6_vus', 4, at),
    ])
  expect(sent([push(15_000, 3), push(16_000, 5)])).toEqual({
    k6_http_reqs_total: [
      [14_000, 0],
      [15_000, 3],
      [16_000, 5],
    ],
    k6_x_seconds: [
      [14_000, 0],
      [14_700, 2],
      [15_700, 2],
    ],
    k6_vus: [
      [15_000, 4],
      [16_000, 4],
    ],
  })
})

test('zeros are a second apart, twenty at most, none before the run or where the first value is one', () => {
  const push = (at: number, value = 3) => [message([counter('k6_x_total', value, at)])]
  const times = (pushes: Uint8Array[]) => sent(pushes).k6_x_total?.map(([at]) => at)
  expect(times(push(14_400))).toEqual([14_000, 14_400])
  expect(times(push(16_400))).toEqual([14_400, 15_400, 16_400])
  expect(times(push(14_000))).toEqual([14_000])
  expect(times(push(9000))).toEqual([9000])
  expect(times(push(16_000, 0))).toEqual([16_000])
  const late = times(push(90_000))
  expect(late).toHaveLength(21)
  expect(late?.[0]).toBe(70_000)
})

test('a series is what its name and its labels say; every label of a zero is its own', () => {
  const push = (at: number, status: string) =>
    seriesOf(message([counter('k6_http_reqs_total', 1, at, { status, A: 'b' })]))
  const change = onward(BEGAN)
  expect(change(push(15_000, '200'))?.[0]?.points).toHaveLength(2)
  expect(change(push(15_500, '200'))).toBeUndefined()
  const born = decodeWrite(pack(encodedMessage(change(push(15_500, '500'))!)))
  expect(born).toMatchObject([{ labels: { status: '500', A: 'b' }, samples: [{ value: 0 }, { value: 1 }] }])
})

test('a pause is filled with the former value, its last twenty seconds, so that the rise is seen', () => {
  const push = (at: number, value: number) =>
    message([counter('k6_x_total', value, at), trend('k6_x_seconds', [1].slice(0, value), at)])
  const all = sent([push(15_000, 1), push(16_300, 2), push(18_200, 3), push(90_000, 4)])
  const filled = Array.from({ length: 20 }, (_, second) => [70_000 + second * 1000, 3])
  expect(all.k6_x_total).toEqual([
    [14_000, 0],
    [15_000, 1],
    [16_300, 2],
    [17_200, 2],
    [18_200, 3],
    ...filled,
    [90_000, 4],
  ])
  expect(all.k6_x_seconds?.map(([at]) => at)).toEqual(all.k6_x_total?.map(([at]) => at))
})

test('gauges alone end; of all else the last value is there once more', () => {
  const all = [
    counter('k6_x_total', 3, 15_000),
    trend('k6_x_seconds', [1, 2], 14_900),
    gauge('k6_vus', 4, 15_000),
  ]
  expect(sent([message(all), ending(all, 16_801)])).toEqual({
    k6_x_total: [
      [14_000, 0],
      [15_000, 3],
      [15_801, 3],
      [16_801, 3],
    ],
    k6_x_seconds: [
      [14_000, 0],
      [14_900, 2],
      [15_801, 2],
      [16_801, 2],
    ],
    k6_vus: [
      [15_000, 4],
      [16_801, NaN],
    ],
  })
})

test('what the end alone tells is told', () => {
  const all = [trend('k6_x_seconds', [1, 2], 14_900), counter('k6_x_total', 3, 15_000)]
  expect(sent([ending(all, 15_801)])).toEqual({
    k6_x_seconds: [
      [14_000, 0],
      [14_900, 2],
      [15_801, 2],
    ],
  })
})

test('a k6 that starts again is no new series', () => {
  const push = (at: number, value: number) => message([counter('k6_x_total', value, at)])
  const end = ending([counter('k6_x_total', 7, 16_000)], 16_500)
  expect(sent([push(15_000, 5), push(16_000, 7), end, push(17_400, 1)])).toEqual({
    k6_x_total: [
      [14_000, 0],
      [15_000, 5],
      [16_000, 7],
      [16_500, 7],
      [17_400, 1],
    ],
  })
})

test('points that come late are left alone', () => {
  const push = (at: number, value: number) => seriesOf(message([counter('k6_x_total', value, at)]))
  const change = onward(BEGAN)
  change(push(15_000, 5))
  expect(change(push(12_000, 2))).toBeUndefined()
})

test('a histogram’s zero has no values, and the labels’ order stays', () => {
  const value = histogramOf([0.5])
  const change = onward(BEGAN)
  const pushed = message([
    { name: 'k6_x_seconds', labels: { b: '1', a: '2' }, samples: [], histograms: [{ at: 15_000, value }] },
  ])
  const series = change(seriesOf(pushed))!
  const [one] = decodeWrite(pack(encodedMessage(series)))
  expect(one!.histograms).toEqual([
    { at: 14_000, value: histogramOf([]) },
    { at: 15_000, value },
  ])
})
