import fc from 'fast-check'
import { expect, test } from 'vitest'
import { examineScript, type CheckOptions, type Finding } from './check.ts'

const checkBundle = async (code: string, options?: CheckOptions): Promise<Finding[]> =>
  (await examineScript(code, options)).findings

const GOOD = `import http from 'k6/http'
import { check } from 'k6'
import exec from 'k6/execution'
export default function () {
  const answer = http.get('https://shop.example/', { timeout: '5s', tags: { name: 'home' } })
  if (!check(answer, { up: ({ status }) => status === 200 })) exec.test.fail('the shop is down')
}
`
const rules = async (code: string, how?: CheckOptions): Promise<string[]> =>
  (await checkBundle(code, how)).map(({ rule, severity }) => `${severity} ${rule}`)

test('a good script of somebody else has no finding', async () => {
  expect(await examineScript(GOOD)).toEqual({
    kind: 'scripted',
    bytes: Buffer.byteLength(GOOD),
    findings: [],
    // 17 of the request, 3 of the check, 3 of the iteration, and the script's duration.
    published: { series: 24, bytes: expect.any(Number) as number },
  })
})

test('a finding says which rule, where, what, why, and what to do', async () => {
  expect(
    await checkBundle(`const rows = open('rows.csv')\n${GOOD.replaceAll(/^import/gm, '  import')}`),
  ).toEqual([
    {
      rule: 'open',
      severity: 'error',
      where: 'script.js:1:14',
      got: 'open()',
      why: expect.stringContaining('exit 107') as string,
      fix: expect.stringContaining('pool') as string,
    },
  ])
})

test('errors come first', async () => {
  const found = await rules(`const č = 1\nimport a from 'k6/x/sql'\n${GOOD}`)
  expect(found).toEqual(['error extension', 'warning ascii'])
})

/** What a suite looks like that reads its config from a file and names its scenarios, once webpack wrote CommonJS. */
const SUITE = `"use strict";
var __toESM = (module) => module && module.__esModule ? module : Object.assign(Object.create(module), { default: module });
Object.defineProperty(exports, "__esModule", { value: true });
exports.shopper = exports.browser = exports.setup = exports.options = void 0;
var import_http = __toESM(require("k6/http"));
var import_k6 = require("k6");
var config = JSON.parse(open(__ENV.CONFIG_FILE));
var BASE = __ENV.BASE_URL || "http://192.168.1.20:8080";
exports.options = config;
function setup() { import_http.default.get(BASE); return {}; }
exports.setup = setup;
function browser() {
  const response = import_http.default.get(BASE + "/", { tags: { name: "home" } });
  import_k6.check(response, { "shows products": (r) => r.body.includes("Hot Products") });
  import_k6.sleep(20);
}
exports.browser = browser;
exports.shopper = browser;
`

test('the kind of suite that cannot be pasted: each fault is named', async () => {
  const findings = await checkBundle(SUITE, { file: 'dist/main.js' })
  expect(findings.map(({ rule, severity, where }) => `${severity} ${rule} ${where}`)).toEqual([
    'error open dist/main.js:7:25',
    'error default-export dist/main.js',
    'warning commonjs dist/main.js:3:23',
    'warning environment dist/main.js:7:30',
    'warning reachability 192.168.1.20',
    'warning request-timeout http://192.168.1.20:8080, home',
    'warning duration the pass',
    'warning verdict the pass',
    'warning dead-target the pass',
  ])
})

test('its browser suite: each fault is named', async () => {
  const code = `var import_browser = require("k6/browser"); var import_k6 = require("k6");
    exports.options = JSON.parse(open("./browser.json"));
    exports.flow = async function () {
      const page = await import_browser.browser.newPage();
      import_k6.check(page, { "has products": async (p) => p.locator(".product").isVisible() });
    };`
  expect(await rules(code)).toEqual([
    ...[
      'error commonjs',
      'error open',
      'error default-export',
      'error browser-import',
      'error browser-options',
    ],
    ...['error async-check', 'warning verdict'],
  ])
})

