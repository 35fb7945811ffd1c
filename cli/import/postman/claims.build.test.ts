import { runInNewContext } from 'node:vm'
import { transformSync } from 'esbuild'
import { expect, test } from 'vitest'
import { contains, header, status, within } from '../../../lib/predicates.ts'
import { readScript } from './script.ts'
import { predicateOf } from './predicate.ts'

interface Answer {
  status?: number
  json?: unknown
  body?: string
  headers?: Record<string, string>
  milliseconds?: number
}

/** A response as k6 gives it: `json(path)` is undefined of what is missing. */
const responseOf = ({
  status: code = 200,
  json,
  body = JSON.stringify(json ?? null),
  headers = {},
  milliseconds = 10,
}: Answer) => ({
  status: code,
  body,
  headers,
  timings: { duration: milliseconds },
  json: (path?: string): unknown =>
    (path ?? '')
      .split('.')
      .filter(Boolean)
      .reduce<unknown>(
        (at, key) => (at === null ? undefined : (at as Record<string, unknown> | undefined)?.[key]),
        json,
      ),
})

/** Whether the checks that a script becomes hold of an answer, as they are written. */
function holds(script: string, answer: Answer): boolean {
  const { tests, kept } = readScript(script)
  expect(kept).toEqual([])
  expect(tests.length).toBeGreaterThan(0)
  return tests.every(({ claim }) => {
    const { test: source = '' } = predicateOf(claim, () => `'5'`) ?? {}
    const { code } = transformSync(`export default (${source})`, { loader: 'ts', format: 'cjs' })
    const module = { exports: {} as { default?: (response: unknown) => boolean } }
    runInNewContext(code, { module, contains, header, status, within })
    return module.exports.default?.(responseOf(answer)) ?? false
  })
}

const json = (assertion: string): string =>
  `const d = pm.response.json(); pm.test('x', () => { pm.expect(d.x)${assertion} })`

test.each<[assertion: string, hold: unknown[], fail: unknown[]]>([
  ['.to.not.be.empty', ['a', [1], { a: 1 }], ['', [], {}, null, undefined]],
  ['.to.be.empty', ['', [], {}], ['a', [1], { a: 1 }, null, undefined]],
  ['.to.be.ok', [1, 'a', [], true], [0, '', false, null, undefined]],
  ['.to.not.be.ok', [0, '', false, null, undefined], [1, 'a']],
  ['.to.exist', [0, '', false], [null, undefined]],
  ['.to.not.exist', [null, undefined], [0, '']],
  ['.to.be.undefined', [undefined], [null, 0]],
  ['.to.be.null', [null], [undefined, 0]],
  ['.to.be.true', [true], [false, 1, undefined]],
  ['.to.have.lengthOf(2)', ['ab', [1, 2]], ['a', [1], undefined]],
  ['.to.have.lengthOf.above(1)', ['ab', [1, 2]], ['a', [1], [], undefined]],
  ['.to.have.length.of.at.least(1)', ['a', [1]], ['', [], undefined]],
  ['.to.not.have.lengthOf(0)', ['a', [1]], ['', []]],
  [".to.include('a')", ['bar', ['a', 'b']], ['b', ['bar'], [], undefined, null]],
  ['.to.include(1)', [[1, 2]], [[12], [], undefined]],
  [".to.not.include('a')", ['b', ['bar']], ['a', ['a'], undefined]],
  ['.to.have.length.that.is.oneOf([1, 2])', ['a', [1]], ['', [], undefined]],
  ['.to.eql([1, 2])', [[1, 2]], [[1], [2, 1], '1,2', undefined]],
  ['.to.deep.equal([])', [[]], [[1], undefined]],
  ['.to.be.oneOf([true, 1, null])', [true, 1, null], [false, 'true', '1', undefined]],
  [".to.be.oneOf(['a', 'b'])", ['a', 'b'], ['c', ['a'], undefined]],
  ['.to.be.above(3)', [4], [3, '', null, undefined, []]],
  ['.to.be.below(3)', [2], [3, null, undefined]],
  ['.to.not.be.above(3)', [3, 2], [4, undefined]],
  ['.to.be.within(1, 3)', [1, 3], [0, 4, undefined]],
  ['.to.match(/^[a-z]+$/)', ['abc'], ['', 'A1', undefined]],
  [".to.be.an('object')", [{}, { a: 1 }], [[], null, 'a', undefined]],
  [".to.be.an('array').that.is.not.empty", [[1]], [[], {}, undefined]],
  [".to.be.a('string').and.have.lengthOf(3)", ['abc'], ['ab', [1, 2, 3]]],
  [".to.not.be.a('string').and.empty", [[1]], ['', [], undefined]],
  [".to.have.property('a')", [{ a: null }, { a: 1 }], [{}, undefined]],
  [".to.have.property('a').that.equals(1)", [{ a: 1 }], [{ a: 2 }, {}]],
  [".to.have.property('a').that.is.a('string').and.not.empty", [{ a: 'b' }], [{ a: '' }, { a: 1 }, {}]],
  [".to.have.nested.property('a.b', 1)", [{ a: { b: 1 } }], [{ a: {} }, { 'a.b': 1 }]],
])('%s holds of what it says, and of nothing else', (assertion, hold, fail) => {
  for (const x of hold) expect(holds(json(assertion), { json: { x } }), JSON.stringify(x)).toBe(true)
  for (const x of fail) expect(holds(json(assertion), { json: { x } }), JSON.stringify(x)).toBe(false)
})

