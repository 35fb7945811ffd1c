import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { glob } from 'tinyglobby'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { packageRoot } from '../cli/base/package.ts'

/** What a file imports: the layer of the package, `k6`, `node` or `npm`; whether at run time; the path in the package. */
interface Import {
  file: string
  layer: string
  kind: 'value' | 'type'
  path: string
}

/** The table of docs/architecture.md: who may import whom. `type:` is only for types, a path is that file alone. */
const MAY: Record<string, readonly string[]> = {
  config: [],
  lib: ['config', 'k6'],
  scenarios: ['config', 'type:lib', 'type:k6'],
  journeys: ['lib', 'config', 'k6'],
  examples: ['loadwright', 'k6'],
  cli: ['node', 'npm', 'config', 'scenarios', 'shop', 'testing', 'lib/catalog.ts'],
  testing: ['node', 'npm', 'type:k6'],
  shop: ['node', 'npm'],
}
const POOL_MAY = ['npm', 'node', 'lib/rows.ts', 'loadwright']

const files = await glob(
  Object.keys(MAY).map((layer) => `${layer}/**/*.ts`),
  {
    cwd: packageRoot,
    ignore: ['**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts'],
  },
)

/** What a statement imports; whether only types of it. */
function importedBy(node: ts.Node): { specifier?: ts.Node | undefined; isType: boolean } {
  if (ts.isImportDeclaration(node)) {
    const { moduleSpecifier: specifier, importClause: clause } = node
    const names = clause?.namedBindings
    const eachIsType =
      clause?.name === undefined &&
      names !== undefined &&
      ts.isNamedImports(names) &&
      names.elements.every((element) => element.isTypeOnly)
    return { specifier, isType: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || eachIsType }
  }
  if (ts.isExportDeclaration(node)) return { specifier: node.moduleSpecifier, isType: node.isTypeOnly }
  if (ts.isImportTypeNode(node))
    return {
      specifier: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined,
      isType: true,
    }
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return { specifier: isCall ? node.arguments[0] : undefined, isType: false }
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(packageRoot, file), 'utf8')
  const { ParseNone } = ts.JSDocParsingMode
  const how = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ParseNone }
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const { specifier, isType } = importedBy(node)
    if (specifier && ts.isStringLiteral(specifier))
      found.push({ file, kind: isType ? 'type' : 'value', ...placeOf(file, specifier.text) })
    // Only a call, or a type, may import from within a statement.
    if (text.includes('import(')) ts.forEachChild(node, visit)
  }
  ts.createSourceFile(file, text, how).statements.forEach(visit)
  return found
}

function placeOf(file: string, specifier: string): Pick<Import, 'layer' | 'path'> {
  if (specifier === 'k6' || specifier.startsWith('k6/')) return { layer: 'k6', path: specifier }
  if (specifier.startsWith('node:')) return { layer: 'node', path: specifier }
  if (/^loadwright($|\/)/.test(specifier)) return { layer: 'loadwright', path: specifier }
  if (!specifier.startsWith('.')) return { layer: 'npm', path: specifier }
  const path = join(file, '..', specifier)
  return { layer: path.split('/')[0] ?? '', path }
}

const all = files.flatMap(importsOf)
const own = (file: string): string => file.split('/')[0] ?? ''

function isAllowed({ file, layer, kind, path }: Import): boolean {
  const may = file.endsWith('.pool.ts') ? POOL_MAY : [own(file), ...(MAY[own(file)] ?? [])]
  return may.includes(layer) || may.includes(path) || (kind === 'type' && may.includes(`type:${layer}`))
}

test('every source was read', () => {
  for (const layer of Object.keys(MAY)) expect(files.filter((file) => own(file) === layer)).not.toEqual([])
  expect(all.length).toBeGreaterThan(300)
})

test('every import stays inside the walls', () => {
  const through = all.filter((one) => !isAllowed(one))
  expect(
    through.map(({ file, kind, path }) => `${file} imports ${kind === 'type' ? 'types of ' : ''}${path}`),
  ).toEqual([])
})

