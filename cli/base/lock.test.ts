import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import promises from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { isLocked, takeLock } from './lock.ts'
import { thisProcess, type LockOwner } from './lockOwner.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-lock-'))
const path = join(folder, 'lock')
afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(() => rmSync(path, { force: true }))

const NEVER_A_PROCESS = 2 ** 22 + 1
const leftBy = (owner: Partial<LockOwner>): void =>
  writeFileSync(path, JSON.stringify({ ...thisProcess(), ...owner }))
const longAgo = (): void => utimesSync(path, new Date(0), new Date(0))

test('one at a time; what is released can be taken again, and leaves nothing', async () => {
  expect(await isLocked(path)).toBe(false)
  const release = await takeLock(path)
  expect(release).toBeTypeOf('function')
  expect(await takeLock(path)).toBeUndefined()
  await release?.()
  const again = await takeLock(path)
  expect(again).toBeTypeOf('function')
  await again?.()
  expect(readdirSync(folder)).toEqual([])
})

test('what is released, and taken by another between two looks at it, is left to that one', async () => {
  leftBy({})
  const { readFile } = promises
  let looks = 0
  const looking = async (file: string): Promise<string> => {
    looks++
    if (looks === 1) rmSync(path)
    try {
      return await readFile(file, 'utf8')
    } finally {
      if (looks === 2) leftBy({ began: 'another' })
    }
  }
  Object.assign(promises, { readFile: looking })
  syncBuiltinESMExports()
  const release = await takeLock(path)
  Object.assign(promises, { readFile })
  syncBuiltinESMExports()
  expect(release).toBeUndefined()
  expect(readFileSync(path, 'utf8')).toContain('another')
  expect(readdirSync(folder)).toEqual(['lock'])
})

test.each<[string, Partial<LockOwner>]>([
  ['a process that is gone', { pid: NEVER_A_PROCESS }],
  ['an earlier process with the number of a living one', { began: '1' }],
])('the lock of %s is taken over at once', async (_, owner) => {
  leftBy(owner)
  const release = await takeLock(path)
  expect(release).toBeTypeOf('function')
  await release?.()
})

test('so is that of a process that was killed while another was killed that took it over', async () => {
  leftBy({ pid: NEVER_A_PROCESS })
  writeFileSync(`${path}.over`, readFileSync(path))
  await (
    await takeLock(path)
  )?.()
  expect(readdirSync(folder)).toEqual([])
})

test.each<[string, Partial<LockOwner>]>([
  ['a process on another machine', { host: 'another machine' }],
  ['a process in another container', { space: 'pid:[1]', pid: NEVER_A_PROCESS }],
  ['a process of which it is not known when it began', { began: undefined }],
])('the lock of %s is held, until it gave no sign for a minute', async (_, owner) => {
  leftBy(owner)
  expect(await takeLock(path)).toBeUndefined()
  longAgo()
  await (
    await takeLock(path)
  )?.()
  expect(readdirSync(folder)).toEqual([])
})

test('the lock of a living process is held, however long', async () => {
  leftBy({})
  longAgo()
  expect(await takeLock(path)).toBeUndefined()
})

test('a lock that is being written is held; one that stayed empty is not', async () => {
  writeFileSync(path, '')
  expect(await takeLock(path)).toBeUndefined()
  longAgo()
  await (
    await takeLock(path)
  )?.()
  expect(readdirSync(folder)).toEqual([])
})

test('whoever lost a lock does not release that of another', async () => {
  const release = await takeLock(path)
  leftBy({ host: 'another machine' })
  await release?.()
  expect(readFileSync(path, 'utf8')).toContain('another machine')
})
