import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '../../base/index.ts'
import { readableError } from './readable.ts'

test('a readable bundle says where its parts come from, and its map moves with it', () => {
  const folder = join(packageRoot, 'a')
  const code = '// ../lib/check.ts\nvar a;\n// suites/b.ts\n'
  const made = readableError({ code, map: '{"mappings":"AAAA"}' }, 'suites/b.ts', folder)
  const lines = made.code.split('\n')
  const at = lines.indexOf('// loadwright: lib/check.ts')
  expect(lines[0]).toMatch(/^\/\/ suites\/b\.ts and everything/)
  expect(lines.slice(at)).toEqual(['// loadwright: lib/check.ts', 'var a;', '// suites/b.ts', ''])
  expect(JSON.parse(made.map)).toEqual({ mappings: `${';'.repeat(at)}AAAA` })
})
