import fc from 'fast-check'
import { expect, test } from 'vitest'
import { printedDuration, parseGoDuration } from './duration.ts'

test('what is written can be read', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (milliseconds) => {
      expect(parseGoDuration(printedDuration(milliseconds))).toBeCloseTo(milliseconds, 3)
    }),
  )
})

test.each([
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['1d', 86_400_000],
  ['250', 250],
  [250, 250],
  ['1 s', undefined],
  ['', undefined],
  [null, undefined],
])('%j is %s ms', (text, milliseconds) => {
  expect(parseGoDuration(text)).toBe(milliseconds)
})
