import fc from 'fast-check'
import { Reader, Writer } from 'protobufjs/minimal.js'
import { expect, test } from 'vitest'
import { writeRequest } from './messages.ts'
import { histogramIn, readSample } from './points.ts'

const histogramType = writeRequest.lookupType('Histogram')
const sampleType = writeRequest.lookupType('Sample')
const whole = fc.integer({ min: 0, max: 2 ** 40 })
const counts = fc.array(whole, { minLength: 1, maxLength: 20 })
const deltasOf = (all: readonly number[]) => all.map((count, at) => count - (all[at - 1] ?? 0))
const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)

/** A histogram as protobufjs writes it, and the counts of its buckets from `offset` on. */
const written = fc
  .tuple(counts, whole, fc.integer({ min: -500, max: 500 }), fc.boolean())
  .map(([all, zeroCount, offset, areFloats]) => {
    const count = sum(all) + zeroCount
    const positive = areFloats ? { positiveCounts: all } : { positiveDeltas: deltasOf(all) }
    const message = {
      ...(areFloats
        ? { countFloat: count, zeroCountFloat: zeroCount }
        : { countInt: count, zeroCountInt: zeroCount }),
      ...positive,
      sum: 1.5,
      schema: 3,
      zeroThreshold: 2 ** -128,
      positiveSpans: [{ offset, length: all.length }],
      timestamp: 1_800_000_000_000,
    }
    return { all, zeroCount, offset, bytes: histogramType.encode(message).finish() }
  })

test('a histogram is what protobufjs wrote, in whole counts and in floats', () => {
  fc.assert(
    fc.property(written, ({ all, zeroCount, offset, bytes }) => {
      const { positive, ...rest } = histogramIn(bytes)
      expect(rest).toMatchObject({ zeroCount, count: sum(all) + zeroCount, sum: 1.5, schema: 3 })
      const filled = all.flatMap((count, at) => (count > 0 ? [[offset + at, count]] : []))
      expect(positive.indexes.map((index, at) => [index, positive.counts[at]])).toEqual(filled)
    }),
  )
})

test('numbers that are not packed, in several parts, and fields that nobody knows', () => {
  const writer = Writer.create()
  writer.uint32((4 << 3) | 0).sint32(3)
  writer.uint32((1 << 3) | 0).uint64(6)
  writer.uint32((16 << 3) | 2).bytes(Uint8Array.of(1, 2, 3))
  writer.uint32((11 << 3) | 2).fork()
  writer.uint32((2 << 3) | 0).uint32(3)
  writer.ldelim()
  writer.uint32((12 << 3) | 0).sint64(1)
  writer.uint32((12 << 3) | 2).fork()
  writer.sint64(1).sint64(1)
  writer.ldelim()
  expect(histogramIn(writer.finish()).positive).toEqual({ indexes: [0, 1, 2], counts: [1, 2, 3] })
})

test.each([0, -1, 1, 2 ** 49 - 1, 2 ** 49, -(2 ** 49), 2 ** 53 - 1, -(2 ** 53) + 1])(
  'a time of %d is read exactly',
  (at) => {
    const message = Writer.create()
      .bytes(sampleType.encode({ value: 0.5, timestamp: at }).finish())
      .finish()
    expect(readSample(Reader.create(message))).toEqual({ at, value: 0.5 })
  },
)

test.each([-1, 1, -64, 2 ** 48, -(2 ** 48), 2 ** 52, -(2 ** 52)])(
  'a difference of %d is read exactly',
  (by) => {
    const [first, second] = by < 0 ? [-by, 0] : [0, by]
    const bytes = histogramType
      .encode({
        countInt: first + second,
        schema: 3,
        positiveSpans: [{ offset: 0, length: 2 }],
        positiveDeltas: [first, second - first],
      })
      .finish()
    expect(histogramIn(bytes).count).toBe(Math.abs(by))
  },
)
