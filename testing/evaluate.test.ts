import { expect, test } from 'vitest'
import { evaluate } from './evaluate.ts'

const run = (code: string, env: Record<string, string> = {}) => evaluate(code, { env, filename: 'suite.js' })

test('gives the exports and what init declared', async () => {
  const { exports, seen } = await run(
    `import { Trend, Counter } from 'k6/metrics'
     import { SharedArray } from 'k6/data'
     new Trend('price', false); const orders = new Counter('orders')
     export const rows = new SharedArray('rows', () => [{ a: 1 }, { a: 2 }])
     export const options = { scenarios: { s: { executor: 'constant-vus', vus: Number(__ENV.VUS), duration: '1m' } } }
     console.warn('declared', __VU)
     export default () => orders.add(1)`,
    { VUS: '3' },
  )
  expect(Object.keys(exports).sort()).toEqual(['default', 'options', 'rows'])
  expect(exports.options).toEqual({ scenarios: { s: { executor: 'constant-vus', vus: 3, duration: '1m' } } })
  expect(seen.metrics).toEqual([
    { name: 'price', type: 'trend', isTime: false },
    { name: 'orders', type: 'counter', isTime: false },
  ])
  expect(seen.sharedArrays).toMatchObject([{ name: 'rows', length: 2 }])
  expect(seen.logs).toEqual([{ level: 'warn', text: 'declared 0' }])
})

test('runs setup, the default export in a scenario, and handleSummary', async () => {
  const bundle = await run(
    `import http from 'k6/http'
     import exec, { vu } from 'k6/execution'
     import { check } from 'k6'
     export const options = { scenarios: { shop: { executor: 'constant-vus', env: { WHO: 'me' }, tags: { t: '1' } } } }
     export const setup = () => ({ from: 'setup' })
     export default function (data) {
       const response = http.post('http://shop.test/', { who: __ENV.WHO, from: data.from })
       check(response, { ok: (r) => r.json('ok') === true && r.json() instanceof Object })
       return [exec.scenario.name, exec.test.options.scenarios.shop.duration, __ITER, Date.now()]
     }
     export async function handleSummary(data) { return { stdout: data.metrics.a } }`,
  )
  const { returned } = await bundle.setup()
  expect(returned).toEqual([{ from: 'setup' }])
  const seen = await bundle.iterate({ data: returned[0], respond: () => ({ body: { ok: true } }), now: 5000 })
  expect(seen.requests).toMatchObject([{ body: 'from=setup&who=me', tags: { scenario: 'shop', t: '1' } }])
  expect(seen.checks).toMatchObject([{ ok: true }])
  expect(seen.returned).toEqual([['shop', null, 0, 5010]])
  expect((await bundle.handleSummary({ metrics: { a: 'text' } })).returned).toEqual([{ stdout: 'text' }])
})

test('has only what k6 has', async () => {
  const { exports } = await run(
    `const names = ['URL', 'fetch', 'process', 'Buffer', 'structuredClone', 'Intl', 'WeakRef', 'queueMicrotask',
       'performance', 'atob', 'SharedArrayBuffer', 'WebAssembly', 'AbortController', '__ITER']
     export const found = names.filter((name) => name in globalThis)
     export const kinds = [typeof console.log, typeof crypto.randomUUID(), typeof setTimeout, typeof open, typeof global]
     export const methods = [''.isWellFormed, Object.groupBy, Promise.withResolvers].filter(Boolean)
     export const bytes = new TextEncoder().encode('ä') instanceof Uint8Array
     export const random = Math.max(...crypto.getRandomValues(new Uint32Array(64))) < 256`,
  )
  expect(exports).toEqual({
    found: [],
    kinds: ['function', 'string', 'function', 'function', 'object'],
    methods: [],
    bytes: true,
    random: true,
  })
})

test('errors of the double belong to the script', async () => {
  const { exports } = await run(
    `import http from 'k6/http'
     import { Trend } from 'k6/metrics'
     const outcome = (fn) => { try { return fn() } catch (e) { return [e instanceof Error, e.name, e.message] } }
     export const get = outcome(() => http.get('http://a/'))
     export const name = outcome(() => new Trend('a b'))
     export const file = outcome(() => open('x.csv'))`,
  )
  expect(exports.get).toEqual([true, 'GoError', 'Making http requests in the init context is not supported'])
  expect(exports.name).toMatchObject([true, 'GoError', expect.stringContaining("Invalid metric name: 'a b'")])
  expect(exports.file).toEqual([true, 'GoError', 'open(x.csv): the double of k6 was given no files'])
})

test.each([
  ['k6/x/sql', 'cannot import "k6/x/sql": an extension is not in plain k6'],
  ['k6/htp', 'cannot import "k6/htp": k6 has no such module'],
  ['lodash', 'cannot import "lodash": a bundle may import nothing but modules of k6'],
  ['./a.js', 'cannot import "./a.js": a bundle may import nothing but modules of k6'],
])('refuses to import %s', async (name, message) => {
  await expect(run(`import x from '${name}'; export default x`)).rejects.toThrow(message)
})

