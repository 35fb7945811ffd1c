import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../../base/index.ts'
import { importRecording, type ImportOptions } from '../importRecording.ts'

const fixtures = join(import.meta.dirname, 'fixtures')
const scratch = mkdtempSync(join(tmpdir(), 'loadwright-openapi-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const DOCUMENTS = [
  join(fixtures, 'petstore.yaml'),
  join(fixtures, 'library.json'),
  join(packageRoot, 'examples/shop.openapi.yaml'),
]

/** Imports a document, with files beside it. */
async function imported(text: string, options: ImportOptions = {}, beside: Record<string, string> = {}) {
  const folder = mkdtempSync(join(scratch, 'd-'))
  for (const [name, other] of Object.entries({ ...beside, 'api.yaml': text })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), other)
  }
  const { text: suite, files, report } = await importRecording(join(folder, 'api.yaml'), options)
  return { suite, module: files[0]?.text ?? '', pool: files[1]?.text ?? '', report: report('suites/api.ts') }
}

/** A document of paths and schemas. */
const api = (paths: object, more: object = {}): string =>
  JSON.stringify({ openapi: '3.1.0', info: { title: 'T', version: '1' }, paths, ...more }, undefined, 2)

test.each(DOCUMENTS)(
  '%s becomes a client and a smoke suite that a person could have written',
  async (path) => {
    const { name, text, files, report } = await importRecording(path)
    const [module, pool] = files
    const said = [
      `/*\n${report(`suites/${name}.ts`)}\n*/`,
      ...(pool ? [`/* ${pool.name}\n${pool.text}*/`] : []),
    ]
    await expect(`${text}\n${said.join('\n\n')}\n`).toMatchFileSnapshot(join(fixtures, `${name}.ts.imported`))
    await expect(module?.text).toMatchFileSnapshot(join(fixtures, `${name}.client.ts.imported`))
    const again = await importRecording(path)
    expect([again.text, again.files]).toEqual([text, files])
  },
)

const ok = { responses: { 200: { description: 'ok' } } }
const answers = (schema: object): object => ({
  responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } },
})

