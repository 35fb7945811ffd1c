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
}

/** A response as k6 gives it: `json(path)` is undefined of what is missing. */
const responseOf = ({
  status: code = 200,
  json,
  body = JSON.stringify(json ?? null),
  headers = {},
}: Answer) => ({
  status: code,
  body,
  headers,
  timings: { duration: 10 },
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
    const { test: source = '' } = predicateOf(claim, () => '5') ?? {}
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
  [json(".to.equal(pm.environment.get('five'))"), { json: { x: 5 } }, { json: { x: '5' } }],
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
