import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { globSync } from 'tinyglobby'
import ts from 'typescript'
import { afterAll, expect, test } from 'vitest'
import { readProject } from '../cli/project/build/config.ts'
import { evaluateFor } from '../cli/project/build/evaluated.ts'
import { buildNamed } from '../cli/project/build/suites.ts'
import { packageRoot } from '../cli/base/package.ts'
import { evaluate } from '../testing/evaluate.ts'
import { anchorsOf, blocksOf, linksOf, pages, read, written } from './pages.ts'

// The README has a test of its own.
const docs = written.filter((page) => page.startsWith('docs/'))
const CODE = ['ts', 'js', 'json', 'csv']
const root = mkdtempSync(join(tmpdir(), 'loadwright-docs-'))
afterAll(() => rmSync(root, { recursive: true }))
symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'))

/** Each page's blocks, written as the project that they are. */
const projects = docs.map((page) => {
  const folder = join(root, basename(page, '.md'))
  const blocks = blocksOf(page)
  const files = blocks.flatMap(({ file, code }) => {
    if (file === undefined) return []
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), code)
    return [file]
  })
  return { page, folder, blocks, files }
})
const withFiles = (pattern: RegExp) =>
  projects.flatMap(({ page, folder, files }) =>
    files.filter((file) => pattern.test(file)).map((file) => ({ page, folder, file })),
  )

test.each(projects)('$page: each block of code is a file', ({ blocks, files }) => {
  const code = blocks.filter(({ language }) => CODE.includes(language))
  expect(code.filter(({ file }) => file === undefined)).toEqual([])
  expect(new Set(files).size).toBe(files.length)
  expect(blocks.filter(({ language }) => ![...CODE, 'sh', 'text', 'yaml'].includes(language))).toEqual([])
})

test('the blocks compile', () => {
  const roots = withFiles(/\.ts$/).map(({ folder, file }) => join(folder, file))
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(packageRoot, 'tsconfig.json'), (path) => readFileSync(path, 'utf8')).config,
    ts.sys,
    packageRoot,
  )
  const program = ts.createProgram([...roots, join(packageRoot, 'lib/pool-files.d.ts')], {
    ...options,
    typeRoots: [join(packageRoot, 'node_modules/@types')],
  })
  const host = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name: string) => name,
    getNewLine: () => '\n',
  }
  const found = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.startsWith(root))
  expect(ts.formatDiagnostics(found, host)).toBe('')
})

test.each(withFiles(/^loadwright\.config\.ts$/))('$page: the config is valid', async ({ folder }) => {
  expect((await readProject(folder)).problems).toEqual([])
})

/** As `k6 run -i 1` makes it. */
const SINGLE_PASS = {
  scenario: { name: 'default', executor: 'shared-iterations' },
  options: { scenarios: { default: { executor: 'shared-iterations', vus: 1, iterations: 1 } } },
}
/** A file of journeys becomes a suite of all of them. */
const walk = (file: string): string => `
import * as all from './${file}'
import { suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const entries = Object.values(all).map((journey, index) => ['s' + index, perVUIterations(journey as never, {})])
const whole = suite({ name: 'walk', scenarios: Object.fromEntries(entries) as never })
export const { options, setup, teardown, handleSummary } = whole
export default whole
`

test.each(withFiles(/^(suites|journeys)\/\w+\.ts$/))(
  '$page: $file is built, and makes a single pass',
  async ({ folder, file }) => {
    const entry = file.startsWith('suites/') ? file : file.replace(/(\w+)\.ts$/, 'walk-$1.walk.ts')
    if (entry !== file) writeFileSync(join(folder, entry), walk(basename(file)))
    const project = await readProject(folder)
    const { code, path } = await buildNamed(project, entry)
    const evaluated = await evaluateFor(code, file, { ENVIRONMENT: 'shop' }, undefined, dirname(path))
    const { returned } = await evaluated.setup(SINGLE_PASS)
    const { errors, failed, requests } = await evaluated.iterate({ ...SINGLE_PASS, data: returned[0] })
    expect({ errors, failed }).toEqual({ errors: [], failed: [] })
    expect(requests.length).toBeGreaterThan(0)
  },
)

test.each(withFiles(/\.js$/))('$page: $file runs', async ({ folder, file }) => {
  const code = readFileSync(join(folder, file), 'utf8')
  const evaluated = await evaluate(code, { env: { BASE_URL: 'http://127.0.0.1:8080' }, checksHold: true })
  const { errors, requests } = await evaluated.iterate()
  expect(errors).toEqual([])
  expect(requests.length).toBeGreaterThan(0)
})

test.each(withFiles(/\.test\.ts$/))(
  '$page: $file passes',
  ({ folder, file }) => {
    symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'))
    const vitest = join(packageRoot, 'node_modules/vitest/vitest.mjs')
    const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, 'run', file], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    })
    expect(status, stdout + stderr).toBe(0)
  },
  30_000,
)

test.each(pages)('%s: each link leads somewhere', (page) => {
  const lost = linksOf(page).filter((link) => {
    if (/^https:\/\/[\w.-]+(\/|$)/.test(link)) return false
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? page : join(dirname(page), path)
    return (
      !existsSync(join(packageRoot, target)) || (anchor !== undefined && !anchorsIn(target).includes(anchor))
    )
  })
  expect(lost).toEqual([])
})

/** Headings, and the anchors that a generated page writes itself. */
function anchorsIn(page: string): string[] {
  const own = Array.from(read(page).matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id)
  return [...anchorsOf(page), ...own]
}

test('the index names every page', () => {
  const named = linksOf('docs/README.md').map((link) => join('docs', link))
  const others = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md')
  expect(others.filter((page) => !named.includes(page))).toEqual([])
})

test('troubleshooting has every message that a person can meet', () => {
  const page = read('docs/troubleshooting.md').replaceAll('`', '').replaceAll('\\', '')
  const sources = globSync(
    [
      '{lib,config,scenarios}/**/*.ts',
      'cli/{commands,project}/**/*.ts',
      'cli/run/{*,dev/*}.ts',
      'cli/verdict/*.ts',
    ],
    {
      cwd: packageRoot,
      ignore: ['**/*.test.ts', '**/*.test-d.ts'],
    },
  )
  const missing = sources.flatMap(messagesIn).filter((message) => {
    const parts = message.split('…').filter((part) => part.trim().length > 9)
    return parts.length > 0 && !parts.some((part) => page.includes(part.trim().slice(0, 30).trim()))
  })
  expect(missing).toEqual([])
})

/** What is thrown at a person in a source file; `…` for what differs. */
function messagesIn(file: string): string[] {
  const source = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
      const [text, name] = node.arguments ?? []
      const thrown = node.expression.getText(source)
      // What was abandoned is told by the checks that did not hold.
      const told = thrown === 'named' && name?.getText(source) === `'Abandoned'`
      if (text && !told && /^named$|^(User|Range|Type)Error$/.test(thrown))
        found.push(textOf(text).replaceAll('`', ''))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isTemplateExpression(node))
    return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('')
  return ts.isBinaryExpression(node) ? textOf(node.left) + textOf(node.right) : '…'
}