test('what ends a session is tried last, and told', async () => {
  const { suite, report } = await imported(
    api({
      '/login': { get: ok },
      '/user/logout': { get: { operationId: 'leave', ...ok } },
      '/orders': { get: ok },
    }),
  )
  expect(suite.match(/step\('(\w+)'/g)).toEqual(["step('getLogin'", "step('getOrders'", "step('leave'"])
  expect(report).toContain('leave ends a session, so it is tried last')
})

test.each([
  ['openapi: 3.0.0\npaths:\n  /a: {get: [}', 'api.yaml:3:14 cannot be read as YAML or JSON: got "}"'],
  [
    '{"openapi":"3.0.0","paths":{"/a":{"get":}',
    'api.yaml:1:42 cannot be read as YAML or JSON: got the end of a line',
  ],
  [
    'openapi: 3.0.0\npaths: {}\npaths: {}',
    'api.yaml:3:1 cannot be read as YAML or JSON: got "paths: {}" (Map keys must be unique)',
  ],
  [
    'swagger: "2.0"\npaths: {}',
    'api.yaml is Swagger "2.0", which cannot be imported: convert it to OpenAPI 3',
  ],
  ['openapi: 4.0.0\npaths: {}', 'api.yaml: openapi: got "4.0.0"; allowed: 3.0 or 3.1, such as "3.1.0"'],
  ['openapi: [3]\npaths: {}', 'api.yaml: openapi: got "[3]"; allowed: 3.0 or 3.1'],
  ['openapi: 3.1.0\ninfo: {}', 'api.yaml has no paths: there is no operation that could be tried'],
  ['openapi: 3.1.0\npaths: {}', 'api.yaml has no paths'],
  ['openapi: 3.1.0\npaths: { /a: {} }', 'api.yaml has no operations: none of its paths has one'],
  [api({ a: { get: ok } }), 'api.yaml:8: paths.a: got the path "a"; allowed: a path that begins with /'],
  [
    api({
      '/a': {
        get: {
          ...answers({ $ref: '#/components/schemas/Pat' }),
          parameters: [{ $ref: '#/x' }, { in: 'body' }],
        },
      },
    }),
    `3 problems:
  - api.yaml:24: paths./a.get.parameters.0.$ref: got "#/x": there is no such part; allowed: a part of this document, or of a file in its folder
  - api.yaml:26: paths./a.get.parameters.1: got a parameter without a name or place; allowed: name, and in: path, query, header, cookie
  - api.yaml:16: paths./a.get.responses.200.content.application/json.schema.$ref: got "#/components/schemas/Pat": there is no such part;`,
  ],
  [
    api({ '/a': { $ref: 'https://example.com/a.yaml#/a' } }),
    'got "https://example.com/a.yaml#/a": an address; allowed: a part of this document, or of a file in its folder. Download it into the folder of the document, and name the file.',
  ],
  [api({ '/a': { $ref: '../a.yaml' } }), 'got "../a.yaml": a file outside of the folder of the document'],
  [api({ '/a': { $ref: '/etc/passwd' } }), 'got "/etc/passwd": a file outside of the folder'],
  [api({ '/a': { $ref: 'none.yaml#/a' } }), 'got "none.yaml#/a": there is no file none.yaml;'],
  [
    api({ '/a': { $ref: 'broken.yaml#/a' } }),
    'got "broken.yaml#/a": broken.yaml:1:3 cannot be read as YAML or JSON',
  ],
  [
    api({ '/a': { $ref: '#/paths/~1a' } }),
    'got "#/paths/~1a", which leads back to itself; allowed: a reference that ends at a value',
  ],
  [
    api({ '/a': { get: { ...ok, security: [{ nobody: [] }] } } }),
    'got the scheme "nobody"; allowed: one of components.securitySchemes',
  ],
  [`openapi: 3.1.0\npaths: ${'['.repeat(20_000)}`, 'nested too deeply'],
  [
    `openapi: 3.1.0\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replace(
      /./g,
      (name, at: number) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefg'[at] ?? ''}`)
          .join()}]\n`,
    )}paths: *h`,
    'api.yaml cannot be read as YAML: Excessive alias count',
  ],
])('%# is refused in a sentence', async (text, message) => {
  await expect(imported(text, {}, { 'broken.yaml': '{ ] }' })).rejects.toThrow(
    expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) as unknown }),
  )
})

test('no secret reaches the client, its suite or the report, wherever the document has it', async () => {
  const secrets = ['hunter2-hunter2', 'glsa_AAAAAAAAAAAAAAAAAAAAAAAAAA', '4111 1111 1111 1111', 918273]
  const [password, token, card, pin] = secrets
  const schema = {
    type: 'object',
    properties: {
      password: { type: 'string', example: password },
      note: { type: 'string', example: token },
      pay: { type: 'object', properties: { number: { type: 'string', example: card } } },
      pin: { type: 'integer', example: pin },
    },
  }
  const made = await imported(
    api({
      '/me': {
        post: { ...ok, operationId: 'me', requestBody: { content: { 'application/json': { schema } } } },
      },
      '/look': {
        get: {
          ...ok,
          parameters: [{ name: 'key', in: 'query', required: true, schema: {}, example: token }],
        },
      },
    }),
  )
  const said = Object.values(made).join('\n')
  for (const secret of secrets) expect(said).not.toContain(String(secret))
  expect(made.module).toContain("password: secret('PASSWORD'),")
  expect(made.module).toContain("pin: Number(secret('PIN')),")
  expect(made.suite).toContain("getLook({ key: secret('SECRET_KEY') })".replace('SECRET_KEY', 'KEY'))
})

