import { expect, test } from 'vitest'
import { examineScript, type CheckOptions, type Finding } from './check.ts'
import { RULES } from './rules/index.ts'

const checkBundle = async (code: string, options?: CheckOptions): Promise<Finding[]> =>
  (await examineScript(code, options)).findings

const HTTP = `import http from 'k6/http'\n`
const K6 = `import { check, group, sleep, fail } from 'k6'\n`
const WS = `import { WebSocket } from 'k6/websockets'\n`
const EXEC = `import exec from 'k6/execution'\n`
const METRICS = `import { Trend, Counter } from 'k6/metrics'\n`
const BROWSER = `import { browser } from 'k6/browser'\n`
const EMPTY = `export default function () {}\n`
const LITERAL = `export const options={scenarios:{ui:{executor:"shared-iterations",options:{browser:{type:"chromium"}}}}};`
const page = `export default async function () { const page = await browser.newPage(); await page.goto('https://shop.example/') }\n`
const body = (text: string): string => `export default function () { ${text} }\n`
const get = (params: string): string => HTTP + body(`http.get('https://shop.example/', ${params})`)
const options = (text: string): string => `export const options = ${text}\n${EMPTY}`
const scenario = (text: string): string =>
  options(`{ scenarios: { a: { executor: 'constant-vus', vus: 1, duration: '1s', ${text} } } }`)

