import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { leaveRun } from '../../../test/doubles/recordedRun.ts'
import { diskFolder, keptRun } from '../../record/index.ts'
import { openRun } from '../openRun.ts'
import { measured } from './earlier.ts'

const results = mkdtempSync(join(tmpdir(), 'loadwright-kept-'))
afterAll(() => rmSync(results, { recursive: true }))

test('what a run measured is kept beside it, as long as nothing of the run changed', async () => {
  const path = await leaveRun(results, { index: 0, ms: 200 })
  const folder = diskFolder(path)
  const [series, kept] = [join(path, 'series.ndjson.gz'), join(path, 'measured.json')]
  expect(await keptRun(folder)).toBeUndefined()
  const first = await measured(await openRun(results))
  expect(await keptRun(folder)).toEqual(first)
  const text = readFileSync(kept, 'utf8')
  for (const bad of ['', text.slice(0, text.length >> 1), text.replace('"version":"', '"version":"9')]) {
    writeFileSync(kept, bad)
    expect(await keptRun(folder)).toBeUndefined()
  }
  expect(await measured(await openRun(results))).toEqual(first)
  expect(readFileSync(kept, 'utf8')).toBe(text)
  // Of the same length, and written later.
  const { atime, mtimeMs } = statSync(series)
  utimesSync(series, atime, new Date(mtimeMs + 1000))
  expect(await keptRun(folder)).toBeUndefined()
  appendFileSync(series, 'x')
  await expect(measured(await openRun(results))).resolves.toEqual(first)
})
