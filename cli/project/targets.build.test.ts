import { expect, test } from 'vitest'
import { scriptTargets } from './targets.ts'

const needsTarget = async (...given: Parameters<typeof scriptTargets>): Promise<boolean> =>
  (await scriptTargets(...given)).needsBaseUrl

const script = (head: string, url: string): string =>
  `import http from 'k6/http'\nimport { check } from 'k6'\n${head}\nexport default function () { const r = http.get(${url}); check(r, { up: (r) => r.status === 200 }); r.json('a').b.c }`
const quiet = (head: string, url: string): string => script(head, url).replace("; r.json('a').b.c", '')

test.each([
  ['a default beside it', '', "`${__ENV.BASE_URL || 'http://127.0.0.1:4100'}/`"],
  ['a default for nothing', "const { BASE_URL = 'http://a.example' } = __ENV", 'BASE_URL'],
  ['a default by a condition', "const at = __ENV.BASE_URL ? __ENV.BASE_URL : 'http://a.example'", 'at'],
  ['a comment alone', '// BASE_URL is documented here', "'http://a.example'"],
  ['another variable', '', '`${__ENV.HOST}/`'],
])('%s: the script has a target of its own, or needs another', async (_, head, url) => {
  expect(await needsTarget(quiet(head, url), {})).toBe(false)
})

test.each([
  ['a prefix', '', "__ENV.BASE_URL + '/ok'"],
  ['a template', '', '`${__ENV.BASE_URL}/ok`'],
  ['a host', '', '`http://${__ENV.BASE_URL}/ok`'],
  ['nothing else', '', '__ENV.BASE_URL'],
  ['a guard', "if (!__ENV.BASE_URL) throw new Error('BASE_URL is missing')", '__ENV.BASE_URL'],
  ['a function of it', "const at = __ENV.BASE_URL.replace(/x/, '')", 'at'],
])('%s: the script cannot do without', async (_, head, url) => {
  expect(await needsTarget(quiet(head, url), {})).toBe(true)
})

test.each([
  ['a page', "import { browser } from 'k6/browser'", 'const p = await browser.newPage(); await p.goto(AT)'],
  ['a WebSocket', "import { WebSocket } from 'k6/websockets'", 'new WebSocket(`${AT}/ws`)'],
  ['a socket', "import ws from 'k6/ws'", "ws.connect(AT + '/ws', {}, () => {})"],
  ['gRPC', "import grpc from 'k6/net/grpc'", 'new grpc.Client().connect(AT)'],
  ['a module from the web', "import http from 'https://jslib.k6.io/a/index.js'", 'http.get(`${AT}/a`)'],
])('%s without a host: the script cannot do without, unless it has one', async (_, head, call) => {
  const text = (at: string): string =>
    `${head}\nconst AT = ${at}\nexport default async function () { ${call} }`
  expect(await needsTarget(text('__ENV.BASE_URL'), {})).toBe(true)
  expect(await needsTarget(text("__ENV.BASE_URL || 'ws://a.example'"), {})).toBe(false)
})

test('what a script makes of an answer says nothing', async () => {
  expect(await needsTarget(script('', "__ENV.BASE_URL + '/'"), {})).toBe(true)
  expect(await needsTarget(script('', "'http://a.example'"), {})).toBe(false)
})

test('what goes wrong either way is not for want of a target', async () => {
  expect(await needsTarget(script("throw new Error('no')", '__ENV.BASE_URL'), {})).toBe(false)
  expect(await needsTarget('const = 5', {})).toBe(false)
})

test('other variables are as the script will find them', async () => {
  const text = quiet('', '`${__ENV.BASE_URL || __ENV.HOST}/`')
  expect(await needsTarget(text, {})).toBe(true)
  expect(await needsTarget(text, { HOST: 'http://a.example' })).toBe(false)
})

test('hosts are those of the requests of a pass, under the variables given', async () => {
  const text = quiet('', "`${__ENV.BASE_URL || 'https://api.example.com:8443'}/a?b`, { tags: { name: 'x' } }")
  expect(await scriptTargets(text, {})).toEqual({
    needsBaseUrl: false,
    hosts: ['https://api.example.com:8443'],
  })
  expect(await scriptTargets(text, { BASE_URL: 'http://a.example' })).toMatchObject({
    hosts: ['http://a.example'],
  })
})
