import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyText } from '../../test/texts.ts'
import { histogramOf } from './histogram.ts'
import { decodeWrite } from './decode.ts'
import { encodeWrite, type Pushed } from './protocol.ts'
import { pack, unpack } from './snappy.ts'
import {
  detached,
  isNothing,
  seriesKey,
  labelsOf,
  encodedMessage,
  pointAt,
  pointsIn,
  samplePoint,
  seriesOf,
  STALE,
  valueOf,
} from './wire.ts'

const message = (pushed: readonly Pushed[]): Uint8Array => unpack(encodeWrite(pushed), 1 << 20)
const time = fc.integer({ min: 0, max: 4e12 })
const name = fc.stringMatching(/^k6_[a-z]{1,8}$/)
const pushes = fc.array(
  fc.record({
    name,
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), anyText()),
    samples: fc.array(fc.record({ at: time, value: fc.double({ noNaN: true }) }), { maxLength: 2 }),
    histograms: fc.array(
      fc.record({
        at: time,
        value: fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })).map((all) => histogramOf(all)),
      }),
      { maxLength: 2 },
    ),
  }),
)

test('what is taken apart and put together says the same', () => {
  fc.assert(
    fc.property(pushes, (pushed) => {
      const sorted = pushed.map((one) => ({
        ...one,
        samples: one.samples.toSorted((a, b) => a.at - b.at),
        histograms: one.histograms.toSorted((a, b) => a.at - b.at),
      }))
      const again = encodedMessage(seriesOf(message(pushed)))
      expect(decodeWrite(pack(again))).toEqual(decodeWrite(encodeWrite(sorted)))
    }),
  )
})

test('two pushes one after the other are one push', () => {
  fc.assert(
    fc.property(pushes, pushes, (a, b) => {
      const both = Buffer.concat([message(a), message(b)])
      expect(decodeWrite(pack(both))).toEqual([
        ...decodeWrite(encodeWrite(a)),
        ...decodeWrite(encodeWrite(b)),
      ])
      expect(pointsIn(both)).toBe(pointsIn(message(a)) + pointsIn(message(b)))
    }),
  )
})

test('labels, times and values are read; what protobuf leaves out is 0', () => {
  const [series] = seriesOf(
    message([{ name: 'k6_vus', labels: { a: 'ä' }, samples: [{ at: 0, value: 0 }], histograms: [] }]),
  )
  expect(labelsOf(series!)).toEqual({ __name__: 'k6_vus', a: 'ä' })
  expect(series!.points).toMatchObject([{ at: 0, kind: 'sample', stale: false }])
  expect(valueOf(series!.points[0]!)).toBe(0)
  expect(valueOf(samplePoint(1, -2.5))).toBe(-2.5)
})

test('a stale marker keeps every bit', () => {
  const [base] = seriesOf(
    message([
      { name: 'k6_x_seconds', labels: {}, samples: [], histograms: [{ at: 5, value: histogramOf([1]) }] },
    ]),
  )
  const marked = encodedMessage([{ ...base!, points: [...base!.points, samplePoint(9, 'stale')] }])
  expect(Buffer.from(marked).includes(STALE)).toBe(true)
  const [series] = seriesOf(marked)
  expect(series!.points).toMatchObject([
    { at: 5, stale: false },
    { at: 9, stale: true },
  ])
  expect(Buffer.from(encodedMessage([series!])).includes(STALE)).toBe(true)
})

test('a point at another time is the same but for its time', () => {
  const value = histogramOf([0, 0.2, 7])
  const pushed: Pushed[] = [
    { name: 'k6_x_total', labels: {}, samples: [{ at: 5, value: 2 }], histograms: [] },
    { name: 'k6_x_seconds', labels: {}, samples: [], histograms: [{ at: 5, value }] },
  ]
  const later = seriesOf(message(pushed)).map((one) => ({
    ...one,
    points: one.points.map((point) => pointAt(point, 1_800_000_000_123)),
  }))
  expect(decodeWrite(pack(encodedMessage(later)))).toEqual([
    { ...pushed[0], samples: [{ at: 1_800_000_000_123, value: 2 }] },
    { ...pushed[1], histograms: [{ at: 1_800_000_000_123, value }] },
  ])
})

test('nothing is a sample of 0 and a histogram of no values, not one of zeros', () => {
  const point = (pushed: Partial<Pushed>) =>
    seriesOf(message([{ name: 'k6_x', labels: {}, samples: [], histograms: [], ...pushed }]))[0]!.points[0]!
  const ofValues = (values: number[]) => point({ histograms: [{ at: 1, value: histogramOf(values) }] })
  expect(isNothing(point({ samples: [{ at: 1, value: 0 }] }))).toBe(true)
  expect(isNothing(point({ samples: [{ at: 1, value: 1 }] }))).toBe(false)
  expect(isNothing(ofValues([]))).toBe(true)
  expect(isNothing(ofValues([0]))).toBe(false)
  expect(valueOf(ofValues([0.5, 1]))).toBe(1.5)
})

test('a series has one key in every push', () => {
  const keys = [1, 2].map((at) =>
    seriesKey(
      seriesOf(
        message([{ name: 'k6_x', labels: { b: '1', a: '2' }, samples: [{ at, value: at }], histograms: [] }]),
      )[0]!,
    ),
  )
  expect(new Set(keys).size).toBe(1)
})

test('a point that is kept does not keep the message that it came in', () => {
  const many = Array.from({ length: 500 }, (_, index) => ({
    name: `k6_a${index}_total`,
    labels: {},
    histograms: [],
    samples: [{ at: 1000, value: index }],
  }))
  const [point] = seriesOf(message(many)).at(-1)?.points ?? []
  expect(point?.bytes.buffer.byteLength).toBeGreaterThan(5000)
  const kept = point && detached(point)
  expect(kept?.bytes.buffer.byteLength).toBe(point?.bytes.byteLength)
  expect(kept && valueOf(kept)).toBe(499)
})
