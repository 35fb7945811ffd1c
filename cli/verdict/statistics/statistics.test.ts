import { expect, test } from 'vitest'
import { chiSquareAbove } from './chiSquare.ts'
import { holm } from './holm.ts'
import { upperTail, zAbove } from './normal.ts'
import { chanceOfDifference, newcombe, overdispersion, wilson } from './proportions.ts'
import { deviation, median, rootMeanSquare } from './robust.ts'

test('median and deviations', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
  expect(median([])).toBeNaN()
  expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(2.13809, 5)
  expect(deviation([7])).toBe(0)
  expect(rootMeanSquare([3, 4])).toBeCloseTo(3.535534)
})

// scipy.stats.norm.sf
test.each([
  [0, 0.5],
  [1.959964, 0.025],
  [3, 0.0013498980316301],
  [6, 9.865876450377e-10],
  [-1, 0.8413447460685],
])('above %d standard deviations lies %d', (z, share) => {
  expect(Math.abs(upperTail(z) / share - 1)).toBeLessThan(1e-6)
  if (z >= 0) expect(zAbove(share)).toBeCloseTo(z, 3)
})

// The examples (a) and (c) of Newcombe 1998, table II, method 10; Wilson: statsmodels proportion_confint(15, 148).
test('intervals of proportions and of their difference', () => {
  const { low, high } = wilson({ part: 15, of: 148 }, 1.959964)
  expect([low, high]).toEqual([expect.closeTo(0.0624, 4), expect.closeTo(0.1605, 4)])
  const a = newcombe({ part: 48, of: 80 }, { part: 56, of: 70 }, 1.959964)
  expect([a.low, a.high]).toEqual([expect.closeTo(0.0524, 4), expect.closeTo(0.3339, 4)])
  const c = newcombe({ part: 0, of: 10 }, { part: 10, of: 10 }, 1.959964)
  expect([c.low, c.high]).toEqual([expect.closeTo(0.6075, 4), expect.closeTo(1, 4)])
})

test('the chance of a difference agrees with its interval', () => {
  const [earlier, later] = [
    { part: 5, of: 2500 },
    { part: 25, of: 2500 },
  ]
  const chance = chanceOfDifference(earlier, later)
  const at = newcombe(earlier, later, zAbove(chance / 2))
  expect(at.low).toBeCloseTo(0, 4)
  expect(chance).toBeLessThan(0.001)
  expect(chanceOfDifference(earlier, earlier)).toBeCloseTo(1, 3)
})

test('counts that vary more than chance weigh less', () => {
  const even = [10, 11, 9, 10, 10].map((part) => ({ part, of: 1000 }))
  expect(overdispersion(even)).toBe(1)
  expect(overdispersion([0, 40, 2, 0, 8].map((part) => ({ part, of: 1000 })))).toBeGreaterThan(20)
  expect(overdispersion([{ part: 0, of: 10 }])).toBe(1)
})

// scipy.stats.chi2.isf
test.each([
  [0.01, 2, 9.2103],
  [0.01, 29, 49.5879],
  [0.05, 11, 19.6751],
])('a share of %d of χ² with %d degrees of freedom lies above %d', (share, freedom, value) => {
  expect(Math.abs(chiSquareAbove(share, freedom) / value - 1)).toBeLessThan(0.01)
})

test('Holm stops at the first chance that is too large', () => {
  expect(holm([0.03, 0.001, 0.02, 0.9], 0.05)).toEqual([false, true, false, false])
  expect(holm([0.01, 0.011, 0.02], 0.05)).toEqual([true, true, true])
  expect(holm([], 0.05)).toEqual([])
})
