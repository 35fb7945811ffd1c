import { expect, test } from 'vitest'
import { awaitsAtTop, parseScript, type ParsedScript } from './script.ts'

const read = (code: string): ParsedScript => {
  const { script, problem } = parseScript(code)
  if (!script || problem) throw new Error(problem?.message)
  return script
}
/** What is called, by where it comes from. */
const calls = (code: string): string[] =>
  read(code).calls.map(({ origin: { module, path } }) => `${module}#${path.join('.')}`)

test.each([
  [`import http from 'k6/http'; http.get()`, ['k6/http#get']],
  [`import * as http from 'k6/http'; http.get(); http.default.post()`, ['k6/http#get', 'k6/http#post']],
  [`import { get as g } from 'k6/http'; g()`, ['k6/http#get']],
  [
    `import http from 'k6/http'; const { get, post: p = get } = http; get(); p()`,
    ['k6/http#get', 'k6/http#post'],
  ],
  [`import http from 'k6/http'; const again = http, { get } = again; get()`, ['k6/http#get']],
  [
    `import exec from 'k6/execution'; exec.test.fail(); exec['test']['abort']()`,
    ['k6/execution#test.fail', 'k6/execution#test.abort'],
  ],
  [
    `import { Trend } from 'k6/metrics'; const t = new Trend('a'); t.add(1)`,
    ['k6/metrics#Trend', 'k6/metrics#Trend.new.add'],
  ],
  [`import { check as c } from "k6"; (0, c)(); c?.()`, ['k6#check', 'k6#check']],
  [`const http = require('k6/http'); http.get()`, ['#require', 'k6/http#get']],
  [
    `var h = wrap(require("k6/http")); h.default.get(); function wrap(m) { return m }`,
    ['#require', 'k6/http#get'],
  ],
  [`open(); globalThis.open()`, ['#open', '#globalThis.open']],
])('%s', (code, expected) => {
  expect(calls(code)).toEqual(expected)
})

test.each([
  ['a parameter', `function f(http) { http.get() }`],
  ['a block', `{ const http = {}; http.get() }`],
  ['a function further in', `function f() { { var http } return () => http.get() }`],
  ['a catch', `try {} catch (http) { http.get() }`],
  ['a loop', `for (const http of []) http.get()`],
  ['a class', `{ class http {} http.get() }`],
  ['a function expression', `(function http() { http.get() })`],
  ['a class expression', `(class http { static { http.get() } })`],
  ['destructuring', `{ const { a: [http], ...rest } = {}; http.get(); rest.get() }`],
  ['a list', `{ const [http] = open; http.get() }`],
  ['a rest', `{ const { ...http } = open; http.get() }`],
  ['a default', `function f({ http = 1 } = {}) { http.get() }`],
])('%s hides an import', (_, code) => {
  expect(calls(`import http from 'k6/http'; ${code}`)).toEqual([])
})

test.each([
  ['a var in a block is the function’s', `function f() { { var x } } http.get()`],
  ['a const in a block ends there', `{ const http = {} } http.get()`],
  [
    'a name that is a word is no name',
    `const a = { http: 1 }; a.http; http: for (;;) break http; http.get()`,
  ],
])('%s', (_, code) => {
  expect(calls(`import http from 'k6/http'; ${code}`)).toEqual(['k6/http#get'])
})

test('what is imported, by each way', () => {
  const { imports } = read(`import a, { b as c } from 'm1'; import * as d from 'm2'; import 'm3'
    export { e } from 'm4'; export * from 'm5'; import('m6'); require('m7'); { const require = 1; }`)
  expect(imports.map(({ module, how, names }) => [module, how, names.map(({ name }) => name)])).toEqual([
    ['m1', 'import', ['default', 'b']],
    ['m2', 'import', ['*']],
    ['m3', 'import', []],
    ['m4', 'export', ['e']],
    ['m5', 'export', ['*']],
    ['m6', 'dynamic', []],
    ['m7', 'require', []],
  ])
})

test('what is exported, by each way', () => {
  const { exports } =
    read(`export default 1; export const { a, b: [c = 1, ...d] } = {}; export function e() {}
    export class F {} const g = 1; export { g, g as h }; export * as i from 'k6'; export * from 'k6/http'`)
  expect([...exports].sort()).toEqual(['F', 'a', 'c', 'd', 'default', 'e', 'g', 'h', 'i'])
})

test.each([
  ['export default 1', true],
  ['await 1', true],
  ['async () => await 1', false],
  ['exports.a = 1', false],
])('whether k6 reads it as a module: %s', (code, isModule) => {
  expect(read(code).isModule).toBe(isModule)
})

test('whether it awaits at its top level', () => {
  expect(awaitsAtTop(read('await 1'))).toBe(true)
  expect(awaitsAtTop(read('for await (const a of b) a'))).toBe(true)
  expect(awaitsAtTop(read('async () => { await 1 }'))).toBe(false)
  expect(awaitsAtTop(read('for (const a of b) a'))).toBe(false)
})

test('what is no module may still be CommonJS, and says so', () => {
  const { script, problem } = parseScript('return 010')
  expect(problem).toMatchObject({ offset: 0 })
  expect(script?.isModule).toBe(false)
  expect(parseScript('const a: number = 1')).toEqual({ problem: { message: 'Unexpected token', offset: 7 } })
})
