import { expect, test } from 'vitest'
import { bandOf, chanceOf, detectableOf, isBeyond, spreadOf } from './noise.ts'

test('a spread: noise is never less than is believed, and an upper edge is further than it in percent', () => {
  const spread = spreadOf([100, 100, 100, 100, 100], 0)
  expect(spread).toEqual({ runs: 5, middle: 100, noise: 0.02, isAlone: false })
  expect(spreadOf([100, 100, 100], 0.05).noise).toBe(0.05)
  expect(bandOf(spread)).toBeCloseTo(7.25, 2)
  expect([isBeyond(spread, 107), isBeyond(spread, 108), isBeyond(spread, 93)]).toEqual([false, true, true])
  expect(chanceOf(spread, 100)).toBeCloseTo(1, 6)
  expect(detectableOf(spread, 1)).toBeCloseTo(11.37, 1)
  expect(detectableOf(spread, 30)).toBeCloseTo(12.27, 1)
})
