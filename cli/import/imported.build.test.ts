import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { check, resolveConfig } from 'prettier'
import ts from 'typescript'
import { globSync } from 'tinyglobby'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../base/index.ts'

const root = mkdtempSync(join(tmpdir(), 'loadwright-imported-'))
afterAll(() => rmSync(root, { recursive: true }))

const fixtures = globSync(['fixtures/*.imported', 'openapi/fixtures/*.imported'], {
  cwd: import.meta.dirname,
})
const textOf = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8')
/** A file that others import keeps its name. */
const nameOf = (file: string): string =>
  file.endsWith('.ts.imported') ? basename(file, '.imported') : `${file.replace(/\W/g, '-')}.ts`

test.each(fixtures)('%s is formatted as the project is', async (file) => {
  const style = await resolveConfig(import.meta.filename)
  expect(await check(textOf(file), { ...style, filepath: 'imported.ts' })).toBe(true)
})

test('what is imported compiles under the settings of a new project', () => {
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))
  const files = fixtures.map((file) => {
    const path = join(root, nameOf(file))
    writeFileSync(path, textOf(file))
    return path
  })
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2023.d.ts'],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ['loadwright-source'],
    types: ['k6'],
    typeRoots: [join(packageRoot, 'node_modules/@types')],
    strict: true,
    noUncheckedIndexedAccess: true,
    noUnusedLocals: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  }
  const program = ts.createProgram(
    [...files, ...['engine-globals', 'pool-files'].map((name) => join(packageRoot, `lib/${name}.d.ts`))],
    options,
  )
  const own = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
  const problems = own.map(
    ({ file, messageText }) =>
      `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
  )
  expect(problems).toEqual([])
  expect(files.length).toBeGreaterThan(3)
})