test('ids of a list are given to what is below it where the schemas say so, and to nothing else', async () => {
  const list = answers({ type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } })
  const id = (type: string, name = 'id') => [{ name, in: 'path', required: true, schema: { type } }]
  const { suite, module, pool } = await imported(
    api({
      '/orders/{id}/lines/{line}': { get: { ...ok, parameters: [...id('string'), ...id('string', 'line')] } },
      '/orders': { get: { ...list, operationId: 'orders' } },
      '/users': { get: { ...list, operationId: 'users', deprecated: true } },
      '/users/{id}': { get: { ...ok, parameters: id('string') } },
      '/items': { get: { ...list, operationId: 'items' } },
      '/items/{id}': { get: { ...ok, parameters: id('integer') } },
      '/shelves': { get: { ...answers({ type: 'object' }), operationId: 'shelves' } },
      '/shelves/{shelf}': { get: { ...ok, parameters: id('string', 'shelf') } },
    }),
  )
  expect(suite.match(/const \w+ = step\('\w+'|firstOf\('.*|if \(.*\{|const answer = .*/g)).toEqual([
    "const orderId = step('orders'",
    'const answer = orders()',
    "firstOf('orders', answer.json<string | undefined>('0.id'))",
    'if (orderId !== undefined) {',
    'const answer = getOrdersByIdLinesByLine({ id: orderId, line })',
    'const answer = getUsersById({ id: userId })',
    'const answer = items()',
    'const answer = getItemsById({ id: Number(itemId) })',
    'const answer = shelves()',
    'const answer = getShelvesByShelf({ shelf })',
  ])
  expect(module).toContain("client(settings().BASE_URL, { preflight: '/orders' })")
  expect(pool).toBe('line,userId,itemId,shelf\n1,1,1,1\n')
})

test('deprecated operations are tried by --include, and what only changes things leaves nothing to try', async () => {
  const old = api({ '/old': { get: { ...ok, deprecated: true } }, '/new': { post: ok } })
  expect((await imported(old, { include: ['/old'] })).suite).toContain("step('getOld'")
  const { suite, report } = await imported(old)
  expect(suite).toContain("throw new Error('no operation is tried: write steps that call the client')")
  expect(report).toContain('no operation is tried: write steps that call the client')
})

test('hostile texts are written as texts, and files of folders below are read', async () => {
  const operation = { ...ok, operationId: 'in a file' }
  const evil = "*/ '); ${process.exit()} `\u2028</script>\\"
  const { suite, module } = await imported(
    `\uFEFF${api({
      [`/a'b\`\${x}/{${evil}}`]: {
        get: {
          ...answers({ $ref: 'more/a b.yaml#/~0x~1y' }),
          operationId: evil,
          summary: evil,
          parameters: [
            { name: evil, in: 'path', example: evil },
            { name: '__proto__', in: 'query', required: true, schema: { enum: [evil] } },
          ],
        },
      },
      '/other': { get: { $ref: 'more/operation.json' } },
    })}`,
    {},
    {
      'more/operation.json': JSON.stringify(operation),
      'more/a b.yaml': `{"~x/y":{"type":"object","properties":{${JSON.stringify(evil)}:{},"constructor":{}}}}`,
    },
  )
  const { transform } = await import('esbuild')
  for (const text of [suite, module]) await expect(transform(text, { loader: 'ts' })).resolves.toBeDefined()
  expect(module).toContain('export interface XY {')
  expect(suite).toContain('const answer = inAFile()')
})

test('what is not tried leaves no column, no value that is read, and no secret', async () => {
  const list = answers({ type: 'array', items: { properties: { id: { type: 'integer' } } } })
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer' } }
  const query = (name: string, schema: object) => ({ name, in: 'query', required: true, schema })
  const lacking = [
    query('day', { type: 'string' }),
    query('pin', { type: 'integer' }),
    query('where', { type: 'object', properties: { a: {} } }),
  ]
  const { suite, pool, report } = await imported(
    api({
      '/a': { get: { ...list, operationId: 'a' } },
      '/a/{id}': { get: { ...ok, parameters: [id, ...lacking] } },
      '/b': { get: { ...ok, operationId: 'b', parameters: [query('pin', { type: 'integer' })] } },
    }),
  )
  expect(report).toContain('nothing is known of its parameter where')
  expect(pool).toBe('')
  expect(suite.match(/.*step\(.*|const answer = .*/g)).toEqual([
    "  step('a', () => {",
    'const answer = a()',
    "  step('b', () => {",
    "const answer = b({ pin: Number(secret('PIN')) })",
  ])
})
