import { expect, test } from 'vitest'
import { studentChance, tAbove } from './student.ts'

test.each([
  // Tables of Student's t, both directions: 5 %, 1 %, 0.1 %.
  [12.706, 1, 0.05],
  [2.228, 10, 0.05],
  [2.002, 58, 0.05],
  [9.925, 2, 0.01],
  [2.75, 30, 0.01],
  [4.587, 10, 0.001],
])('t of %f at %i degrees of freedom: %f', (t, freedom, chance) => {
  expect(studentChance(t, freedom)).toBeCloseTo(chance, 4)
  expect(studentChance(-t, freedom)).toBe(studentChance(t, freedom))
})

test('nothing is certain at 0, and what is very far is next to impossible', () => {
  expect(studentChance(0, 7)).toBe(1)
  expect(studentChance(40, 58)).toBeLessThan(1e-40)
  expect(studentChance(Infinity, 3)).toBe(0)
})

test('above which t a share lies', () => {
  const near = [tAbove(0.025, 7), tAbove(0.05, 3), tAbove(0.025, 1)].map((t) => Number(t.toFixed(2)))
  expect(near).toEqual([2.36, 2.35, 12.71])
})