interface Case {
  bad: string
  /** The near miss, in which the rule finds nothing. */
  good: string
  where?: string | RegExp
  got?: string | RegExp
  severity?: Finding['severity']
  how?: CheckOptions
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  size: [
    {
      bad: `${EMPTY}//${'x'.repeat(131_073 - EMPTY.length - 2)}`,
      good: `${EMPTY}//${'x'.repeat(131_072 - EMPTY.length - 2)}`,
      where: 'script.js',
      got: '131,073 bytes',
    },
  ],
  ascii: [
    {
      bad: `const a = 'č'\n${EMPTY}`,
      good: `const a = '\\u010d'\n${EMPTY}`,
      where: 'script.js:1:12',
      got: '"č"',
    },
  ],
  syntax: [
    { bad: `const a: number = 1\n${EMPTY}`, good: `const a = 1\n${EMPTY}`, where: 'script.js:1:8' },
    { bad: `import a from './a.json' with { type: 'json' }\n${EMPTY}`, good: EMPTY },
    { bad: body('using a = open'), good: body('const using = 1') },
    { bad: `class A { @d m() {} }\n${EMPTY}`, good: `class A { d() {} }\n${EMPTY}` },
    { bad: `${EMPTY}}`, good: EMPTY, where: 'script.js:2:1' },
    {
      bad: 'var a = 010\nexports.default = () => a',
      good: 'var a = 8\nexports.default = () => a',
      got: 'Invalid number',
    },
  ],
  'engine-syntax': [
    { bad: `async function* a() {}\n${EMPTY}`, good: `function* a() {}\n${EMPTY}`, where: 'script.js:1:1' },
    {
      bad: `export default async function () { for await (const a of []) {} }`,
      good: `export default async function () { for (const a of []) await a }`,
    },
    { bad: `const a = /a/d\n${EMPTY}`, good: `const a = /a/s\n${EMPTY}`, got: /flag/ },
    {
      bad: `export default async function () { await import('k6/http') }`,
      good: `${HTTP}export default async function () { await http.asyncRequest('GET', 'https://shop.example/') }`,
    },
  ],
  directive: [
    { bad: `'use k6 with k6/x/faker'\n${EMPTY}`, good: `'use strict'\n${EMPTY}`, where: 'script.js:1:1' },
    { bad: body(`'use k6 >= v2'`), good: body(`const a = 'use k6 >= v2'`) },
  ],
  extension: [
    {
      bad: `import sql from 'k6/x/sql'\n${EMPTY}`,
      good: `import sql from 'k6/html'\n${EMPTY}`,
      where: 'script.js:1:1',
    },
    { bad: `export { a } from 'k6/x/sql'\n${EMPTY}`, good: `export { check } from 'k6'\n${EMPTY}` },
    { bad: `export * from 'k6/x/sql'\n${EMPTY}`, good: `export * from 'k6'\n${EMPTY}` },
    { bad: `const a = require('k6/x/sql')\n${EMPTY}`, good: `const a = require('k6/http')\n${EMPTY}` },
    { bad: body(`import('k6/x/sql')`), good: body(`const a = 'k6/x/sql'`) },
  ],
  import: [
    {
      bad: `import { chunk } from 'lodash'\n${EMPTY}`,
      good: `import { uuidv4 } from 'https://jslib.k6.io/k6-utils/1.6.0/index.js'\n${EMPTY}`,
      got: '"lodash"',
    },
    { bad: `import a from './a.js'\n${EMPTY}`, good: EMPTY },
    {
      bad: `import a from 'http://shop.example/a.js'\n${EMPTY}`,
      good: `import a from 'https://shop.example/a.js'\n${EMPTY}`,
    },
    { bad: `import a from 'k6/htp'\n${EMPTY}`, good: `import a from 'k6/http'\n${EMPTY}` },
    { bad: `import a from 'k6/experimental/tracing'\n${EMPTY}`, good: EMPTY },
    { bad: `const fs = require('fs')\n${EMPTY}`, good: `const require = () => 1; require('fs')\n${EMPTY}` },
  ],
  'import-name': [
    {
      bad: `import { chek } from 'k6'\n${EMPTY}`,
      good: `import { check } from 'k6'\n${EMPTY}`,
      got: '"chek" of "k6"',
    },
    { bad: `export { a } from 'k6/http'\n${EMPTY}`, good: `export { get as a } from 'k6/http'\n${EMPTY}` },
  ],
  commonjs: [
    {
      bad: `const http = require('k6/http'); exports.default = function () { http.get('https://shop.example/') }`,
      good: HTTP + EMPTY,
      where: 'script.js:1:14',
    },
    {
      bad: `${HTTP}if (typeof module !== 'undefined') module.exports = {}\n${EMPTY}`,
      good: `${HTTP}const module = {}; module.exports = {}\n${EMPTY}`,
      severity: 'error',
    },
    {
      bad: `const { browser } = require('k6/browser'); exports.options = { scenarios: { ui: { executor: 'shared-iterations', options: { browser: { type: 'chromium' } } } } }; exports.default = async () => { await browser.newPage() }`,
      good: BROWSER + page + LITERAL,
      severity: 'error',
    },
  ],
  open: [
    {
      bad: `const a = open('./a.json')\n${EMPTY}`,
      good: `const open = () => 1; open('./a.json')\n${EMPTY}`,
      where: 'script.js:1:11',
    },
    { bad: `import { open } from 'k6/experimental/fs'\n${EMPTY}`, good: EMPTY },
    {
      bad: `const read = open; read('./a.json')\n${EMPTY}`,
      good: `const door = { open() {} }; door.open('./a')\n${EMPTY}`,
    },
  ],
  'grpc-load': [
    {
      bad: `import grpc from 'k6/net/grpc'\nconst client = new grpc.Client(); client.load(['.'], 'a.proto')\n${EMPTY}`,
      good: `import grpc from 'k6/net/grpc'\nconst client = new grpc.Client()\n${body(`client.connect('shop.example:443', { reflect: true })`)}`,
      where: 'script.js:2:35',
    },
    {
      bad: `import { Client } from 'k6/net/grpc'\nnew Client().loadProtoset('a')\n${EMPTY}`,
      good: `import { Client } from 'k6/net/grpc'\nconst own = { load() {} }; own.load()\n${EMPTY}`,
    },
  ],
  'default-export': [
    { bad: `export function browse() {}`, good: `export function browse() {}\n${EMPTY}`, got: 'only browse' },
    {
      bad: `export const options = {}`,
      good: `export { a as default }; function a() {}`,
      got: 'no exported function at all',
    },
    {
      bad: `export default { a: 1 }`,
      good: `export default () => 1`,
      got: 'a default export that is no function',
    },
    { bad: `export function setup() {}`, good: EMPTY, got: /around a run/ },
    { bad: `module.exports = function () {}`, good: `module.exports.default = function () {}` },
  ],
  'lifecycle-export': [
    {
      bad: `export const setup = 3\n${EMPTY}`,
      good: `export const setup = () => 3\n${EMPTY}`,
      where: 'export setup',
      got: 'a number',
    },
  ],
  'frozen-options': [
    { bad: options('Object.freeze({})'), good: options('{ ...Object.freeze({}) }'), where: 'options' },
  ],
  init: [
    { bad: `null.x\n${EMPTY}`, good: body('null.x'), where: 'script.js:1:6', got: /^TypeError: / },
    {
      bad: `import { Trend } from 'k6/metrics'\nnew Trend('a')\n${EMPTY}`,
      good: `import { Trend } from 'k6/metrics'\nnew Trend('ab')\n${EMPTY}`,
      got: /^Invalid metric name/,
    },
    {
      bad: `import { make } from 'https://shop.example/a.js'\nif (make() !== 3) throw new Error('three')\n${EMPTY}`,
      good: `import { make } from 'https://shop.example/a.js'\nexport const it = make().a.b(1)[2]\n${EMPTY}`,
      severity: 'warning',
      where: 'script.js:2:25',
    },
  ],
  target: [
    {
      bad: HTTP + body('http.get(`${__ENV.BASE_URL}/cart`)'),
      good: HTTP + body(`http.get(\`\${__ENV.BASE_URL || 'https://shop.example'}/cart\`)`),
      got: /unsupported protocol scheme/,
    },
    {
      bad: `${HTTP}const { HOST } = __ENV\n${body('http.get(`https://${HOST}/`)')}`,
      good: `${HTTP}const { HOST = 'shop.example' } = __ENV\n${body('http.get(`https://${HOST}/`)')}`,
      got: 'a request to https://undefined/',
    },
    { bad: HTTP + body(`http.get('/cart')`), good: HTTP + body(`http.get('https://shop.example/cart')`) },
    {
      bad: `if (!__ENV.BASE_URL) throw new Error('no target')\n${EMPTY}`,
      good: `if (__ENV.BASE_URL) throw new Error('no target')\n${EMPTY}`,
      where: 'script.js:1:28',
    },
  ],
  environment: [
    {
      bad: `${K6}${body('sleep(__ENV.PAUSE)')}`,
      good: `${K6}${body('sleep(__ENV.PAUSE ?? 1)')}`,
      where: 'script.js:2:36',
      severity: 'warning',
    },
    {
      bad: `const { WHO } = __ENV\n${body('WHO + 1')}`,
      good: `const { WHO = 'me' } = __ENV\n${body('WHO + 1')}`,
    },
    {
      bad: `const who = __ENV.WHO.trim()\n${EMPTY}`,
      good: `const who = (__ENV.WHO || 'me').trim()\n${EMPTY}`,
      severity: 'error',
    },
    { bad: body('__ENV.A + 1'), good: body('if (__ENV.A === undefined) return; __ENV.A + 1') },
  ],
  reachability: [
    {
      bad: HTTP + body(`http.get('http://localhost:3000/')`),
      good: HTTP + body(`http.get('http://shop.example/')`),
      where: 'localhost',
      got: 'loopback',
    },
    { bad: HTTP + body(`http.get('http://10.1.2.3/')`), good: HTTP + body(`http.get('http://11.1.2.3/')`) },
    {
      bad: HTTP + body(`http.get('http://shop.svc.cluster.local/')`),
      good: HTTP + body(`http.get('http://cluster.local.example/')`),
    },
    {
      bad: HTTP + body(`http.get('http://[::1]:8080/')`),
      good: HTTP + body(`http.get('http://[2001:db8::1]/')`),
    },
    { bad: HTTP + body(`http.get('http://frontend/')`), good: EMPTY },
  ],
  'browser-import': [
    { bad: `import * as b from 'k6/browser'\n${EMPTY}`, good: BROWSER + page + LITERAL },
    {
      bad: options(
        `{ scenarios: { ui: { executor: 'shared-iterations', options: { browser: { type: 'chromium' } } } } }`,
      ),
      good: EMPTY,
    },
    { bad: `import { devices } from 'k6/browser'\n${EMPTY}`, good: EMPTY, severity: 'warning' },
  ],
  'browser-options': [
    {
      bad: BROWSER + page,
      good: `import { browser as b } from 'k6/browser'\n${page.replace('browser', 'b')}${LITERAL}`,
    },
    {
      bad: `${BROWSER}${page}var options={scenarios:{ui:{executor:"shared-iterations",options:{browser:{type:"chromium"}}}}};export{options};`,
      good: BROWSER + page + LITERAL,
      got: /no `export const options/,
    },
    { bad: BROWSER + page + LITERAL.replace('chromium', 'firefox'), good: BROWSER + page + LITERAL },
    {
      bad: BROWSER + page + LITERAL.replace('{ui:', '{"my-ui":'),
      good: BROWSER + page + LITERAL.replace('{ui:', '{my_ui:'),
    },
    {
      bad: `${BROWSER}${page}const o = () => ({});${LITERAL.replace('{ui', '{...o(),ui')}`,
      good: `${BROWSER}${page}const o = {};${LITERAL.replace('{ui', '{...o,ui')}`,
      got: /spread/,
    },
    {
      bad: `${BROWSER}${page}const o={scenarios:{ui:{executor:"shared-iterations",options:{browser:{type:"chromium"}}}}};export const options=o;`,
      good: BROWSER + page + LITERAL,
    },
    { bad: BROWSER + page + LITERAL.replace('"chromium"', '`chromium`'), good: BROWSER + page + LITERAL },
    {
      bad: BROWSER + page + LITERAL.replace('executor', 'vus:2,iterations:2,executor'),
      good: BROWSER + page + LITERAL.replace('executor', 'vus:1,iterations:1,executor'),
    },
  ],
  'browser-load': [
    {
      bad: BROWSER + page + LITERAL.replace('{scenarios', '{vus:7,scenarios'),
      good: BROWSER + page + LITERAL,
      where: 'options.vus',
    },
    {
      bad: BROWSER + page + LITERAL.replace('"shared-iterations"', '"constant-vus",vus:1,duration:"1m"'),
      good: BROWSER + page + LITERAL.replace('shared', 'per-vu'),
    },
    {
      bad:
        BROWSER +
        page +
        LITERAL.replace('}}}}};', '}}},more:{executor:"shared-iterations",vus:50,iterations:50}}};'),
      good: BROWSER + page + LITERAL,
      where: 'options.scenarios.more',
    },
  ],
  options: [
    { bad: scenario('vuss: 3'), good: scenario('VUs: 3'), where: 'options.scenarios.a.vuss' },
    { bad: scenario('env: { A: 1 }'), good: scenario(`env: { A: '1' }`), where: 'options.scenarios.a.env.A' },
    {
      bad: scenario(`exec: 'browse'`),
      good: `${scenario(`exec: 'browse'`)}export function browse() {}`,
      where: 'options.scenarios.a.exec',
    },
    { bad: scenario('').replace('constant-vus', 'constant-vu'), good: scenario('') },
    { bad: scenario('').replace('a:', `'a b':`), good: scenario('').replace('a:', `'a-b':`) },
    { bad: scenario('options: { browsers: {} }'), good: scenario('options: {}') },
    {
      bad: options(
        `{ scenarios: { a: { executor: 'ramping-vus', stages: [{ duration: '1s', target: 1, targt: 2 }] } } }`,
      ),
      good: options(
        `{ scenarios: { a: { executor: 'ramping-vus', stages: [{ duration: '1s', target: 1 }] } } }`,
      ),
    },
    {
      bad: options(
        `{ scenarios: { a: { executor: 'constant-arrival-rate', rate: 2.5, duration: '1s', preAllocatedVUs: 1 } } }`,
      ),
      good: options(
        `{ scenarios: { a: { executor: 'constant-arrival-rate', rate: 25, timeUnit: '10s', duration: '1s', preAllocatedVUs: 1 } } }`,
      ),
    },
    {
      bad: options(`{ vus: 0, duration: '10s' }`),
      good: options(`{ vus: 1, duration: '10s' }`),
      where: 'options.vus',
      got: '0',
    },
    { bad: options('{ vus: 20, iterations: 5 }'), good: options('{ vus: 5, iterations: 20 }') },
    {
      bad: scenario(`startTime: '-1s'`),
      good: scenario(`startTime: '1s'`),
      where: 'options.scenarios.a.startTime',
    },
    {
      bad: options(`{ scenarios: { a: { executor: 'constant-vus', vus: 2 } } }`),
      good: options(`{ scenarios: { a: { executor: 'constant-vus', vus: 2, duration: '1s' } } }`),
      got: 'nothing',
    },
    {
      bad: options(`{ scenarios: { a: { executor: 'constant-vus', vus: 2, duration: '500ms' } } }`),
      good: options(`{ scenarios: { a: { executor: 'constant-vus', vus: 2, duration: 1000 } } }`),
      where: 'options.scenarios.a.duration',
    },
    {
      bad: options(`{ scenarios: { a: { executor: 'ramping-vus', stages: [] } } }`),
      good: options(`{ stages: [] }`),
      where: 'options.scenarios.a.stages',
    },
    { bad: options('{ tags: { a: 1 } }'), good: options(`{ tags: { a: '1' } }`) },
    { bad: options(`{ duration: '1s', scenarios: {} }`), good: options(`{ duration: '1s', iterations: 2 }`) },
    { bad: options('{ vus: NaN }'), good: options('{ vus: 1 }'), got: 'NaN' },
    { bad: options('[]'), good: options('undefined'), got: 'a list' },
    {
      bad: options('() => 1'),
      good: `import { made } from 'https://shop.example/options.js'\n${options('{ ...made, vus: made.vus, tags: { a: made.a }, scenarios: { a: made(), b: { executor: made.b } } }')}`,
    },
    {
      bad: options(`{ scenarios: { a: 'b' } }`),
      good: `export { options } from 'https://shop.example/options.js'\n${EMPTY}`,
    },
  ],
  'option-unknown': [
    {
      bad: options('{ treshold: {} }'),
      good: options('{ INSECUREskipTlsVerify: true }'),
      where: 'options.treshold',
    },
  ],
  'option-overridden': [
    {
      bad: options('{ maxRedirects: 0 }'),
      good: options(`{ userAgent: 'me' }`),
      where: 'options.maxRedirects',
    },
  ],
  'system-tags': [
    {
      bad: options(`{ systemTags: ['name', 'status'] }`),
      good: options(`{ systemTags: ['name', 'status', 'expected_response', 'error_code'] }`),
    },
  ],
  threshold: [
    {
      bad: options(`{ thresholds: { nope: ['rate<1'] } }`),
      good: METRICS + options(`{ thresholds: { nope: ['count<1'] } }`) + `new Counter('nope')`,
      severity: 'error',
    },
    {
      bad: options(`{ thresholds: { http_reqs: ['p(95)<1'] } }`),
      good: options(`{ thresholds: { http_req_duration: ['p(95)<1'] } }`),
    },
    {
      bad: options(`{ thresholds: { browser_web_vital_lcp: ['p(75)<1'] } }`),
      good:
        BROWSER +
        page +
        LITERAL.replace('{scenarios', `{thresholds:{browser_web_vital_lcp:['p(75)<1']},scenarios`),
    },
    {
      bad: `import 'https://shop.example/metrics.js'\n${options(`{ thresholds: { nope: ['rate<1'] } }`)}`,
      good: EMPTY,
      severity: 'warning',
    },
  ],
  'metric-name': [
    {
      bad: METRICS + `new Trend('success')\n${EMPTY}`,
      good: METRICS + `new Trend('my_success')\n${EMPTY}`,
      where: 'metric success',
    },
  ],
  'metric-twin': [
    {
      bad: METRICS + `new Trend('script_duration_seconds')\n${EMPTY}`,
      good: METRICS + `new Trend('script_seconds')\n${EMPTY}`,
    },
  ],
  'tag-reserved': [
    { bad: get(`{ tags: { job: 'a' } }`), good: get(`{ tags: { jobs: 'a' } }`), where: 'script.js:2:74' },
    {
      bad: METRICS + `const own = new Trend('own')\n${body(`own.add(1, { config_version: 'a' })`)}`,
      good: METRICS + `const own = { add() {} }\n${body(`own.add(1, { config_version: 'a' })`)}`,
    },
    {
      bad: EXEC + body(`exec.vu.metrics.tags.probe = 'a'`),
      good: EXEC + body(`exec.vu.metrics.metadata.probe = 'a'`),
    },
    {
      bad: EXEC + body(`const { tags } = exec.vu.metrics; tags['in' + 'stance'] = 'a'`),
      good: EMPTY,
      where: 'metric iteration_duration, tag instance',
    },
    { bad: options(`{ tags: { instance: 'a' } }`), good: EMPTY, where: 'options.tags.instance' },
  ],
  'tag-clash': [
    { bad: get(`{ tags: { 'x-y': 'a', x_y: 'b' } }`), good: get(`{ tags: { 'x-y': 'a', xy: 'b' } }`) },
    { bad: get(`{ tags: { __name__: 'a' } }`), good: get(`{ tags: { _name_: 'a' } }`) },
    {
      bad: METRICS + `const a = new Trend('aa')\n${body(`a.add(1, { 'x-y': 'a' }); a.add(1, { x_y: 'a' })`)}`,
      good:
        METRICS + `const a = new Trend('aa')\n${body(`a.add(1, { 'x-y': 'a' }); a.add(1, { x_yy: 'a' })`)}`,
      severity: 'error',
    },
    {
      bad:
        METRICS +
        `const a = new Trend('aa'), b = new Trend('bb')\n${body(`a.add(1, { 'x-y': 'a' }); b.add(1, { x_y: 'a' })`)}`,
      good: EMPTY,
      severity: 'warning',
    },
  ],
  'tag-rewritten': [
    {
      bad: get(`{ tags: { '1st': 'a' } }`),
      good: get(`{ tags: { first1: 'a' } }`),
      got: 'the tag "1st", which becomes _st',
    },
  ],
  'tag-resource-type': [
    { bad: get(`{ tags: { resource_type: 'image' } }`), good: get(`{ tags: { resource: 'image' } }`) },
  ],
  'tag-dropped': [
    {
      bad: METRICS + `const own = new Trend('own')\n${body(`own.add(1, { error: 'a' })`)}`,
      good: METRICS + `const own = new Trend('own')\n${body(`own.add(1, { cause: 'a' })`)}`,
    },
  ],
  'tag-shared': [
    { bad: get(`{ tags: { source: 'a' } }`), good: get(`{ tags: { origin: 'a' } }`) },
    {
      bad:
        HTTP +
        body(
          `for (const phase of ['a', 'b']) http.get('https://shop.example/', { tags: { name: 'home', phase } })`,
        ),
      good:
        HTTP +
        body(
          `for (const phase of ['a', 'b']) http.get('https://shop.example/', { tags: { name: phase, phase } })`,
        ),
      where: 'request home',
    },
  ],
  'tag-length': [
    { bad: get(`{ tags: { a: 'x'.repeat(2049) } }`), good: get(`{ tags: { a: 'x'.repeat(2048) } }`) },
  ],
  'tag-varying': [
    {
      bad: METRICS + `const own = new Trend('own')\n${body('own.add(1, { item: Math.random() })')}`,
      good: METRICS + `const own = new Trend('own')\n${body('own.add(1, { item: __ITER % 5 })')}`,
      where: 'the tag "item" of own',
    },
    {
      bad:
        HTTP +
        K6 +
        body(
          `const r = http.get('https://shop.example/', { tags: { name: 'a' } }); check(r, { ['item ' + __ITER]: (r) => r.status === 200 })`,
        ),
      good:
        HTTP +
        K6 +
        body(
          `const r = http.get('https://shop.example/', { tags: { name: 'a' } }); check(r, { item: (r) => r.status === 200 })`,
        ),
      where: 'names of checks',
      got: '12 values in 12 iterations',
    },
    {
      bad:
        HTTP +
        body(
          `for (let i = 0; i < 40; i++) http.get('https://shop.example/' + i, { tags: { name: 'item ' + i } })`,
        ),
      good:
        HTTP +
        body(
          `for (let i = 0; i < 4; i++) http.get('https://shop.example/' + i, { tags: { name: 'item ' + i } })`,
        ),
      where: 'names of requests',
    },
  ],
  'always-fails': [
    {
      bad:
        EXEC +
        HTTP +
        body(
          `const path = { shop: '/shop' }[exec.scenario.name]; http.get('https://shop.example' + path.trim())`,
        ),
      good:
        EXEC +
        HTTP +
        body(
          `const path = { default: '/shop' }[exec.scenario.name]; http.get('https://shop.example' + path.trim())`,
        ),
      where: 'the pass',
      got: /^TypeError: /,
    },
    {
      bad: METRICS + body(`new Counter('late').add(1)`),
      good: METRICS + `const early = new Counter('early')\n${body('early.add(1)')}`,
      got: /metrics must be declared in the init context/,
    },
    {
      bad: `${HTTP}export const options = { discardResponseBodies: true }\n${body(`if (!http.get('https://shop.example/', { timeout: '5s', tags: { name: 'a' } }).body.includes('ok')) throw new Error('down')`)}`,
      good:
        HTTP +
        body(
          `if (!http.get('https://shop.example/', { timeout: '5s', tags: { name: 'a' } }).body.includes('ok')) throw new Error('down')`,
        ),
    },
  ],
  'log-unreadable': [
    {
      bad: body(`console.log('\\u001b[32mok\\u001b[0m')`),
      good: body(`console.log('ok\\t“ä” 😀')`),
      where: 'the console',
      got: /^the escape \\x1b in /,
    },
    {
      bad:
        HTTP +
        K6 +
        body(
          `check(http.get('https://shop.example/', { tags: { name: 'a' } }), { 'is\\u0007': (r) => r.status === 200 })`,
        ),
      good:
        HTTP +
        K6 +
        body(
          `check(http.get('https://shop.example/', { tags: { name: 'a' } }), { 'is\\n': (r) => r.status === 200 })`,
        ),
      where: 'a check',
    },
    { bad: body(`console.log('x'.repeat(70000))`), good: body(`console.log('x'.repeat(60000))`) },
  ],
  'tag-undefined': [
    {
      bad: get(`{ tags: { a: undefined } }`),
      good: get(`{ tags: { a: String(undefined) } }`),
      where: 'tag a',
      severity: 'error',
    },
    {
      bad: METRICS + `const own = new Trend('own')\n${body('own.add(1, { a: null })')}`,
      good: METRICS + `const own = new Trend('own')\n${body('own.add(1, { a: 0 })')}`,
    },
    {
      bad:
        HTTP +
        METRICS +
        `const own = new Trend('own')\n${body(`const r = http.get('https://shop.example/', { throw: false }); own.add(1, { from: r.headers['Content-Type'] })`)}`,
      good: EMPTY,
      severity: 'warning',
    },
  ],
  series: [
    {
      bad:
        HTTP +
        body(
          `for (let i = 0; i < 60; i++) http.get('https://shop.example/', { tags: { name: 'request number ' + i } })`,
        ),
      good:
        HTTP +
        body(
          `for (let i = 0; i < 20; i++) http.get('https://shop.example/', { tags: { name: 'request number ' + i } })`,
        ),
      severity: 'error',
      got: /^about 10\d\d series, /,
    },
    {
      bad:
        HTTP +
        body(
          `for (let i = 0; i < 27; i++) http.get('https://shop.example/', { tags: { name: 'request number ' + i } })`,
        ),
      good: EMPTY,
      severity: 'warning',
    },
  ],
  'request-name': [
    {
      bad: HTTP + body('http.get(`https://shop.example/product/${Math.random()}`)'),
      good:
        HTTP +
        body(`http.get(\`https://shop.example/product/\${Math.random()}\`, { tags: { name: 'product' } })`),
      where: 'https://shop.example/product/0.…',
    },
    {
      bad:
        HTTP +
        body(
          `const id = http.get('https://shop.example/').json('id'); http.get('https://shop.example/p/' + id)`,
        ),
      good: HTTP + body('const id = Math.random(); http.get(http.url`https://shop.example/p/${id}`)'),
    },
    {
      bad: HTTP + body(`http.post('https://shop.example/p/' + __VU, null, { headers: {} })`),
      good: `const BASE = 'https://shop.example', PATH = '/cart'\n${HTTP}${body('http.get(`${BASE}${PATH}`)')}`,
    },
  ],
  'request-timeout': [
    { bad: get('{}'), good: get(`{ timeout: '5s' }`), got: '60 s, in a check of 15 s' },
    { bad: get(`{ timeout: '5s' }`), good: get(`{ timeout: '2s' }`), how: { timeout: 3000 } },
    {
      bad: WS + body(`new WebSocket('ws://shop.example/ws')`),
      good:
        HTTP +
        WS +
        body(`http.get('http://shop.example/ws', { timeout: '5s', tags: { name: 'preflight' } })
          new WebSocket('ws://shop.example/ws')`),
    },
  ],
  duration: [
    { bad: K6 + body('sleep(16)'), good: K6 + body('sleep(14)'), severity: 'warning' },
    { bad: K6 + body('sleep(181)'), good: EMPTY, severity: 'error' },
  ],
  verdict: [
    {
      bad: HTTP + K6 + body(`check(http.get('https://shop.example/'), { up: (r) => r.status === 200 })`),
      good:
        HTTP +
        K6 +
        body(`if (!check(http.get('https://shop.example/'), { up: (r) => r.status === 200 })) fail('down')`),
      got: 'checks that fail and end nothing: up',
    },
    {
      bad: get('{}'),
      good:
        HTTP + EXEC + body(`if (http.get('https://shop.example/').status !== 200) exec.test.fail('down')`),
    },
    {
      bad: get('{}'),
      good: `import { expect } from 'https://jslib.k6.io/k6-testing/0.6.1/index.js'\n${get('{}')}`,
    },
  ],
  'async-check': [
    {
      bad: K6 + `export default async function () { check(null, { 'never false': async () => false }) }`,
      good:
        K6 +
        `export default async function () { const ok = await false; check(ok, { 'may be false': (ok) => ok }) }`,
      where: 'script.js:2:65',
    },
    {
      bad: `import * as k6 from 'k6'\nexport default async function () { k6.group('a', async () => {}) }`,
      good: `const check = (a, b) => b\n${body('check(null, { a: async () => 1 })')}`,
    },
    {
      bad: K6 + `const all = { a: async () => 1 }\n${body('check(null, all)')}`,
      good: K6 + `const all = { a: () => 1 }\n${body('check(null, all)')}`,
      where: 'the pass',
    },
  ],
  'dead-target': [
    {
      bad:
        HTTP +
        K6 +
        body(`const r = http.get('https://shop.example/'); check(r, { a: (r) => r.body.includes('a') })`),
      good:
        HTTP +
        K6 +
        body(
          `const r = http.get('https://shop.example/'); check(r, { a: (r) => (r.body || '').includes('a') })`,
        ),
    },
  ],
  'log-size': [
    { bad: body(`console.log('x'.repeat(262_000))`), good: body(`console.log('x'.repeat(250_000))`) },
  ],
  'log-verdict': [
    { bad: body(`console.error('Uncaught (in promise) x')`), good: body(`console.error('uncaught x')`) },
  ],
  'undefined-name': [
    {
      bad: body(`fetch('https://shop.example/')`),
      good: body(`if (typeof fetch !== 'undefined') fetch('https://shop.example/')`),
      severity: 'error',
      where: 'script.js:1:30',
      got: 'fetch',
    },
    {
      bad: body('if (__VU > 99) process.exit()'),
      good: `const process = {}\n${body('if (__VU > 99) process.exit()')}`,
      severity: 'warning',
    },
  ],
  'newer-engine': [
    {
      bad: body('new TextEncoder()'),
      good: body(`typeof TextEncoder === 'undefined' || new TextEncoder()`),
    },
    {
      bad: `import { WritableStream } from 'k6/experimental/streams'\n${EMPTY}`,
      good: `import { ReadableStream } from 'k6/experimental/streams'\n${EMPTY}`,
    },
  ],
  'secret-literal': [
    {
      bad: `const a = 'glc_${'abcdefghij'.repeat(3)}'\n${EMPTY}`,
      good: `const a = 'glc_short'\n${EMPTY}`,
      got: 'what looks like a Grafana token',
    },
    {
      bad: `const user = { password: 'hunter22' }\n${EMPTY}`,
      good: `const user = { password: secret }; function secret() {}\n${EMPTY}`,
      got: 'a text named "password"',
    },
    {
      bad: HTTP + body(`http.get('https://me:sekrit@shop.example/')`),
      good: HTTP + body(`http.get('https://shop.example/@me:x')`),
    },
    { bad: `const API_KEY = 'abcdef123456'\n${EMPTY}`, good: `const API_KEY = 'x'\n${EMPTY}` },
  ],
  'secret-name': [
    {
      bad: `import secrets from 'k6/secrets'\nexport default async function () { await secrets.get('a b') }`,
      good: `import secrets from 'k6/secrets'\nexport default async function () { await secrets.get('a-b') }`,
    },
  ],
  unwalked: [
    {
      bad: `const a = await Promise.resolve(1)\n${EMPTY}`,
      good: `export default async function () { await Promise.resolve(1) }`,
      got: /top level/,
    },
    { bad: body(`throw new Error('no')`), good: EMPTY, got: 'no' },
  ],
  todo: [
    {
      bad: `${EMPTY}  // TODO(import): a script\n`,
      good: `${EMPTY}// TODO: a script\n`,
      where: 'script.js:2',
      got: 'a script',
    },
  ],
}

const all = Object.entries(CASES).flatMap(([rule, cases]) =>
  cases.map((one, index) => [`${rule} ${index + 1}`, rule, one] as const),
)

test('every rule has a script that breaks it', () => {
  expect(RULES.map(({ id }) => id).filter((id) => !(id in CASES))).toEqual([])
  expect(Object.keys(CASES).filter((id) => !RULES.some((rule) => rule.id === id))).toEqual([])
})

test('every rule has words, and a name of its own', () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
  for (const { id, looks, why, fix } of RULES)
    for (const words of [looks, why, fix]) expect(words, id).toMatch(/^[^|\n]{10,300}$/)
})

test.each(all)('%s: the bad one is found', async (_, rule, { bad, how, ...expected }) => {
  const found = (await checkBundle(bad, how)).filter((finding) => finding.rule === rule)
  expect(found.length).toBeGreaterThan(0)
  for (const [key, value] of Object.entries(expected))
    if (key !== 'good')
      expect(found[0]?.[key as keyof Finding]).toEqual(
        typeof value === 'string' ? value : expect.stringMatching(value),
      )
  for (const { where, got, why, fix } of found)
    for (const words of [where, got, why, fix]) expect(words).not.toBe('')
})

test.each(all)('%s: the near miss is not', async (_, rule, { good, how }) => {
  const found = await checkBundle(good, how)
  expect(found.filter((finding) => finding.rule === rule)).toEqual([])
  expect(found.filter((finding) => finding.rule === 'syntax' && rule !== 'syntax')).toEqual([])
})
