import { expect, test } from 'vitest'
import { random } from '../statistics/random.ts'
import { mser5 } from './mser.ts'

/** A level with correlated noise of 5 % (AR(1), 0.6), times a shape over the run. */
function series(seed: number, length: number, shape: (part: number) => number): number[] {
  const next = random(seed)
  let noise = 0
  return Array.from({ length }, (_, index) => {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    noise = 0.6 * noise + 0.04 * normal
    return 100 * shape(index / length) * (1 + noise)
  })
}
const runs = (shape: (part: number) => number, length = 300) =>
  Array.from({ length: 400 }, (_, seed) => mser5(series(seed + 1, length, shape))!)
const condemned = (all: ReturnType<typeof runs>) =>
  all.filter(({ never, drift }) => never && Math.abs(drift) >= 0.1).length

test('of fewer than 20 batches of five nothing is said; gaps are left out', () => {
  expect(mser5(series(1, 99, () => 1))).toBeUndefined()
  expect(mser5([...series(1, 99, () => 1), null, null])).toBeUndefined()
  expect(mser5([...series(1, 100, () => 1), null])?.batches).toBe(20)
})

test('a warm-up is cut off', () => {
  const { cut, never } = mser5(series(7, 300, (part) => 1 + 3 * Math.exp(-part / 0.05)))!
  expect(cut).toBeGreaterThan(4)
  expect(never).toBe(false)
})

test('of 400 steady runs none is condemned, nor of 400 with a warm-up', () => {
  expect(condemned(runs(() => 1))).toBe(0)
  expect(condemned(runs(() => 1, 100))).toBe(0)
  expect(condemned(runs((part) => 1 + Math.exp(-part / 0.07)))).toBe(0)
})

test('of 400 runs whose level doubles most are, and nearly all whose level grows fourfold', () => {
  expect(condemned(runs((part) => 1 + part))).toBeGreaterThan(200)
  expect(condemned(runs((part) => 1 + 3 * part))).toBeGreaterThan(350)
})
