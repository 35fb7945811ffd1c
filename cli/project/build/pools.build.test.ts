import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { evaluate } from '../../../testing/evaluate.ts'
import { packageRoot } from '../../base/index.ts'
import { bundle } from './bundle.ts'

let folder = ''
beforeEach(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-pools-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Bundles an entry that exports a pool, with the pool's file beside it. */
const bundled = async (name: string, text: string | undefined) => {
  if (text !== undefined) await writeFile(join(folder, name), text)
  const entry = join(folder, 'entry.ts')
  await writeFile(
    entry,
    `import pool from './${name}'\nexport const { name, options } = pool\n` +
      `export const rows = Array.from({ length: pool.length }, (_, index) => pool.at(index))\n` +
      `export default () => undefined`,
  )
  return (await bundle(entry, {})).code
}
const rowsOf = async (name: string, text: string) =>
  JSON.parse(JSON.stringify((await evaluate(await bundled(name, text), { env: {} })).exports)) as Record<
    string,
    unknown
  >
const complaint = (name: string, text?: string): Promise<string> =>
  bundled(name, text).then(
    () => 'no complaint',
    (error: unknown) => String(error).replace(/\S*loadwright-pools-\w+\//g, '<folder>/'),
  )

test('rows of a TypeScript file, which runs on Node when the build does, named by their key', async () => {
  const text = `
    import { readFileSync } from 'node:fs'
    import { rows } from 'loadwright/rows'
    export default rows([{ id: 'a', self: import.meta.url.endsWith('u.pool.ts') }, { id: 'b', self: readFileSync.length > 0 }], { key: 'id' })`
  const { rows, options, name } = await rowsOf('u.pool.ts', text)
  expect(rows).toEqual([
    { id: 'a', self: true },
    { id: 'b', self: true },
  ])
  expect(options).toEqual({ key: 'id' })
  expect(name).toMatch(/^loadwright-pools-\w+\/u$/)
})

test('rows of a CSV file: by its heading, with quotes, a byte order mark, blank lines and any text', async () => {
  const text = '\ufeffid,name\r\n1,"Salt, ""Pepper"""\r\n\r\n2, Zoë 😀\u2028 \r\n'
  expect((await rowsOf('u.pool.csv', text)).rows).toEqual([
    { id: '1', name: 'Salt, "Pepper"' },
    { id: '2', name: 'Zoë 😀' },
  ])
})

test('rows of a JSON file, of any shape: a key that only some rows have is kept', async () => {
  const rows = [
    { id: 1, tags: ['a'], deep: { x: null } },
    { id: 2, more: '</script>`${x}`' },
  ]
  expect((await rowsOf('u.pool.json', JSON.stringify(rows))).rows).toEqual([
    { id: 1, tags: ['a'], deep: { x: null }, more: null },
    { id: 2, tags: null, deep: null, more: '</script>`${x}`' },
  ])
})

test('rows travel as one text that is parsed inside a SharedArray, and as ASCII', async () => {
  const code = await bundled('u.pool.json', JSON.stringify([{ id: 'é' }]))
  expect(code).toMatch(/^[\x20-\x7e\n]*$/)
  expect((await evaluate(code, { env: {} })).seen.sharedArrays).toMatchObject([{ length: 1 }])
  expect(code).toContain(String.raw`[[\"id\"],[\"\xE9\"]]`.replaceAll('\\"', '"'))
})

test('what holds no rows is refused in one sentence that names the file', async () => {
  const files: [name: string, text: string | undefined][] = [
    ['a.pool.csv', ''],
    ['b.pool.csv', 'id,name\n'],
    ['c.pool.csv', 'id,name\n1\n'],
    ['d.pool.json', '[]'],
    ['e.pool.json', '{"rows":[]}'],
    ['f.pool.json', '[1,2]'],
    ['g.pool.json', '[[1]]'],
    ['h.pool.json', '[{"id":1}'],
    ['i.pool.ts', 'export const rows = []'],
    ['j.pool.ts', 'export default [{ id: 1 }]'],
    ['k.pool.ts', 'throw new Error("no faker today")'],
    ['l.pool.ts', 'const = 5'],
    ['m.pool.csv', undefined],
  ]
  const sentences: string[] = []
  for (const [name, text] of files) sentences.push(await complaint(name, text))
  expect(sentences.join('\n')).toMatchInlineSnapshot(`
    "UserError: <folder>/a.pool.csv: a pool needs at least one row
    UserError: <folder>/b.pool.csv: a pool needs at least one row
    UserError: <folder>/c.pool.csv: Invalid Record Length: columns length is 2, got 1 on line 2
    UserError: <folder>/d.pool.json: a pool needs at least one row
    UserError: <folder>/e.pool.json: a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects
    UserError: <folder>/f.pool.json: a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects
    UserError: <folder>/g.pool.json: a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects
    UserError: <folder>/h.pool.json: Expected ',' or ']' after array element in JSON at position 9
    UserError: <folder>/i.pool.ts: a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects
    UserError: <folder>/j.pool.ts: a pool is a list of rows: \`export default rows([{ … }])\`, a CSV file with a heading, or a JSON array of objects
    UserError: <folder>/k.pool.ts: no faker today
    UserError: <folder>/l.pool.ts: <folder>/l.pool.ts:1:6: Expected identifier but found "="
    UserError: <folder>/m.pool.csv: there is no such file"
  `)
})