test.each<[script: string, hold: Answer, fail: Answer]>([
  [json(".to.equal(pm.environment.get('five'))"), { json: { x: '5' } }, { json: { x: 6 } }],
  [json(".to.be.above(pm.environment.get('five'))"), { json: { x: 6 } }, { json: { x: 5 } }],
  [json(".to.have.lengthOf(pm.environment.get('five'))"), { json: { x: 'abcde' } }, { json: { x: 'a' } }],
  [
    "pm.test('x', () => pm.expect(pm.response.code).to.eql(pm.environment.get('five')))",
    { status: 5 },
    { status: 6 },
  ],
  [
    "pm.test('x', () => pm.expect(pm.response.responseTime).to.be.above(pm.environment.get('five')))",
    {},
    { milliseconds: 5 },
  ],
  ["tests['x'] = JSON.parse(responseBody).x == 5", { json: { x: '5' } }, { json: { x: 6 } }],
  ["tests['x'] = JSON.parse(responseBody).x != 5", { json: { x: 6 } }, { json: { x: '5' } }],
  ["tests['x'] = 200 === responseCode.code", { status: 200 }, { status: 201 }],
  ["tests['x'] = 400 > responseCode.code", { status: 200 }, { status: 400 }],
  [json('.to.equal(5)').replace('d.x', 'Number(d.x)'), { json: { x: '5' } }, { json: {} }],
  [json(".to.equal('5')").replace('d.x', 'd.x.toString()'), { json: { x: 5 } }, { json: {} }],
  [json('.to.be.above(0)').replace('d.x', 'd.x.length'), { json: { x: 'a' } }, { json: { x: [] } }],
  [json('.to.be.true').replace('d.x', "d.x.includes('a')"), { json: { x: ['a'] } }, { json: { x: ['ab'] } }],
  ["pm.test('x', () => pm.expect(pm.response.text()).to.not.be.empty)", { body: 'a' }, { body: '' }],
  ["pm.test('x', () => pm.expect(pm.response.text()).to.not.include('a'))", { body: 'b' }, { body: 'a' }],
  [
    "pm.test('x', () => pm.expect(pm.response.headers.get('X-A')).to.include('b'))",
    { headers: { 'X-A': 'abc' } },
    {},
  ],
  [
    "pm.test('x', () => pm.expect(Number(pm.response.headers.get('X-A'))).to.be.above(3))",
    { headers: { 'X-A': '4' } },
    {},
  ],
  [
    "pm.test('x', () => pm.expect(pm.response.code).to.be.within(200, 299))",
    { status: 204 },
    { status: 302 },
  ],
  ["pm.test('x', () => pm.response.to.have.body(/a+/))", { body: 'caat' }, { body: 'b' }],
])('%s holds of what it says, and of nothing else', (script, hold, fail) => {
  expect(holds(script, hold)).toBe(true)
  expect(holds(script, fail)).toBe(false)
})

