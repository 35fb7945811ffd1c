import { mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openQueue, type Queue } from './queue.ts'

const root = await mkdtemp(join(tmpdir(), 'loadwright-queue-'))
afterAll(() => rm(root, { recursive: true }))
const folder = () => mkdtemp(join(root, 'q-'))
const all = async (queue: Queue): Promise<string[]> => {
  const read = await Promise.all([...queue.waiting].map((one) => queue.read(one)))
  return read.flatMap((body) => (body ? [body.toString()] : []))
}

test('what was added lies there in order, for the next process too', async () => {
  const path = await folder()
  const queue = await openQueue(path)
  const texts = Array.from({ length: 20 }, (_, at) => `push ${at}`)
  for (const text of texts) queue.add(Buffer.from(text))
  expect(await all(queue)).toEqual(texts)
  await queue.settled()
  expect(await all(queue)).toEqual(texts)
  const again = await openQueue(path)
  expect(await all(again)).toEqual(texts)
  again.add(Buffer.from('later'))
  expect((await all(again)).at(-1)).toBe('later')
})

test('what was delivered is gone, what was replaced is new', async () => {
  const path = await folder()
  const queue = await openQueue(path)
  for (const text of ['a', 'b', 'c']) queue.add(Buffer.from(text))
  queue.remove(queue.waiting[0]!)
  queue.replace(queue.waiting[0]!, Buffer.from('B'))
  await queue.settled()
  expect(await all(await openQueue(path))).toEqual(['B', 'c'])
})

test('a crash at any byte of the last push costs that one alone', async () => {
  const path = await folder()
  const queue = await openQueue(path)
  const bodies = ['first', 'second', 'x'.repeat(300)]
  for (const text of bodies) queue.add(Buffer.from(text))
  await queue.settled()
  const last = (await readdir(path)).sort().at(-1)!
  const whole = await readFile(join(path, last))
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (kept) => {
      await writeFile(join(path, last), whole)
      await truncate(join(path, last), kept)
      expect(await all(await openQueue(path))).toEqual(kept === whole.length ? bodies : bodies.slice(0, 2))
    }),
  )
})

test('a push that was damaged in the middle is counted as lost, the others are read', async () => {
  const path = await folder()
  const queue = await openQueue(path)
  for (const text of ['a', 'b', 'c']) queue.add(Buffer.from(text))
  await queue.settled()
  const second = (await readdir(path)).sort()[1]!
  await writeFile(join(path, second), 'nonsense')
  const again = await openQueue(path)
  expect(await all(again)).toEqual(['a', 'c'])
  expect(again.lost()).toBe(1)
  await again.settled()
  expect(await readdir(path)).toHaveLength(2)
})

test('where the folder takes nothing more, pushes go elsewhere, and are there for the next process', async () => {
  const [path, home] = [join(await folder(), 'queue'), await folder()]
  const queue = await openQueue(path, () => Promise.resolve(home))
  queue.add(Buffer.from('a'))
  await queue.settled()
  await rename(path, `${path}-full`)
  await writeFile(path, 'a disk that takes nothing')
  for (const text of ['b', 'c']) queue.add(Buffer.from(text))
  await queue.settled()
  expect(queue.failure()).toBeUndefined()
  expect(queue.other()).toBe(join(home, 'queue'))
  await rm(path)
  await rename(`${path}-full`, path)
  expect(await all(queue)).toEqual(['a', 'b', 'c'])
  expect([await all(await openQueue(path)), await all(await openQueue(join(home, 'queue')))]).toEqual([
    ['a'],
    ['b', 'c'],
  ])
})

test('where the folder was removed, it is made again', async () => {
  const path = join(await folder(), 'run', 'queue')
  const queue = await openQueue(path)
  await rm(join(path, '..'), { recursive: true })
  queue.add(Buffer.from('a'))
  await queue.settled()
  expect(await all(await openQueue(path))).toEqual(['a'])
})

test('where the disk takes nothing, pushes wait in memory', async () => {
  const file = join(await folder(), 'file')
  await writeFile(file, '')
  const queue = await openQueue(join(file, 'queue'))
  queue.add(Buffer.from('a'))
  await queue.settled()
  expect(await all(queue)).toEqual(['a'])
  expect(queue.failure()).toMatch(/ENOTDIR|ENOENT/)
})
