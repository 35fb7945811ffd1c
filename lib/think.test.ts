import { expect, test } from 'vitest'
import { rehearse } from '../testing/index.ts'
import { journey } from './journey.ts'
import { step } from './step.ts'
import { think } from './think.ts'

const load = { name: 'visitors', executor: 'constant-vus' }
const pausing = journey('pausing', () => {
  think(1, 3)
  think(2)
})

test('waits between the least and the most, exactly where they are one', async () => {
  const { sleeps } = await rehearse(pausing, { scenario: load, iterations: 50 })
  const spread = sleeps.filter((_, index) => index % 2 === 0)
  expect(Math.min(...spread)).toBeGreaterThanOrEqual(1)
  expect(Math.max(...spread)).toBeLessThan(3)
  expect(new Set(spread).size).toBe(50)
  expect(sleeps.filter((_, index) => index % 2 === 1)).toEqual(Array.from({ length: 50 }, () => 2))
})

test('is repeatable with SEED, and differs between iterations', async () => {
  const run = async (vu: number) =>
    (await rehearse(pausing, { scenario: load, env: { SEED: '7' }, iterations: 3, vu })).sleeps
  const first = await run(1)
  expect(await run(9)).toEqual(first)
  expect(new Set(first).size).toBe(4)
})

test('does not wait in a single pass', async () => {
  expect((await rehearse(pausing)).sleeps).toEqual([])
})

test('throws inside a step, whose time it would become', async () => {
  const inside = () => step('open home', () => think(1))
  await expect(rehearse(inside, { scenario: load })).rejects.toThrow(/think\(\) inside step "open home"/)
})