test.each([
  "pm.test('x', () => pm.expect(pm.response.json()).to.have.all.keys('a', 'b'))",
  "pm.test('x', () => pm.expect(pm.response.json().x).to.include.members([1]))",
  "pm.test('x', () => pm.expect(pm.response.json().x).to.be.closeTo(1, 2))",
  "pm.test('x', () => pm.expect(pm.response.json().x.trim()).to.equal('a'))",
  "pm.test('x', () => pm.expect(pm.response.json().x).to.eql({ a: 1 }))",
  "pm.test('x', () => pm.expect(pm.environment.get('token')).to.not.be.empty)",
  "pm.test('x', () => pm.expect(pm.response.text()).to.exist)",
  "pm.test('x', () => pm.expect(pm.response.text()).to.be.a('string'))",
  "pm.test('x', () => pm.expect(pm.response.status).to.equal('Fine'))",
  "pm.test('x', () => pm.response.to.have.status('Fine'))",
  "pm.test('x', () => pm.response.to.not.be.error)",
  "pm.test('x', () => pm.expect(pm.response.json().x))",
  "pm.test('x', () => pm.expect(pm.response.json().x > '2026').to.be.true)",
  "pm.test('x', () => pm.expect(pm.response.json().x === 1).to.be.false)",
  "tests['x'] = pm.cookies.get('a') === 'b'",
])('what no predicate can say stays a script: %s', (script) => {
  const { tests, kept } = readScript(script)
  expect(tests).toEqual([])
  expect(kept).toEqual([script])
})

test('variables are texts, which numbers are compared with as numbers', () => {
  const { tests } = readScript(`
    pm.test('a', () => pm.expect(pm.response.code).to.equal(pm.environment.get('code')))
    pm.test('b', () => pm.expect(pm.response.json().total).to.be.at.least(Number(pm.globals.get('least'))))
    pm.test('c', () => pm.expect(pm.response.json().total > pm.globals.get('least')).to.be.true)
    pm.test('d', () => pm.expect(pm.response.headers.get('ETag')).to.equal(pm.globals.get('tag')))
    pm.test('e', () => pm.expect(pm.response.json().name).to.equal(pm.globals.get('name')))`)
  const sources = tests.map(
    ({ claim }) => predicateOf(claim, (access) => ('name' in access ? access.name : ''))?.test,
  )
  expect(sources).toEqual([
    '(response) => response.status === Number(code)',
    "(response) => Number(response.json('total') ?? NaN) >= Number(least)",
    "(response) => Number(response.json('total') ?? NaN) > Number(least)",
    "(response) => response.headers['Etag'] === tag",
    "(response) => response.json('name') === name",
  ])
})

const pathsOf = (script: string): string[] =>
  readScript(script).tests.map(({ name, claim }) =>
    `${name}: ${claim.access.of} ${'path' in claim.access ? claim.access.path.join('.') : ''}`.trim(),
  )

test.each<[what: string, script: string, read: string[]]>([
  [
    'a name of one test is not that of another',
    `pm.test('a', () => { const d = pm.response.json().a; pm.expect(d).to.equal(1) })
     pm.test('b', () => { const d = pm.response.json().b; pm.expect(d).to.equal(1) })
     pm.test('c', () => pm.expect(d).to.equal(1))`,
    ['a: json a', 'b: json b'],
  ],
  [
    'a name that hides another hides it where it is alone',
    `const d = pm.response.json()
     pm.test('a', function () { const d = parsed(); pm.expect(d.x).to.equal(1) })
     pm.test('b', () => pm.expect(d.y).to.equal(1))`,
    ['b: json y'],
  ],
  [
    'what has another value is read as that',
    `let d = pm.response.json().a
     pm.test('a', () => pm.expect(d).to.equal(1))
     d = pm.response.json().b
     pm.test('b', () => pm.expect(d).to.equal(1))
     d = other(d)
     pm.test('c', () => pm.expect(d).to.equal(1))`,
    ['a: json a', 'b: json b'],
  ],
  ...[
    'if (pm.response.code === 200) { d = d.inner }',
    'if (d.x) { d = d.inner } else { d = {} }',
    'for (const one of d.items) d = one',
    'for (d of list) ;',
    'd.x++',
    'd.x = 2',
    'delete d.x',
    'd.x.sort()',
    '({ d } = other)',
    'function change() { d = 1 }',
    'pm.test("other", () => { d = JSON.parse(atob(d.x)) })',
    'd += 1',
  ].map((change): [string, string, string[]] => [
    `what a rule cannot follow is not known: ${change}`,
    `let d = pm.response.json()\n${change}\npm.test('a', () => pm.expect(d.x).to.equal(1))`,
    [],
  ]),
  [
    'parts of what is taken apart',
    `const { token, user: { id }, list: [first], data: own } = pm.response.json()
     pm.test('a', () => { pm.expect(token).to.exist; pm.expect(own.x).to.exist; pm.expect(id).to.exist })`,
    ['a: json token', 'a: json data.x'],
  ],
])('%s', (_, script, read) => {
  expect(pathsOf(script)).toEqual(read)
})
