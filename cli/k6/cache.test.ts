import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { cachedBinary, inWorkspace } from './cache.ts'
import { machine } from '../../test/doubles/machine.ts'

test.skipIf(process.platform === 'win32').each([
  [{ HOME: '/h' }, 'linux', '/h/.cache/loadwright/k6/v2.2.0/k6'],
  [{ HOME: '/h', XDG_CACHE_HOME: '/x' }, 'linux', '/x/loadwright/k6/v2.2.0/k6'],
  [{ HOME: '/h', XDG_CACHE_HOME: '/x', LOADWRIGHT_CACHE: '/l' }, 'linux', '/l/loadwright/k6/v2.2.0/k6'],
  [{ HOME: '/h', XDG_CACHE_HOME: '', LOADWRIGHT_CACHE: '' }, 'linux', '/h/.cache/loadwright/k6/v2.2.0/k6'],
  [{ HOME: '/h' }, 'darwin', '/h/Library/Caches/loadwright/k6/v2.2.0/k6'],
  [{ HOME: '/h', LOCALAPPDATA: '/d' }, 'win32', '/d/loadwright/k6/v2.2.0/k6.exe'],
] as const)('%o on %s: %s', (env, platform, path) => {
  expect(cachedBinary(env, 'v2.2.0', platform)).toBe(path)
})

test('a workspace goes with its block, and takes along what a killed process left', async () => {
  const { root, remove } = machine()
  onTestFinished(remove)
  const [old, young] = [join(root, 'cache', 'tmp-old'), join(root, 'cache', 'tmp-young')]
  mkdirSync(old, { recursive: true })
  mkdirSync(young)
  utimesSync(old, 0, 0)

  const failing = inWorkspace(join(root, 'cache', 'k6'), (folder) => {
    writeFileSync(join(folder, 'half'), '')
    expect(existsSync(old)).toBe(false)
    return Promise.reject(new Error('no'))
  })
  await expect(failing).rejects.toThrow('no')
  expect(readdirSync(join(root, 'cache'))).toEqual(['tmp-young'])
})
