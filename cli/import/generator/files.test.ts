import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { dataFileOf } from './files.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-studio-'))
afterAll(() => rmSync(scratch, { recursive: true }))

test('data files are read beside the folder of the generator, and nowhere else', () => {
  for (const name of ['private.csv', 'work/tests/g.k6g', 'work/users/users.csv', 'work/tests/own.csv']) {
    mkdirSync(join(scratch, name, '..'), { recursive: true })
    writeFileSync(join(scratch, name), 'user\nann\n')
  }
  const found = (name: string): string | undefined =>
    dataFileOf(join(scratch, 'work/tests/g.k6g'), name, true)
  expect(found('../users/users.csv')).toBe(join(scratch, 'work/users/users.csv'))
  expect(found('own.csv')).toBe(join(scratch, 'work/tests/own.csv'))
  expect(found('../../private.csv')).toBeUndefined()
  expect(found(join(scratch, 'private.csv'))).toBeUndefined()
})
