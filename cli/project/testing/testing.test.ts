import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { LoadHookContext, ResolveHookContext } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { evaluate } from '../../../testing/evaluate.ts'
import { INIT_ENV, k6Aliases } from '../../../testing/aliases.ts'
import { bundle } from '../build/bundle.ts'
import { packageRoot } from '../../base/index.ts'
import { load, resolve } from './hooks.ts'
import { k6 } from './vitest.ts'

mkdirSync(join(packageRoot, 'node_modules/.cache'), { recursive: true })
const folder = mkdtempSync(join(packageRoot, 'node_modules/.cache/loadwright-testing-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const urlOf = (path: string): string => pathToFileURL(path).href

const none = { conditions: [], importAttributes: {}, importAssertions: {} }
const importing: ResolveHookContext = { ...none, parentURL: undefined }
/** Node's own resolution, which finds these files only. */
const finds =
  (...names: string[]) =>
  (specifier: string) => {
    if (!names.includes(specifier)) throw new Error(`Cannot find module '${specifier}'`)
    return { url: specifier }
  }

test.each([
  ['k6', /\/testing\/modules\/k6\.ts$/],
  ['k6/http', /\/testing\/modules\/http\.ts$/],
  ['k6/experimental/csv', /\/testing\/modules\/experimental-csv\.ts$/],
  ['./there.mjs', /^\.\/there\.mjs$/],
  ['./bare', /^\.\/bare\.ts$/],
  ['./compiled.js', /^\.\/compiled\.ts$/],
  ['./folder', /^\.\/folder\/index\.ts$/],
])('Node finds %s', async (specifier, url) => {
  const next = finds('./there.mjs', './bare.ts', './compiled.ts', './folder/index.ts')
  expect((await resolve(specifier, importing, next)).url).toMatch(url)
})

test.each(['./nowhere', 'k6/nowhere', 'nowhere'])('Node says that there is no %s', async (specifier) => {
  await expect((async () => resolve(specifier, importing, finds()))()).rejects.toThrow(
    `Cannot find module '${specifier}'`,
  )
})

test('Node reads pools and TypeScript; the rest is its own affair, and so are packages', async () => {
  const context: LoadHookContext = { ...none, format: undefined }
  const next = (url: string) => ({ format: 'module', source: `its own: ${url}` })
  const read = async (url: string) => (await load(url, context, next)).source
  expect(await read(urlOf(file('names.pool.csv', 'name\nann\n')))).toMatch(
    /^import \{ pool \} from "loadwright"\nexport default pool\(".+\/names", /,
  )
  expect(await read('file:///p/x.js')).toBe('its own: file:///p/x.js')
  expect(await read('file:///p/node_modules/q/x.ts')).toBe('its own: file:///p/node_modules/q/x.ts')
  const typed = join(mkdtempSync(join(tmpdir(), 'loadwright-typed-')), 'one.ts')
  writeFileSync(typed, 'export const one: number = 1')
  expect(await read(urlOf(typed))).toMatch(/^(const one = 1;|export const one = 1;)/)
  rmSync(dirname(typed), { recursive: true })
})

test('vitest’s plugin gives the double, the pools, the project’s environments and what __ENV shall hold', async () => {
  file('loadwright.config.ts', `export default { environments: { qa: { hosts: ['qa.test'] } } }`)
  const plugin = k6({ env: { TOKEN: 'x' } })
  expect(await plugin.config({ root: folder })).toMatchObject({
    define: { __LOADWRIGHT__: JSON.stringify({ config: { environments: { qa: { hosts: ['qa.test'] } } } }) },
    resolve: { alias: k6Aliases() },
    test: { env: { [INIT_ENV]: '{"TOKEN":"x"}' } },
  })
  const resolver = { resolve: (source: string) => Promise.resolve({ id: join(folder, source) }) }
  const id = await plugin.resolveId.call(resolver, 'names.pool.json', undefined)
  expect(id).toBe(join(folder, 'names.pool.json.js'))
  file('names.pool.json', '[{"name":"ann"}]')
  expect(await plugin.load(id!)).toContain('pool(')
  expect(await plugin.resolveId.call(resolver, './names.json', undefined)).toBeUndefined()
  expect(plugin.load(join(folder, 'shoppers.pool.js'))).toBeUndefined()
})

test('vitest’s plugin refuses a config with problems', async () => {
  file('loadwright.config.ts', `export default { suites: 5 }`)
  await expect(k6().config({ root: folder })).rejects.toThrow(/suites: got "5"/)
})

test('a pool where no loadwright is installed is a pool of the one that builds', async () => {
  const away = mkdtempSync(join(tmpdir(), 'loadwright-away-'))
  try {
    writeFileSync(join(away, 'far.pool.json'), '[{"id":1}]')
    const entry = file(
      'entry.ts',
      `import far from '${away}/far.pool.json'\nexport const { length } = far\nexport default () => 0`,
    )
    const { code } = await bundle(entry, {})
    expect((await evaluate(code, { env: {} })).exports.length).toBe(1)
  } finally {
    rmSync(away, { recursive: true })
  }
})
