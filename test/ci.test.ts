import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../cli/base/package.ts'
import { blocksOf, read, written } from './pages.ts'

/** The workflows that there are, and those that a page shows. */
const own = globSync('.github/workflows/*.yml', { cwd: packageRoot, dot: true }).map(
  (file) => [file, read(file)] as const,
)
const shown = written.flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => language === 'yaml')
    .map(({ code }, index) => [`${page}, block ${index + 1}`, code] as const),
)

test.each([...own, ...shown])(
  '%s can be read; its actions are pinned, and keep no credentials',
  (_, text) => {
    expect(parse(text)).toBeTypeOf('object')
    const uses = Array.from(text.matchAll(/uses: (.*)$/gm), ([, action = '']) => action)
    expect(uses.filter((action) => !/^[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
    const checkouts = text.match(/uses: actions\/checkout@[^]*?(?=\n\s+- )/g) ?? []
    expect(checkouts.filter((step) => !step.includes('persist-credentials: false'))).toEqual([])
  },
)

test('there are workflows to look at', () => {
  expect(own.map(([file]) => join(packageRoot, file))).not.toEqual([])
  expect(shown.length).toBeGreaterThan(1)
})
