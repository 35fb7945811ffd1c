import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketOf, upperBound } from './buckets.ts'
import { histogramOf } from './histogram.ts'
import { betweenRanks, quantile, shareUnder, slices } from './quantile.ts'

const HALF = 2 ** (1 / 16)
const positive = fc.array(fc.double({ min: 1e-4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 80 })
const any = fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 80 })
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** The value of rank ⌈q × n⌉ of ascending values. */
const nearestRank = (ascending: readonly number[], q: number) =>
  ascending[Math.max(0, Math.ceil(q * ascending.length) - 1)]!

test('for any values: in the bucket of the exact quantile, so at most half a bucket from its middle', () => {
  fc.assert(
    fc.property(positive, share, (values, q) => {
      const index = bucketOf(
        nearestRank(
          values.toSorted((a, b) => a - b),
          q,
        ),
        3,
      )
      const middle = Math.sqrt(upperBound(index - 1, 3) * upperBound(index, 3))
      const error = quantile(histogramOf(values), q)! / middle
      expect(Math.max(error, 1 / error)).toBeLessThanOrEqual(HALF * (1 + 1e-9))
    }),
  )
})

test('between the ranks as in k6: at most a bucket from it, whatever the values and however few', () => {
  fc.assert(
    fc.property(positive, share, (values, q) => {
      const ascending = values.toSorted((a, b) => a - b)
      const at = (values.length - 1) * q
      const [low, high] = [ascending[Math.floor(at)]!, ascending[Math.ceil(at)]!]
      const error = betweenRanks(histogramOf(values), q)! / (low + (high - low) * (at - Math.floor(at)))
      expect(Math.max(error, 1 / error)).toBeLessThanOrEqual(HALF ** 2 * (1 + 1e-9))
    }),
  )
  expect(betweenRanks(histogramOf([]), 0.5)).toBeUndefined()
})

const lognormal = (u: number, v: number) =>
  0.2 * Math.exp(0.6 * Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v))
const exponential = (u: number) => -0.3 * Math.log(1 - u)
const uniform = (u: number) => 0.05 + u
const bimodal = (u: number, v: number) => (v < 0.7 ? lognormal(u, v / 0.7) : 3 + u)

test.each([
  ['lognormal', lognormal],
  ['exponential', exponential],
  ['uniform', uniform],
  ['bimodal', bimodal],
])('for 5,000 %s values: at most half a bucket from the exact quantile', (_, draw) => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (seed) => {
      const random = minimalStandard(seed)
      const values = Float64Array.from({ length: 5000 }, () => draw(random(), random())).sort()
      const [ascending, histogram] = [[...values], histogramOf([...values])]
      for (const q of [0.05, 0.5, 0.9, 0.95, 0.99]) {
        const error = quantile(histogram, q)! / nearestRank(ascending, q)
        expect(Math.max(error, 1 / error)).toBeLessThanOrEqual(HALF)
      }
    }),
    { numRuns: 8, seed: 7 },
  )
})

test('a quantile never falls when more is asked for, negative values included', () => {
  fc.assert(
    fc.property(any, share, share, (values, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((q) => quantile(histogramOf(values), q)!)
      expect(low! - high!).toBeLessThanOrEqual(1e-12 * Math.abs(low!))
    }),
  )
})

test('the share under a limit never falls with the limit', () => {
  fc.assert(
    fc.property(
      any,
      fc.double({ min: -2e4, max: 2e4, noNaN: true }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      (values, x, more) => {
        const [less, greater] = [x, x + more].map((limit) => shareUnder(histogramOf(values), limit)!)
        expect(greater).toBeGreaterThanOrEqual(less! - 1e-12)
      },
    ),
  )
})

test('the share under a bucket’s bound is exact in counts', () => {
  const value = fc.oneof(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), fc.constantFrom(0, 1, -2))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.integer({ min: -80, max: 110 }), (values, index) => {
      const limit = upperBound(index, 3)
      const under = values.filter((each) => each <= limit).length
      expect(shareUnder(histogramOf(values), limit)).toBe(under / values.length)
    }),
  )
})

test('the share under a quantile is that quantile', () => {
  fc.assert(
    fc.property(positive, share, (values, q) => {
      const histogram = histogramOf(values)
      expect(shareUnder(histogram, quantile(histogram, q)!)).toBeCloseTo(q, 9)
    }),
  )
})

test('by hand: two in (1, 2], two in (2, 4] at schema 0', () => {
  const histogram = histogramOf([1.5, 1.5, 3, 3], 0)
  expect([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(histogram, q))).toEqual([
    1,
    Math.SQRT2,
    2,
    2 * Math.SQRT2,
    4,
  ])
  expect([0.5, 1, 2, 4, 9].map((limit) => shareUnder(histogram, limit))).toEqual([0, 0, 0.5, 1, 1])
})

test('zero and negative values have their place', () => {
  const histogram = histogramOf([0, 0, -1.5, 3], 0)
  expect(slices(histogram)).toEqual([
    { lower: -2, upper: -1, count: 1 },
    { lower: 0, upper: 0, count: 2 },
    { lower: 2, upper: 4, count: 1 },
  ])
  expect([0.25, 0.5, 0.75, 1].map((q) => quantile(histogram, q))).toEqual([-1, 0, 0, 4])
  expect(shareUnder(histogram, 0)).toBe(0.75)
})

test('without values there is no quantile, and none outside 0 to 1', () => {
  expect(quantile(histogramOf([]), 0.95)).toBeUndefined()
  expect(shareUnder(histogramOf([]), 1)).toBeUndefined()
  expect(() => quantile(histogramOf([1]), 95)).toThrow('A quantile is asked for between 0 and 1, not 95.')
})

/** Park and Miller's generator: the same values on every machine. */
function minimalStandard(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48271) % 2147483647) / 2147483647
}
