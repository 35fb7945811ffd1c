import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { removeSetupData } from './setupData.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-setup-'))
})
afterEach(() => rm(folder, { recursive: true }))
const path = () => join(folder, 'k6-summary.json')

test('what setup returned goes, all else stays, nothing lies beside it', async () => {
  const rest = { root_group: { checks: {} }, metrics: { vus: { value: 1 } } }
  await writeFile(path(), JSON.stringify({ setup_data: { data: { token: 's3cret' } }, ...rest }))
  await removeSetupData(path())
  expect(JSON.parse(await readFile(path(), 'utf8'))).toEqual(rest)
  expect(await readdir(folder)).toEqual(['k6-summary.json'])
})

test('half a file goes as a whole, and no file is none', async () => {
  await writeFile(path(), '{"setup_data":{"data":{"token":"s3c')
  await removeSetupData(path())
  await removeSetupData(path())
  expect(await readdir(folder)).toEqual([])
})
