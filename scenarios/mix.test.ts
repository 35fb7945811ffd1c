import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Runnable } from '../lib/index.ts'
import { mix, workload, type Load } from './index.ts'

const journey: Runnable = Object.assign(() => undefined, { journeys: [] })
const sizes = (load: Load, weights: readonly number[]): number[] => {
  const shares = Object.fromEntries(weights.map((weight, index) => [`j${index}`, [journey, weight] as const]))
  return Object.values(mix(workload(), load, shares)).map(({ load }) =>
    'rate' in load ? load.rate : load.vus,
  )
}
const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 8 })
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

test('rates are in proportion to the weights and add up', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1000, noNaN: true }), weights, (rate, weights) => {
      const parts = sizes({ rate }, weights)
      expect(sum(parts)).toBeCloseTo(rate, 8)
      parts.forEach((part, index) => {
        expect(part * sum(weights)).toBeCloseTo((weights[index] ?? 0) * rate, 5)
      })
    }),
  )
})

test('each part keeps the pattern', () => {
  const load = { rate: 4, pattern: [{ times: 1, share: 1 }] }
  expect(mix(workload(), load, { a: [journey, 3], b: [journey, 1] })).toMatchObject({
    a: { load: { ...load, rate: 3 } },
    b: { load: { ...load, rate: 1 } },
  })
})

test('VUs are whole, at least one each, add up where there are enough, and are off by less than one for most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), weights, (vus, weights) => {
      const parts = sizes({ vus }, weights)
      expect(parts.filter((part) => !Number.isInteger(part) || part < 1)).toEqual([])
      expect(sum(parts)).toBe(Math.max(vus, weights.length))
    }),
    { examples: [[10, [100, 1, 1]]] },
  )
})

test.each([
  [10, [3, 1], [8, 2]],
  [10, [1, 1, 1], [4, 3, 3]],
  [10, [100, 1, 1], [8, 1, 1]],
  [3, [1, 1, 1], [1, 1, 1]],
  [2, [5, 1, 1], [1, 1, 1]],
  [7, [0.5, 0.5], [4, 3]],
])('%d VUs by weights %j are %j', (vus, weights, parts) => {
  expect(sizes({ vus }, weights)).toEqual(parts)
})

test.each([0, -1, NaN, Infinity])('a weight of %d is refused, and says whose it is', (weight) => {
  const shares = { browse: [journey, 1], buy: [journey, weight] } as const
  const told = `mix(): a weight is a number above 0: got ${weight} for buy`
  expect(() => mix(workload(), { rate: 5 }, shares)).toThrow(told)
  expect(() => mix(workload(), { vus: 5 }, shares)).toThrow(told)
})
