import { expect, test } from 'vitest'
import { createBudget, Overfull } from './budget.ts'

test('bytes are counted as they come, and are free when they were dealt with', async () => {
  const budget = createBudget(10)
  let go = (): void => undefined
  const waits = new Promise<void>((resolve) => (go = resolve))
  const first = budget.spend(async (count) => {
    count(6)
    await waits
  })
  const more = (bytes: number) =>
    budget.spend((count) => {
      count(bytes)
      return Promise.resolve(bytes)
    })
  await expect(more(5)).rejects.toBeInstanceOf(Overfull)
  await expect(more(4)).resolves.toBe(4)
  await expect(more(4)).resolves.toBe(4)
  go()
  await first
  await expect(more(10)).resolves.toBe(10)
})
