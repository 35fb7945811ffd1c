import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fakeReport } from '../../test/doubles/reportData.ts'
import { writeReports } from './write.ts'

const root = mkdtempSync(join(tmpdir(), 'loadwright-reports-'))
afterAll(() => rmSync(root, { recursive: true }))

test('the three files are written', async () => {
  expect(await writeReports(root, fakeReport())).toEqual([])
  expect(readdirSync(root).sort()).toEqual(['junit.xml', 'report.html', 'report.md'])
  expect(readFileSync(join(root, 'junit.xml'), 'utf8')).toMatch(/^<\?xml/)
})

test('what cannot be written is told in a sentence each, and the others are written', async () => {
  const folder = join(root, 'taken')
  mkdirSync(join(folder, 'report.html'), { recursive: true })
  const problems = await writeReports(folder, fakeReport())
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^report\.html could not be written: /)
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['junit.xml', 'report.md']))
})

test('a record that no report can be made of is told as well', async () => {
  const folder = join(root, 'odd')
  mkdirSync(folder)
  const record = { ...fakeReport().record, thresholds: [null] } as never
  expect(await writeReports(folder, { record })).toHaveLength(3)
})
