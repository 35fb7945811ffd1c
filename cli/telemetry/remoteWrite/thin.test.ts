import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import {
  encodeWrite,
  histogramOf,
  seriesKey,
  labelsOf,
  encodedMessage,
  pack,
  samplePoint,
  seriesOf,
  unpacked,
  type Pushed,
  type RawSeries,
} from '../../prometheus/index.ts'
import { openQueue } from './queue.ts'
import { thin } from './thin.ts'

const root = await mkdtemp(join(tmpdir(), 'loadwright-thin-'))
afterAll(() => rm(root, { recursive: true }))

const push = (at: number, names: readonly string[], stale: boolean): Buffer => {
  const body = encodeWrite(
    names.map((name) => ({ name: `k6_${name}`, labels: {}, samples: [{ at, value: at }], histograms: [] })),
  )
  if (!stale) return Buffer.from(body)
  const series = seriesOf(unpacked(body)).map((one) => ({ ...one, points: [samplePoint(at, 'stale')] }))
  return Buffer.from(pack(encodedMessage(series)))
}

interface Left {
  last: Map<string, number>
  stale: string[]
  count: number
}
const leftIn = (all: readonly RawSeries[]): Left => {
  const values = all.flatMap((one) =>
    one.points.filter(({ stale }) => !stale).map(({ at }) => [seriesKey(one), at] as const),
  )
  const last = new Map<string, number>()
  for (const [key, at] of values) last.set(key, Math.max(at, last.get(key) ?? 0))
  const stale = all.flatMap((one) =>
    one.points.filter((point) => point.stale).map(({ at }) => `${seriesKey(one)} ${at}`),
  )
  return { last, stale, count: values.length + stale.length }
}

test('the last value of every series and every stale marker stay, and the queue becomes smaller', async () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })
  const pushes = fc.array(fc.tuple(names, fc.boolean()), { minLength: 1, maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(pushes, fc.integer({ min: 0, max: 1000 }), async (made, limit) => {
      const queue = await openQueue(await mkdtemp(join(root, 'q-')))
      const bodies = made.map(([series, stale], at) => push(at + 1, series, stale))
      for (const body of bodies) queue.add(body)
      const before = leftIn(bodies.flatMap((body) => seriesOf(unpacked(body))))
      const gone = await thin(queue, limit, () => false)
      const rest = await Promise.all([...queue.waiting].map(async (one) => (await queue.read(one))!))
      const after = leftIn(rest.flatMap((body) => seriesOf(unpacked(body))))
      expect(after.last).toEqual(before.last)
      expect(after.stale).toEqual(before.stale)
      expect(before.count - after.count).toBe(gone)
      // Either it fits, or there is nothing to thin any more.
      if (queue.size() > limit) expect(after.count).toBe(after.last.size + after.stale.length)
    }),
    { numRuns: 25 },
  )
})

test('the zero that a counter or a histogram begins with stays; a gauge’s 0 is a value like any other', async () => {
  const queue = await openQueue(await mkdtemp(join(root, 'q-')))
  const sample = (name: string, at: number, value: number): Pushed => ({
    name,
    labels: {},
    samples: [{ at, value }],
    histograms: [],
  })
  for (let at = 1; at <= 16; at++)
    queue.add(
      Buffer.from(
        encodeWrite([
          sample('k6_x_total', at, at - 1),
          sample('k6_x', at, 0),
          {
            name: 'k6_x_seconds',
            labels: {},
            samples: [],
            histograms: [{ at, value: histogramOf(at > 1 ? [0] : []) }],
          },
        ]),
      ),
    )
  await thin(queue, 0, () => false)
  const rest = await Promise.all([...queue.waiting].map(async (one) => (await queue.read(one))!))
  const left = rest.flatMap((body) => seriesOf(unpacked(body)))
  const times = (name: string) =>
    left.filter((one) => labelsOf(one).__name__ === name).flatMap(({ points }) => points.map(({ at }) => at))
  expect(times('k6_x_total')).toEqual([1, 16])
  expect(times('k6_x_seconds')).toEqual([1, 16])
  expect(times('k6_x')).toEqual([16])
})

test('what is being sent is left alone', async () => {
  const queue = await openQueue(await mkdtemp(join(root, 'q-')))
  for (let at = 1; at <= 6; at++) queue.add(push(at, ['a'], false))
  const busy = queue.waiting.slice(0, 5)
  expect(await thin(queue, 0, (one) => busy.includes(one))).toBe(0)
})

test('a queue that is small enough loses nothing; one that is not, no more than it must: of every second push', async () => {
  const queue = await openQueue(await mkdtemp(join(root, 'q-')))
  for (let at = 1; at <= 9; at++) queue.add(push(at, ['a'], false))
  const whole = queue.size()
  expect(await thin(queue, whole, () => false)).toBe(0)
  expect(await thin(queue, whole - 1, () => false)).toBe(4)
  const rest = await Promise.all([...queue.waiting].map(async (one) => (await queue.read(one))!))
  const times = rest.flatMap((body) => seriesOf(unpacked(body)).flatMap(({ points }) => points))
  expect(times.map(({ at }) => at)).toEqual([1, 3, 5, 7, 9])
})