test('an import through a wall would be seen', () => {
  const planted = [
    ['config/x.ts', '../lib/step.ts', 'value'],
    ['lib/x.ts', 'node:fs', 'type'],
    ['scenarios/x.ts', 'k6/http', 'value'],
    ['journeys/a/x.ts', '@faker-js/faker', 'value'],
    ['cli/x.ts', '../lib/step.ts', 'type'],
    ['shop/x.ts', '../config/url.ts', 'value'],
  ] as const
  const stopped = planted.filter(([file, to, kind]) => !isAllowed({ file, kind, ...placeOf(file, to) }))
  expect(stopped).toEqual(planted)
})

test('the browser is behind its own door: nothing that a protocol suite may import leads to it', () => {
  const isPages = (path: string): boolean => /^(lib|journeys\/[^/]+)\/browser\//.test(path)
  const leading = all.filter(
    ({ file, kind, path }) =>
      ['lib', 'config', 'scenarios', 'journeys'].includes(own(file)) &&
      kind === 'value' &&
      !isPages(file) &&
      (isPages(path) || path === 'k6/browser'),
  )
  expect(leading.map(({ file, path }) => `${file} imports ${path}`)).toEqual([])
})

test('applications know nothing of each other', () => {
  const crossing = all.filter(({ file, layer, path }) => {
    const [, application] = file.split('/')
    return own(file) === 'journeys' && layer === 'journeys' && path.split('/')[1] !== application
  })
  expect(crossing).toEqual([])
})

test('a layer is entered by its door, but for the one table that Node reads', () => {
  const deep = all.filter(
    ({ file, layer, kind, path }) =>
      ['lib', 'scenarios', 'shop'].includes(layer) &&
      own(file) !== layer &&
      kind === 'value' &&
      !path.endsWith('/index.ts') &&
      !['lib/catalog.ts', 'lib/rows.ts'].includes(path),
  )
  expect(deep.map(({ file, path }) => `${file} imports ${path}`)).toEqual([])
})

test('the door of config is for authors: whoever else imports a name names its file', () => {
  expect(all.filter(({ path }) => path === 'config/index.ts').map(({ file }) => file)).toEqual([])
})

/** Each circle among edges, `a b` for a that imports b, as a path. */
function circles(edges: ReadonlySet<string>): string[] {
  const next = new Map<string, string[]>()
  for (const edge of edges) {
    const [from = '', to = ''] = edge.split(' ')
    next.set(from, [...(next.get(from) ?? []), to])
  }
  const found: string[] = []
  const done = new Set<string>()
  const visit = (from: string, path: readonly string[]): void => {
    if (path.includes(from)) found.push([...path.slice(path.indexOf(from)), from].join(' → '))
    else if (!done.has(from)) for (const to of next.get(from) ?? []) visit(to, [...path, from])
    done.add(from)
  }
  for (const from of next.keys()) visit(from, [])
  return found
}

test('a circle is found, and named once', () => {
  expect(circles(new Set(['a b', 'b c', 'c b', 'c d', 'a d']))).toEqual(['b → c → b'])
})

test('nothing imports in a circle between layers', () => {
  const crossing = all.filter(
    ({ file, layer, kind }) =>
      kind === 'value' && layer in MAY && layer !== own(file) && !file.endsWith('.pool.ts'),
  )
  expect(circles(new Set(crossing.map(({ file, layer }) => `${own(file)} ${layer}`)))).toEqual([])
})

test('the rooms of the command line import in no circle, types neither', () => {
  const room = (path: string): string => path.split('/')[1] ?? ''
  const crossing = all.filter(
    ({ file, layer, path }) => own(file) === 'cli' && layer === 'cli' && room(file) !== room(path),
  )
  expect(new Set(crossing.map(({ file }) => room(file))).size).toBeGreaterThan(10)
  expect(circles(new Set(crossing.map(({ file, path }) => `${room(file)} ${room(path)}`)))).toEqual([])
})

test('no files import in a circle, types neither', () => {
  const inside = all.filter(({ layer }) => layer in MAY)
  expect(new Set(inside.map(({ file }) => own(file)))).toEqual(new Set(Object.keys(MAY)))
  expect(circles(new Set(inside.map(({ file, path }) => `${file} ${path}`)))).toEqual([])
})
