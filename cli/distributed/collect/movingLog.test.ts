import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { counter } from '../../../test/doubles/pushesOfK6.ts'
import { encodeWrite } from '../../prometheus/index.ts'
import { createStore, PUSHES_FOLDER, takeLogged, total } from '../../record/index.ts'
import { openMovingLog } from './movingLog.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'loadwright-moving-'))
  await mkdir(join(root, 'other'))
})
afterEach(() => rm(root, { recursive: true }))

const push = (value: number): Buffer =>
  Buffer.from(encodeWrite([counter('k6_iterations_total', value, 1000 * value)]))

/** A log whose own folder takes nothing more. */
async function broken(elsewhere?: () => Promise<string | undefined>) {
  const folder = join(root, 'own', PUSHES_FOLDER)
  const log = await openMovingLog(folder, elsewhere)
  await log.append(push(1))
  await log.rotate()
  await rm(folder, { recursive: true })
  await writeFile(folder, '')
  return log
}

test('pushes go on in another folder where their own takes nothing more', async () => {
  const asked: string[] = []
  const log = await broken(() => {
    asked.push('other')
    return Promise.resolve(join(root, 'other'))
  })
  await Promise.all([2, 3].map((value) => log.append(push(value))))
  await log.rotate()
  await log.append(push(4))
  await log.close()
  const store = createStore()
  expect(await takeLogged(join(root, 'other'), store, () => undefined)).toBe(3)
  expect([total(store, 'iterations'), asked]).toEqual([4, ['other']])
})

test('a push that no folder takes is refused', async () => {
  for (const elsewhere of [undefined, () => Promise.resolve(undefined)]) {
    const log = await broken(elsewhere)
    await expect(log.append(push(2))).rejects.toThrow(/ENOTDIR/)
    await rm(join(root, 'own'), { recursive: true })
  }
})
