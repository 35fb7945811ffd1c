import { sleep } from 'k6'
import exec from 'k6/execution'
import { expect, test } from 'vitest'
import { samples, values } from '../test/recorded.ts'
import { rehearse } from '../testing/index.ts'
import { journey } from './journey.ts'
import { step } from './step.ts'

const here = () => {
  const { step, group } = exec.vu.metrics.tags
  return { step, group }
}
const outside = { step: undefined, group: '' }

test('gives back what its body gives, now or later', async () => {
  const seen = await rehearse(async () => [
    step('now', () => 1),
    await step('later', () => Promise.resolve(2)),
  ])
  expect(seen.returned).toEqual([[1, 2]])
})

test('tags what happens inside, nested ones with the path of both', async () => {
  const seen = await rehearse(() => {
    const tags = [here()]
    step('cart', () => {
      tags.push(here())
      step('pay', () => tags.push(here()))
      tags.push(here())
    })
    return [...tags, here()]
  })
  const cart = { step: 'cart', group: '::cart' }
  expect(seen.returned[0]).toEqual([outside, cart, { step: 'pay', group: '::cart::pay' }, cart, outside])
})

const error = new RangeError('boo')
test.each<[string, () => unknown]>([
  ['a return', () => 1],
  [
    'a throw',
    () => {
      throw error
    },
  ],
  ['a promise', () => Promise.resolve(1)],
  ['a rejection', () => Promise.reject(error)],
])('restores the tags after %s, and keeps k6’s empty group', async (_, body) => {
  let thrown: unknown
  const seen = await rehearse(async () => {
    try {
      await step('s', body)
    } catch (caught) {
      thrown = caught
    }
    return [here(), 'step' in exec.vu.metrics.tags, 'group' in exec.vu.metrics.tags]
  })
  expect(seen.returned[0]).toEqual([outside, false, true])
  expect([undefined, error]).toContain(thrown)
})

test('throws on exactly what its body threw, now or later', async () => {
  const now = rehearse(() =>
    step('s', () => {
      throw error
    }),
  )
  await expect(now).rejects.toBe(error)
  await expect(rehearse(() => step('s', () => Promise.reject(error)))).rejects.toBe(error)
})

test('refuses to open beside one that is still running, and says what to write', async () => {
  const beside = async () => {
    const slow = step('slow', () => new Promise((resolve) => setTimeout(resolve, 100)))
    try {
      step('other', () => 1)
    } finally {
      await slow
    }
  }
  await expect(rehearse(beside)).rejects.toThrow(expect.objectContaining({ name: 'UsageError' }))
  await expect(rehearse(beside)).rejects.toThrow(/"other" .* "slow" is still running.*api\.batch/)
  const after = await rehearse(async () => {
    await step('slow', () => Promise.resolve())
    return step('other', () => 'fine')
  })
  expect(after.returned).toEqual(['fine'])
})

test.each(['', 'cart::pay'])('refuses the name "%s"', async (name) => {
  await expect(rehearse(() => step(name, () => 1))).rejects.toThrow(
    expect.objectContaining({ name: 'UsageError' }),
  )
})

test('records k6’s group_duration and its completion, without those that threw', async () => {
  const seen = await rehearse(
    journey('j', () => {
      step('done', () => sleep(0.25))
      step('broken', () => {
        throw error
      })
    }),
  )
  expect(values(seen, 'group_duration')).toEqual([250, 0])
  expect(samples(seen, 'group_duration').map(({ tags }) => tags.group)).toEqual(['::done', '::broken'])
  expect(samples(seen, 'steps_completed')).toMatchObject([
    { value: 1, tags: { journey: 'j', step: 'done', group: '::done' } },
  ])
})

test('an interrupted iteration leaves neither an open step nor its tags to the next', async () => {
  const found: unknown[] = []
  const interrupted = journey('interrupted', () => {
    found.push(here())
    void step('outer', () => step('never', () => new Promise(() => undefined)))
  })
  await rehearse(interrupted, { iterations: 2 })
  expect(found).toEqual([outside, outside])
})
