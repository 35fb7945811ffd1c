import fc from 'fast-check'
import { expect, test } from 'vitest'
import { histogramOf, merge, type Histogram } from './histogram.ts'
import { assign, copyOf, mergeInto } from './inPlace.ts'

const value = fc.oneof(
  fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
  fc.double({ min: -1e3, max: -1e-3, noNaN: true }),
  fc.constant(0),
)
const histogram = fc
  .tuple(fc.array(value, { maxLength: 40 }), fc.constantFrom(3, 3, 3, 2, 8), fc.constantFrom(0, 0.5))
  .map(([values, schema, zeroThreshold]): Histogram => {
    const one = histogramOf(values, schema)
    return zeroThreshold === 0 ? one : merge(one, { ...histogramOf([], schema), zeroThreshold })
  })

test('what is added in place is what a merge gives, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.array(histogram, { minLength: 1, maxLength: 5 }), (all) => {
      const before = structuredClone(all)
      const [first, ...rest] = all as [Histogram, ...Histogram[]]
      const own = copyOf(first)
      for (const one of rest) mergeInto(own, one)
      expect(own).toEqual(rest.reduce(merge, first))
      expect(all).toEqual(before)
    }),
  )
})

test('what is assigned is the other one, and remains apart from it', () => {
  fc.assert(
    fc.property(histogram, histogram, (one, other) => {
      const before = structuredClone([one, other])
      const own = copyOf(one)
      assign(own, other)
      expect(own).toEqual(other)
      mergeInto(own, one)
      expect([one, other]).toEqual(before)
    }),
  )
})
