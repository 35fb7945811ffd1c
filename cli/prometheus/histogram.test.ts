import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf, sumBuckets, upperBound } from './buckets.ts'
import { hasLost, type Histogram, histogramOf, increase, mean, merge, rescaleBuckets } from './histogram.ts'

const value = fc.oneof(
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1, 2, 0.5, -1, 2 ** -130),
  fc.double({ min: -1e3, max: -1e-3, noNaN: true }),
)
const values = fc.array(value, { maxLength: 60 })
const histogram = values.map((all) => histogramOf(all))
const anySchema = fc
  .tuple(values, fc.integer({ min: -4, max: 8 }))
  .map(([all, schema]) => histogramOf(all, schema))
/** k6 only ever sends 2^-128; others may not. */
const anyZero = fc
  .tuple(histogram, fc.constantFrom(0.001, 0.3, 1, 70))
  .map(([one, zeroThreshold]): Histogram => {
    const none = histogramOf([])
    return merge(one, { ...none, zeroThreshold })
  })

/** Sums of doubles depend on their order in the last bits; counts do not. */
const same = (a: Histogram, b: Histogram) => {
  expect({ ...a, sum: 0 }).toEqual({ ...b, sum: 0 })
  expect(Math.abs(a.sum - b.sum)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(a.sum)) + 1e-6)
}

test('a value lies in its bucket: above the lower bound, up to the upper', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-30, max: 1e30, noNaN: true }),
      fc.integer({ min: -4, max: 8 }),
      (x, schema) => {
        const index = bucketOf(x, schema)
        expect(x).toBeGreaterThan(upperBound(index - 1, schema))
        expect(x).toBeLessThanOrEqual(upperBound(index, schema))
      },
    ),
  )
  expect([1, 2, 0.5, 1.0000001].map((x) => bucketOf(x, 3))).toEqual([0, 8, -8, 1])
})

test.each([
  ['one schema', histogram],
  ['any schemas', anySchema],
  ['any zero thresholds', anyZero],
])('merge is commutative and associative and counts exactly: %s', (_, arbitrary) => {
  fc.assert(
    fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
      same(merge(a, b), merge(b, a))
      same(merge(merge(a, b), c), merge(a, merge(b, c)))
      const { count, zeroCount, positive, negative } = merge(a, b)
      expect(count).toBe(a.count + b.count)
      expect(zeroCount + sumBuckets(positive.counts) + sumBuckets(negative.counts)).toBe(count)
    }),
  )
})

test('merging equals counting everything at once', () => {
  fc.assert(
    fc.property(values, values, (a, b) => {
      same(merge(histogramOf(a), histogramOf(b)), histogramOf([...a, ...b]))
    }),
  )
})

test('a coarser schema is what counting at that schema gives', () => {
  fc.assert(
    fc.property(values, fc.integer({ min: -4, max: 3 }), (all, schema) => {
      same(rescaleBuckets(histogramOf(all), schema), histogramOf(all, schema))
    }),
  )
  expect(() => rescaleBuckets(histogramOf([]), 4)).toThrow(
    'A histogram of schema 3 cannot be made finer (4).',
  )
})

test('increase inverts merge', () => {
  fc.assert(
    fc.property(histogram, histogram, (a, b) => {
      same(increase(merge(a, b), b)!, a)
    }),
  )
})

test('what was never part of it is no increase: the series restarted', () => {
  const [before, after] = [histogramOf([0.1, 0.2]), histogramOf([0.1, 0.3, 0.4])]
  expect(increase(after, before)).toBeUndefined()
  expect(increase(histogramOf([1, 2], 4), histogramOf([1], 3))).toBeUndefined()
})

test('a histogram has lost values exactly where there is no increase', () => {
  const some = fc.oneof(histogram, anySchema, anyZero)
  fc.assert(
    fc.property(some, some, fc.boolean(), (a, b, isMerged) => {
      const later = isMerged ? merge(a, b) : a
      expect(hasLost(later, b)).toBe(increase(later, b) === undefined)
    }),
  )
})

test('a threshold inside an occupied bucket takes the whole bucket', () => {
  const wide = { ...histogramOf([0, 0]), zeroThreshold: 0.99 }
  expect(merge(histogramOf([0.98, 0.5, -0.5, 3]), wide)).toMatchObject({
    zeroThreshold: 1,
    zeroCount: 5,
    count: 6,
  })
})

test('the mean is exact, and absent without values', () => {
  expect(mean(histogramOf([1, 2, 6]))).toBe(3)
  expect(mean(histogramOf([]))).toBeUndefined()
})
