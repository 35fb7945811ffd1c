import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../base/index.ts'
import { RULES } from './rules/index.ts'

const page = readFileSync(join(packageRoot, 'docs/check.md'), 'utf8')

test('docs/check.md has every rule, as the table of rules has it', () => {
  const rows = page.split('\n').filter((line) => /^\| +`[a-z-]+` +\| (error|warning) /.test(line))
  const cells = rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
  expect(cells).toEqual(
    RULES.map(({ id, severity, looks, why, fix }) => [`\`${id}\``, severity, looks, why, fix]),
  )
})
