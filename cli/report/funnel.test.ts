import { expect, test } from 'vitest'
import { funnelOf } from './funnel.ts'

const step = (name: string, completed: number) => ({ name, completed, measured: 0, requests: 0, failed: 0 })
const lines = (
  steps: [string, number][],
  ends: { completed: number; failed?: number; interrupted?: number },
) =>
  funnelOf({
    name: 'buy',
    started: 100,
    failed: 0,
    ...ends,
    steps: steps.map(([name, n]) => step(name, n)),
  }).map(({ name, reached, of, part, lost }) => [name, reached, of, part, lost])

test('each step from the starts, and how iterations ended: interrupted ones are an end of their own', () => {
  expect(
    lines(
      [
        ['home', 100],
        ['pay', 80],
      ],
      { completed: 75, failed: 20, interrupted: 5 },
    ),
  ).toEqual([
    ['started', 100, '', 1, 0],
    ['home', 100, '100 %', 1, 0],
    ['pay', 80, '80 %', 0.8, 20],
    ['completed', 75, '75 %', 0.75, 5],
    ['failed', 20, '20 %', 0.2, 0],
    ['interrupted', 5, '5 %', 0.05, 0],
  ])
})

test('a step that is made three times is no 300 %, and nobody is lost after it; nor at a step that few make', () => {
  expect(
    lines(
      [
        ['add to cart', 300],
        ['coupon', 30],
        ['pay', 99],
      ],
      { completed: 99 },
    ),
  ).toEqual([
    ['started', 100, '', 1, 0],
    ['add to cart', 300, '3 times each', 1, 0],
    ['coupon', 30, '30 %', 0.3, 1],
    ['pay', 99, '99 %', 0.99, 0],
    ['completed', 99, '99 %', 0.99, 0],
  ])
})