test('places are those of the sources, where a map knows them', async () => {
  const map = JSON.stringify({ version: 3, sources: ['suites/a.ts'], names: [], mappings: 'AAIA,SAAS' })
  const found = await checkBundle(`open('a');${GOOD}`, { map })
  expect(found.map(({ where }) => where)).toEqual(['suites/a.ts:5:1'])
})

test('what a script says cannot repaint the terminal, nor fill it', async () => {
  const evil = '\u001b[2J\u202e' + 'x'.repeat(10_000)
  const code = `import { Trend } from 'k6/metrics'
    throw new Error(${JSON.stringify(evil)})\n${GOOD.replaceAll(/^import/gm, ';import')}`
  const text = JSON.stringify(await checkBundle(code, { file: `${evil}.js` }))
  // eslint-disable-next-line no-control-regex -- these must not be there
  expect(text).not.toMatch(/[\u0000-\u001f\u202e]|\\u001b/)
  expect(text.length).toBeLessThan(5000)
})

test('many places of one rule are told in few lines', async () => {
  const found = await checkBundle(`${`open('a');`.repeat(500)}\n${GOOD}`)
  expect(found).toHaveLength(10)
  expect(found.at(-1)?.got).toBe('open() (and 490 more)')
})

test('a rejection that nobody handles is the script’s, and does not end the process', async () => {
  const floating = `${GOOD}\n;(async () => { throw new Error('lost') })()`
  expect(await rules(floating)).toEqual(['error init'])
  const twice = await Promise.all([rules(floating), rules(GOOD)])
  expect(twice).toEqual([['error init'], []])
})

test('a script that does not come back is told, not waited for', async () => {
  const how = { patience: 200 }
  expect(await rules(`for (;;) {}\n${GOOD.replaceAll(/^import/gm, ';import')}`, how)).toEqual(['error init'])
  expect(await rules(GOOD.replace('const answer', 'for (;;) {} const answer'), how)).toEqual([
    'warning unwalked',
  ])
})

test('it takes the script as it is: nesting, emptiness, bytes that are no text', async () => {
  expect(await rules('')).toContain('error default-export')
  expect(await rules('('.repeat(100_000))).toEqual(['error syntax'])
  expect(await rules(`export default () => ${'-'.repeat(50_000)}1`)).toEqual(['error syntax'])
  expect(await rules('\u0000\uffff')).toContain('error syntax')
})

const piece = fc.constantFrom(
  ...`import http from 'k6/http'|import {check} from "k6";|export default|export const options =|{|}|(|)|=>|async|await|function f|const a =|__ENV.A|open(|'x'|\`\${a}\`|http.get(|check(null, {|class A {|#p|...|,|;|\n|/re/d|yield|throw|new|Proxy|require('k6')|module.exports =|1n|null.x|🙂|\u2028|for (const x of`.split(
    '|',
  ),
)
test('whatever it is given, it ends with findings', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const found = await checkBundle(pieces.join(' '))
      for (const { rule, severity, where, got, why, fix } of found) {
        expect([rule, where, got, why, fix]).not.toContain('')
        expect(severity).toMatch(/^(error|warning)$/)
        // No stack.
        expect(got).not.toMatch(/\n|\s+at .*:\d+:\d+/)
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)

test('whatever is cut out of a script, it ends with findings', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(SUITE.length), fc.nat(60), async (from, length) => {
      const found = await checkBundle(SUITE.slice(0, from) + SUITE.slice(from + length), { patience: 500 })
      for (const { got } of found) expect(got).not.toMatch(/\n|\s+at .*:\d+:\d+/)
    }),
    { numRuns: 100 },
  )
}, 60_000)

test('the timeout of the check decides what is too slow', async () => {
  expect(await checkBundle(GOOD, { timeout: 4000 })).toMatchObject([{ rule: 'request-timeout' }])
  expect(await checkBundle(GOOD, { timeout: 5000 })).toEqual([])
})

test('files that lie beside the script are read for what comes after', async () => {
  const code = `const { path } = JSON.parse(open('a.json'))\n${GOOD.replaceAll(/^import/gm, ';import').replace("shop.example/'", "shop.example/' + path")}`
  const seen: string[] = []
  await examineScript(code, { open: (path) => (seen.push(path), '{"path":"cart"}') })
  expect(new Set(seen)).toEqual(new Set(['a.json']))
})
