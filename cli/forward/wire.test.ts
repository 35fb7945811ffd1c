import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeWrite, encodeWrite, histogramOf, type Pushed } from '../record/index.ts'
import { pack, unpack } from '../record/snappy.ts'
import { keyOf, labelsOf, messageOf, pointsIn, samplePoint, seriesOf, STALE, valueOf } from './wire.ts'

const message = (pushed: readonly Pushed[]): Uint8Array => unpack(encodeWrite(pushed), 1 << 20)
const time = fc.integer({ min: 0, max: 4e12 })
const name = fc.stringMatching(/^k6_[a-z]{1,8}$/)
const pushes = fc.array(
  fc.record({
    name,
    labels: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.string({ unit: 'binary' })),
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
      const again = messageOf(seriesOf(message(pushed)))
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

test('a stale marker keeps every bit, and what k6 repeats beside it is known as repeated', () => {
  const [base] = seriesOf(
    message([
      { name: 'k6_x_seconds', labels: {}, samples: [], histograms: [{ at: 5, value: histogramOf([1]) }] },
    ]),
  )
  const marked = messageOf([{ ...base!, points: [...base!.points, samplePoint(9, 'stale')] }])
  expect(Buffer.from(marked).includes(STALE)).toBe(true)
  const [series] = seriesOf(marked)
  expect(series!.points).toMatchObject([
    { at: 5, repeated: true, stale: false },
    { at: 9, repeated: false, stale: true },
  ])
  expect(Buffer.from(messageOf([series!])).includes(STALE)).toBe(true)
})

test('a series has one key in every push', () => {
  const keys = [1, 2].map((at) =>
    keyOf(
      seriesOf(
        message([{ name: 'k6_x', labels: { b: '1', a: '2' }, samples: [{ at, value: at }], histograms: [] }]),
      )[0]!,
    ),
  )
  expect(new Set(keys).size).toBe(1)
})
