import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RecordError } from './errors.ts'
import { histogramOf } from './histogram.ts'
import { writeRequest } from './messages.ts'
import { createDecoder, decodeWrite, unpacked } from './decode.ts'
import { encodeWrite, type Pushed } from './protocol.ts'
import { pack } from './snappy.ts'

const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const at = fc.integer({ min: -1, max: 2 ** 53 - 1 })
const histogram = fc
  .array(fc.double({ min: -1e4, max: 1e4, noNaN: true }))
  .map((values) => histogramOf(values))
const pushed = fc.record({
  name: fc.string({ minLength: 1 }),
  labels: fc.dictionary(
    fc.string().filter((label) => label !== '__name__' && label !== '__proto__'),
    fc.string(),
    {
      noNullPrototype: true,
    },
  ),
  samples: fc.array(fc.record({ at, value: number })),
  histograms: fc.array(fc.record({ at, value: histogram })),
})

test('what is encoded is decoded', () => {
  fc.assert(
    fc.property(fc.array(pushed), (series: Pushed[]) => {
      expect(decodeWrite(encodeWrite(series))).toEqual(series)
    }),
  )
})

test('a series that came before has the same labels again, wherever its label fields stand', () => {
  const decode = createDecoder()
  const [first] = decode(
    unpacked(encodeWrite([{ name: 'k6_x', labels: { a: 'b' }, samples: [], histograms: [] }])),
  )
  expect(first).toMatchObject({ name: 'k6_x', labels: { a: 'b' } })
  const name = Buffer.from('\x0a\x10\x0a\x08__name__\x12\x04k6_x')
  const sample = Buffer.from('\x12\x02\x10\x05')
  const label = Buffer.from('\x0a\x06\x0a\x01a\x12\x01b')
  const series = Buffer.concat([name, sample, label])
  const [again] = decode(Buffer.concat([Buffer.from([10, series.length]), series]))
  expect(again).toEqual({ ...first, samples: [{ at: 5, value: 0 }] })
  expect(again?.labels).toBe(first?.labels)
})

const wire = (histograms: object[], labels = [{ name: '__name__', value: 'k6_x' }]) =>
  pack(writeRequest.encode({ timeseries: [{ labels, samples: [], histograms }] }).finish())

test('spans and deltas as they are on the wire, and the same histogram in absolute counts', () => {
  const spans = [
    { offset: -3, length: 2 },
    { offset: 2, length: 1 },
  ]
  const common = { sum: 9, schema: 3, zeroThreshold: 0, timestamp: 5, positiveSpans: spans }
  const whole = { ...common, countInt: 9, zeroCountInt: 1, positiveDeltas: [3, -3, 5] }
  const float = { ...common, countFloat: 9, zeroCountFloat: 1, positiveCounts: [3, 0, 5] }
  const [a, b] = decodeWrite(wire([whole, float]))[0]!.histograms
  expect(a?.value).toEqual({
    schema: 3,
    zeroThreshold: 0,
    zeroCount: 1,
    sum: 9,
    count: 9,
    positive: { indexes: [-3, 1], counts: [3, 5] },
    negative: { indexes: [], counts: [] },
  })
  expect(b?.value).toEqual(a?.value)
})

const sound = { countInt: 1, zeroCountInt: 1, schema: 3 }
const one = [{ offset: 0, length: 1 }]
test.each([
  ['schema', { ...sound, schema: -53 }, 'A histogram has schema -53; −4 to 8 are known.'],
  ['zero threshold', { ...sound, zeroThreshold: -1 }, 'A histogram has a zero threshold of -1.'],
  ['spans', { ...sound, positiveSpans: one }, "A histogram's spans hold 1 buckets, its counts 0."],
  [
    'length',
    { ...sound, positiveSpans: [{ offset: 0, length: 4e9 }] },
    "A histogram's spans hold 4000000000 buckets, its counts 0.",
  ],
  [
    'far',
    { ...sound, positiveSpans: [{ offset: 2e9, length: 1 }], positiveDeltas: [1] },
    'A histogram has a bucket beyond all numbers.',
  ],
  [
    'overlap',
    { ...sound, positiveSpans: [...one, { offset: -1, length: 1 }], positiveDeltas: [1, 1] },
    'A histogram has overlapping spans.',
  ],
  [
    'negative count',
    { ...sound, positiveSpans: one, positiveDeltas: [-1] },
    'A histogram has a bucket with less than nothing in it.',
  ],
  ['count', { ...sound, countInt: 7 }, 'A histogram counts 7 values, its buckets 1.'],
  ['2^53', { ...sound, countInt: 2 ** 53 }, 'The push holds 9007199254740992, too large to be exact.'],
])('an impossible histogram is refused: %s', (_, histogram, sentence) => {
  expect(() => decodeWrite(wire([histogram]))).toThrow(sentence)
})

test('a series without a name, and bytes that are no message, are refused', () => {
  expect(() => decodeWrite(wire([], []))).toThrow('A pushed series has no name.')
  // A series whose only label is none.
  expect(() => decodeWrite(pack(Uint8Array.of(10, 4, 10, 2, 0, 0)))).toThrow(RecordError)
  expect(() => decodeWrite(pack(Uint8Array.of(10, 200, 1)))).toThrow(
    /^The push is not a remote write 1.0 message: /,
  )
})

test('no bytes do anything but decode or be refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      try {
        decodeWrite(pack(bytes))
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError)
      }
    }),
    { numRuns: 1000 },
  )
})
