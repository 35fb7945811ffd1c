import { expect, test } from 'vitest'
import { rehearse, type Recording } from '../testing/index.ts'
import { journey } from './journey.ts'
import * as pick from './pick.ts'
import { pool } from './pool.ts'

interface Letter {
  id: string
  weight: number
}
const letters = pool<Letter>('letters', [
  { id: 'A', weight: 6 },
  { id: 'B', weight: 0 },
  { id: 'C', weight: 3 },
  { id: 'D', weight: 1 },
])
const load = { name: 'visitors', executor: 'constant-vus' }
const env = { SEED: '42' }
const ids = (seen: Recording) => seen.returned as string[]

/** How often each letter comes among 10,000. */
async function shares(one: () => Letter): Promise<Record<string, number>> {
  const counts: Record<string, number> = { A: 0, B: 0, C: 0, D: 0 }
  const many = journey('many', () => {
    for (let n = 0; n < 10_000; n++) counts[one().id]! += 1 / 10_000
  })
  await rehearse(many, { scenario: load, env })
  return counts
}
const about = (share: number) => expect.closeTo(share, 1.5) as number

test('random gives each row as often', async () => {
  const share = about(0.25)
  expect(await shares(() => pick.randomRow(letters))).toEqual({ A: share, B: share, C: share, D: share })
})

test('weighted gives each row by its weight, and never one of none', async () => {
  const found = await shares(() => pick.weightedRow(letters, 'weight'))
  expect(found).toEqual({ A: about(0.6), B: 0, C: about(0.3), D: about(0.1) })
})

test('zipf gives the first row the most: 1/k of it for the k-th, steeper with an exponent', async () => {
  const sum = 1 + 1 / 2 + 1 / 3 + 1 / 4
  expect(await shares(() => pick.zipfRow(letters))).toEqual({
    A: about(1 / sum),
    B: about(1 / 2 / sum),
    C: about(1 / 3 / sum),
    D: about(1 / 4 / sum),
  })
  const steep = await shares(() => pick.zipfRow(letters, 3))
  expect(steep.A).toBeGreaterThan(0.8)
})

test('a quarantined row is never picked', async () => {
  const some = pool<Letter>('some', [
    { id: 'A', weight: 1 },
    { id: 'B', weight: 9 },
    { id: 'C', weight: 1 },
  ])
  expect((await shares(() => pick.weightedRow(some, 'weight'))).B).toBeGreaterThan(0.5)
  some.quarantine([1])
  for (const one of [pick.randomRow, pick.zipfRow, (from: typeof some) => pick.weightedRow(from, 'weight')])
    expect((await shares(() => one(some))).B).toBe(0)
})

test('sequential goes round, each VU from a place of its own', async () => {
  const run = (vu: number) => rehearse(() => pick.nextRow(letters).id, { scenario: load, iterations: 5, vu })
  expect(ids(await run(1))).toEqual(['A', 'B', 'C', 'D', 'A'])
  expect(ids(await run(3))).toEqual(['C', 'D', 'A', 'B', 'C'])
})

test('unique gives no row twice, and throws when none is left', async () => {
  const next = () => pick.uniqueRow(letters).id
  expect(ids(await rehearse(next, { scenario: load, iterations: 4 }))).toEqual(['A', 'B', 'C', 'D'])
  const more = await rehearse(next, { scenario: load, iterations: 5, onError: 'record' })
  expect(more.errors).toEqual([
    expect.objectContaining({
      name: 'UsageError',
      message: 'uniqueRow() has run out: pool "letters" has 4 rows, fewer than iterations',
    }),
  ])
})

test.each([
  ['nextRow()', () => pick.nextRow(letters)],
  ['uniqueRow()', () => pick.uniqueRow(letters)],
])('%s in setup is refused in a sentence', async (what, call) => {
  await expect(rehearse(call, { as: 'setup' })).rejects.toThrow(
    `${what} gives the row of an iteration: init, setup and teardown have none`,
  )
})

test('rows of which none has a weight are refused in a sentence', async () => {
  const none = pool<Letter>('none', [{ id: 'A', weight: 0 }])
  await expect(rehearse(() => pick.weightedRow(none, 'weight'))).rejects.toThrow(
    'pool "none" by weight: weights are numbers, none below 0 and at least one above it: got 0',
  )
})
