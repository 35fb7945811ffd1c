import { expect, test } from 'vitest'
import { random } from '../statistics/random.ts'
import { changePoints } from './changePoints.ts'
import { shiftsOf } from './shifts.ts'

const READING = {
  least: 0.02,
  chance: 0.04 / 60,
  matters: (a: number, b: number) => Math.abs(Math.expm1(b - a)) > 0.05,
}

/** Values with this noise around the levels; the same ones each time. */
function around(levels: readonly number[], noise = 0.03): number[] {
  const next = random(20261130)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return levels.map((level) => Math.log(level) + noise * normal())
}
const runs = (count: number, level: number): number[] => Array.from({ length: count }, () => level)
const found = (values: readonly number[]) => changePoints(values, READING).map(({ at }) => at)

test('noise has no change in it, however long', () => {
  expect(found(around(runs(200, 300)))).toEqual([])
  expect(found([])).toEqual([])
  expect(found(runs(5, 300))).toEqual([])
})

test('a new level begins at its first run, also where it is new', () => {
  expect(found(around([...runs(40, 300), ...runs(20, 350)]))).toEqual([40])
  expect(found(around([...runs(57, 300), ...runs(3, 390)]))).toEqual([57])
})

test('a level that comes and goes is two changes; one in a window further on is found, too', () => {
  expect(found(around([...runs(20, 300), ...runs(6, 400), ...runs(30, 300)]))).toEqual([20, 26])
  expect(found(around([...runs(90, 300), ...runs(80, 345), ...runs(60, 300)]))).toEqual([90, 170])
})

test('one run that lies apart is no new level', () => {
  expect(found(around([...runs(30, 300), 600, ...runs(30, 300)]))).toEqual([])
  expect(found(around([...runs(30, 300), 600]))).toEqual([])
})

test('what is certain, but too small to matter, is no change', () => {
  expect(found(around([...runs(100, 300), ...runs(100, 309)], 0.005))).toEqual([])
})

test('what grows little by little is one drift, and a step is none', () => {
  const drift = around(Array.from({ length: 60 }, (_, at) => 300 * 1.01 ** at))
  const [one, ...others] = shiftsOf(changePoints(drift, READING), drift)
  expect(one).toMatchObject({ kind: 'drift', from: 0, to: 60 })
  expect(others).toEqual([])
  const step = around([...runs(30, 300), ...runs(30, 400)])
  expect(shiftsOf(changePoints(step, READING), step)).toMatchObject([{ kind: 'step', at: 30, last: 30 }])
})
