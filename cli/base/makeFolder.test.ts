import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeFolder } from './makeFolder.ts'

test('folders are made as far as they are missing, by several at once too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const deep = join(folder, 'a/b/c')
  await Promise.all([makeFolder(deep), makeFolder(deep), makeFolder(join(folder, 'a/b'))])
  expect(statSync(deep).isDirectory()).toBe(true)
  await makeFolder(deep)
  writeFileSync(join(folder, 'file'), '')
  await expect(makeFolder(join(folder, 'file/a'))).rejects.toThrow('ENOTDIR')
  await expect(makeFolder(join(folder, 'file'))).rejects.toThrow('EEXIST')
})

test.runIf(process.platform === 'linux')('where nothing can be made, an error says so', async () => {
  await expect(makeFolder('/proc/none/of/these')).rejects.toThrow('ENOENT')
})
