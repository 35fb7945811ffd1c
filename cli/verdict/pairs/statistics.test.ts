import { expect, test } from 'vitest'
import { looksOf } from './looks.ts'
import { shiftsOf } from './rotation.ts'
import { orderOf } from './schedule.ts'
import { studentChance } from '../statistics/student.ts'

const near = (value: number, digits = 4): number => Number(value.toFixed(digits))

test('of each two pairs one is the other way round, and neither side is always first', () => {
  const first = Array.from({ length: 8 }, (_, pair) => orderOf(pair)[0][0]).join('')
  expect(first).toBe('bccbcbbc')
})

test('what all looks spend together is the error that was declared, little of it at first', () => {
  expect([...looksOf(8, 0.04, false)]).toEqual([[8, 0.04]])
  const looks = looksOf(8, 0.04, true)
  expect([...looks.keys()]).toEqual([4, 6, 8])
  expect([...looks.values()].map((one) => near(one))).toEqual([0.0037, 0.014, 0.0223])
  expect([...looksOf(4, 0.04, true).keys()]).toEqual([4])
  expect([...looksOf(5, 0.04, true).keys()]).toEqual([4, 5])
  expect([...looksOf(20, 0.04, true).keys()]).toEqual([10, 12, 14, 16, 18, 20])
})

test('of one row alone the chance is that of a paired t', () => {
  const differences = [0.12, 0.05, 0.2, -0.02, 0.11, 0.09, 0.03, 0.14]
  const { mean, error, chance } = shiftsOf([{ kind: 'p95', differences }]).shifts[0]!
  expect(near(mean)).toBe(0.09)
  expect(Math.abs(chance - studentChance(mean / error, 7))).toBeLessThan(0.002)
})

test('of many rows that say the same, none is less sure than one alone', () => {
  const differences = [0.12, 0.05, 0.2, -0.02, 0.11, 0.09, 0.03, 0.14]
  const row = { kind: 'p95', differences }
  const [one] = shiftsOf([row]).shifts
  const { shifts } = shiftsOf(Array.from({ length: 30 }, () => row))
  expect(shifts[29]!.chance).toBe(one!.chance)
})

test('a row whose pairs agree by luck borrows the noise of rows like it', () => {
  const like = (by: number) => ({ kind: 'p95', differences: [by, -by, by, -by, by, -by] })
  const lucky = { kind: 'p95', differences: [0.06, 0.061, 0.06, 0.059, 0.06, 0.06] }
  const { shifts } = shiftsOf([like(0.1), like(0.11), like(0.12), lucky])
  expect(shifts[3]!.noise).toBeGreaterThan(0.1)
  expect(shifts[3]!.chance).toBeGreaterThan(0.04)
})

test('nothing to compare is no shift', () => {
  expect(shiftsOf([]).shifts).toEqual([])
})