test('what k6 has but the double has not throws once it is used', async () => {
  const bundle = await run(`import ws from 'k6/ws'; export default () => ws.connect('ws://a')`)
  await expect(bundle.iterate()).rejects.toThrow('k6/ws is not in the double of k6: `default` was used')
})

test('passes errors on as this process knows them', async () => {
  const thrown = run('throw new RangeError("bad RATE")').catch((error: unknown) => error)
  expect(await thrown).toBeInstanceOf(Error)
  expect(await thrown).toMatchObject({ name: 'RangeError', message: 'bad RATE' })
  expect(((await thrown) as Error).stack).toContain('suite.js')
  await expect(run('throw "words"')).rejects.toThrow('the script threw words')
  await expect(run('export default (')).rejects.toThrow('suite.js:1:')
  const late = await run('export default async () => { throw new TypeError("late") }')
  await expect(late.iterate()).rejects.toMatchObject({ name: 'TypeError', message: 'late' })
  await expect(late.iterate({ exec: 'missing' })).rejects.toThrow("function 'missing' not found in exports")
})

test('stops a script that does not come back', async () => {
  const options = { env: {}, timeout: 50 }
  await expect(evaluate('for (;;) {}', options)).rejects.toThrow('the script ran for more than 50 ms')
  const bundle = await evaluate('export default () => { for (;;) {} }', options)
  await expect(bundle.iterate()).rejects.toThrow('the script ran for more than 50 ms')
})

test('timers and promises of the script run on virtual time', async () => {
  const bundle = await run(
    `import { sleep } from 'k6'
     export default async () => {
       const start = Date.now()
       await new Promise((resolve) => setTimeout(resolve, 60_000))
       sleep(5)
       return new Date() - start
     }`,
  )
  expect((await bundle.iterate()).returned).toEqual([65_000])
})

test('a module that the double has not does nothing where that is asked for', async () => {
  const bundle = await evaluate(
    `import fs, { open } from 'k6/experimental/fs'
     import { WebSocket } from 'k6/experimental/websockets'
     import ws from 'k6/ws'
     const file = new fs.File(); file.load(['.'], 'a.txt')
     export default async () => {
       fs.open(` +
      '`${file}:1`' +
      `)
       const { size } = file.stat('a', {})
       const socket = new WebSocket('ws://a'); socket.onopen = () => socket.send('x')
       for (const part of ws.connect('ws://a', {}, () => 0)) throw new Error(part)
       return [typeof open, size > 0, JSON.stringify({ size }), await socket.closed]
     }`,
    { env: {}, inert: true },
  )
  const { returned, errors } = await bundle.iterate()
  expect(errors).toEqual([])
  expect(returned).toEqual([['function', true, '{"size":"stand-in"}', expect.any(Function)]])
})

test('answers that give whatever is read of them let a walk go on, in setup and with what it hands on', async () => {
  const bundle = await run(
    `import http from 'k6/http'
     export const setup = () => ({ token: http.post('http://a/login').json('token').trim(), n: 1 })
     export default ({ token, n }) => {
       const items = http.get('http://a/items', { headers: { token }, tags: { token } }).json().items
       for (const { id } of items) http.get(` +
      '`http://a/${id}/${n}`' +
      `)
     }`,
  )
  expect((await bundle.setup({ onError: 'record' })).errors).toHaveLength(1)
  const { returned } = await bundle.setup({ fill: true })
  const { requests } = await bundle.iterate({ fill: true, data: returned[0] })
  expect(requests.map(({ url }) => url)).toEqual(['http://a/items', 'http://a/stand-in/1'])
})

test('a script that waits for the time to pass sees it pass', async () => {
  const code = 'export default () => { const end = Date.now() + 100; while (Date.now() < end); return true }'
  expect((await (await run(code)).iterate()).returned).toEqual([true])
})

test('what is rejected and handled by nobody ends the iteration, as in k6, and nobody else’s', async () => {
  const lost = `import http from 'k6/http'
    export default () => {
      const pay = async () => { throw new TypeError('not awaited ' + (await http.asyncRequest('GET', 'http://a/')).status) }
      pay()
    }`
  const [bad, good] = await Promise.all([run(lost), run('export default async () => 1')])
  const [one, other] = await Promise.all([bad.iterate({ onError: 'record' }), good.iterate()])
  expect(one.errors).toMatchObject([{ name: 'TypeError', message: 'not awaited 200' }])
  expect([other.errors, other.returned]).toEqual([[], [1]])
  await expect(run('Promise.reject(new Error("at init"))')).rejects.toThrow('at init')
})

test('a promise that nothing will settle is not waited for', async () => {
  const { warnings } = await (await run('export default () => new Promise(() => 0)')).iterate()
  expect(warnings).toEqual(['the iteration ended although its promise was never settled'])
  const digest = `export default async () => (await crypto.subtle.digest('SHA-256', new TextEncoder().encode('a'))).byteLength`
  expect((await (await run(digest)).iterate()).returned).toEqual([32])
})
