import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { typed } from '../../test/doubles/typed.ts'
import { addReport } from './report.ts'

const results = mkdtempSync(join(tmpdir(), 'loadwright-report-'))
afterAll(() => rmSync(results, { recursive: true }))
const { record } = fakeReport()
const folder = join(results, record.id)
mkdirSync(folder)
writeFileSync(join(folder, 'run.json'), JSON.stringify(record))

/** What `loadwright report …` prints on stdout. */
const report = async (...args: string[]): Promise<string> =>
  (await typed([addReport], 'report', '--results', results, ...args)).text

test('text by default, of the newest run', async () => {
  expect(await report()).toMatch(/^FAIL {2}boutique · load · staging/)
})

test.each([
  ['markdown', /^## ❌ FAIL · boutique/],
  ['junit', /^<\?xml version="1\.0"/],
  ['json', /^\{\n {2}"schema": 2/],
])('%s goes to standard output, or into a file', async (format, start) => {
  expect(await report(record.id.slice(0, 12), '--format', format)).toMatch(start)
  const file = join(results, `out.${format}`)
  expect(await report(folder, '--format', format, '--out', file)).toContain(`out.${format}`)
  expect(readFileSync(file, 'utf8')).toMatch(start)
})

test('html, too, goes to standard output; on a terminal into the run’s folder', async () => {
  const run = join(folder, 'run.json')
  expect((await report(run, '--format', 'html')).startsWith('<!doctype html>')).toBe(true)
  expect(existsSync(join(folder, 'report.html'))).toBe(false)
  const { isTTY } = process.stdout
  process.stdout.isTTY = true
  const said = await report(run, '--format', 'html').finally(() => (process.stdout.isTTY = isTTY))
  expect(said.trim().slice(-11)).toBe('report.html')
  expect(readFileSync(join(folder, 'report.html'), 'utf8').startsWith('<!doctype html>')).toBe(true)
})

test('what cannot be is refused with what was meant', async () => {
  await expect(report('--format', 'mardown')).rejects.toThrow('--format: got "mardown"')
  await expect(report('--format', 'mardown')).rejects.toThrow('Did you mean "markdown"?')
  await expect(report('--out', join(results, 'no', 'such', 'folder.txt'))).rejects.toThrow(
    'the report cannot be written: ENOENT',
  )
  expect(existsSync(join(results, 'no'))).toBe(false)
})
