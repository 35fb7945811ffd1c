import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readScript } from './script.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadwright-script-'))
})
afterEach(() => rm(folder, { recursive: true }))
const script = async (name: string, files: Record<string, string>) => {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  return readScript({ folder, config: {} }, name)
}
const HEAD = `import http from 'k6/http'\nimport 'https://jslib.k6.io/x.js'\n`

test('k6 runs a file itself, where it resolves every import', async () => {
  const made = await script('a.js', {
    'a.js': `${HEAD}import { b } from './b.js'\nexport default () => http.get(__ENV.BASE_URL + b)`,
    'b.js': 'export const b = 1',
  })
  expect(made).toMatchObject({ source: 'a.js', path: join(folder, 'a.js'), asksTarget: true })
  expect(made?.files.toSorted()).toEqual([join(folder, 'a.js'), join(folder, 'b.js')])
})

test('a file that imports a package, or a file without its extension, is bundled; open() stays beside its source', async () => {
  const made = await script('tests/a.ts', {
    'tests/a.ts': `${HEAD}import { b } from './b'\nimport { c } from 'c'\nconst d = open('./d.txt')\nexport default () => http.get(b + c + d)`,
    'tests/b.ts': 'export const b: string = "b"',
    'node_modules/c/index.js': 'export const c = "c"',
    'node_modules/c/package.json': '{"name":"c","module":"index.js"}',
  })
  expect(made).toMatchObject({ source: 'tests/a.ts', path: join(folder, 'dist/a.js'), asksTarget: false })
  const code = await readFile(join(folder, 'dist/a.js'), 'utf8')
  expect(code).toContain('"../tests/"+path')
  expect(code).not.toMatch(/from ?"c"/)
})

test('what calls loadwright’s suite is no script', async () => {
  expect(
    await script('a.ts', { 'a.ts': `import { step, suite } from 'loadwright'\nsuite({})` }),
  ).toBeUndefined()
  expect(
    await script('d.ts', { 'd.ts': `import { step, suite } from 'loadwright/browser'\nsuite({})` }),
  ).toBeUndefined()
  expect(
    await script('b.ts', {
      'b.ts': `import { check } from 'k6'\nexport default () => suite(1)`,
    }),
  ).toBeDefined()
  await expect(script('c.js', {})).rejects.toThrow('there is no file c.js')
})
