import { expect, test } from 'vitest'
import { pairedShares, pairedValues } from './paired.ts'

const LOWER = { better: 'lower', fresh: 1 } as const

test('what moves both versions cancels out', () => {
  const loads = [1, 2, 5, 3, 8]
  const same = pairedValues(
    loads.map((load) => ({ stable: 100 * load, canary: 100 * load })),
    LOWER,
  )
  expect(same.worse).toBe(0)
  expect(same.chance).toBeCloseTo(0.5)
  const more = pairedValues(
    loads.map((load, index) => ({ stable: 100 * load, canary: 100 * load + 50 + index })),
    LOWER,
  )
  expect(more.worse).toBeCloseTo(52)
  expect(more.chance).toBeLessThan(0.001)
})

test('which way is better decides what is worse', () => {
  const pairs = [90, 91, 89, 90, 92].map((canary) => ({ stable: 100, canary }))
  expect(pairedValues(pairs, LOWER).worse).toBeCloseTo(-9.6)
  expect(pairedValues(pairs, { better: 'higher', fresh: 1 }).worse).toBeCloseTo(9.6)
})

test('looks that overlap count as fewer, and one tells nothing', () => {
  const pairs = [130, 128, 131, 129, 130, 131].map((canary) => ({ stable: 100, canary }))
  const all = pairedValues(pairs, LOWER)
  const third = pairedValues(pairs, { better: 'lower', fresh: 1 / 3 })
  expect([all.independent, third.independent]).toEqual([6, 2])
  expect(third.chance).toBeGreaterThan(all.chance * 100)
  expect(pairedValues(pairs.slice(0, 1), LOWER)).toMatchObject({ chance: 1, interval: { high: Infinity } })
})

test('equal looks are no certainty: a least noise is assumed', () => {
  const pairs = [1, 2, 3].map(() => ({ stable: 100, canary: 101 }))
  expect(pairedValues(pairs, LOWER).chance).toBeGreaterThan(0.1)
})

test('counted shares: errors of a thousand requests say more than looks do', () => {
  const counts = [0, 1].map(() => ({ stable: { part: 1, of: 500 }, canary: { part: 20, of: 500 } }))
  const { worse, chance, interval } = pairedShares(counts)
  expect(worse).toBeCloseTo(0.038)
  expect(chance).toBeLessThan(1e-6)
  expect(interval.low).toBeGreaterThan(0.02)
  const few = [0, 1].map(() => ({ stable: { part: 0, of: 50 }, canary: { part: 2, of: 50 } }))
  // scipy.stats.binom.sf(3, 4, 0.5), and of the next sf(19, 25, 1 / 11)
  expect(pairedShares(few).chance).toBeCloseTo(0.0625)
  const tenth = [{ stable: { part: 5, of: 5000 }, canary: { part: 20, of: 500 } }]
  expect(pairedShares(tenth).chance).toBeLessThan(1e-12)
  const many = [{ stable: { part: 4000, of: 9000 }, canary: { part: 4200, of: 9000 } }]
  expect(pairedShares(many).chance).toBeCloseTo(0.0136, 3)
  const better = counts.map(({ stable, canary }) => ({ stable: canary, canary: stable }))
  expect(pairedShares(better).chance).toBeGreaterThan(0.99)
})
