import { transform } from 'esbuild'
import { expect, test } from 'vitest'
import { convertScript, isK6Script } from './convertScript.ts'

const HEAD = `import http from 'k6/http'
import { check, group, sleep } from 'k6'
const BASE = 'https://shop.example.com/api'
`
const imported = async (body: string, head = HEAD) => {
  const made = await convertScript(`${head}${body}`, 'orders.js', 'orders')
  // It is code that can be read.
  await transform(made.text, { loader: 'ts' })
  return made
}
const inDefault = async (...lines: string[]): Promise<string> =>
  (await imported(`export default function () {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`)).text

test('groups are steps, pauses think time, the default function a journey', async () => {
  const text = await inDefault(
    "group('look', function () {",
    '  http.get(`${BASE}/products`)',
    '  sleep(1)',
    '})',
    'sleep(Math.random() * 3)',
  )
  expect(text).toContain(`export const orders = journey('orders', () => {
  step('look', function () {
    api.get('/api/products', { name: '/api/products' })
  })
  think(1)
  think(Math.random() * 3)
})

const ordersSuite = suite({`)
  expect(text).not.toMatch(/k6\/http|from 'k6'|BASE =/)
})

test.each([
  [
    'http.get(`${BASE}/orders/${id}?page=2`)',
    "api.get(`/api/orders/${id}?page=2`, { name: '/api/orders/:id' })",
  ],
  ["http.del(BASE + '/orders/' + id)", "api.del(`/api/orders/${id}`, { name: '/api/orders/:id' })"],
  ['http.post(BASE, JSON.stringify({ a: 1 }))', "api.post('/api', { name: '/api', json: { a: 1 } })"],
  [
    'http.put(BASE, { a: 1 }, { timeout: 500 })',
    "api.put('/api', { name: '/api', form: { a: 1 }, timeout: 500 })",
  ],
  ['http.post(BASE, null, params)', "api.post('/api', { name: '/api', ...params })"],
  ["http.request('PURGE', BASE, 'all')", "api.request('PURGE', '/api', { name: '/api', body: 'all' })"],
  ["http.get(http.url`${BASE}/a`, { tags: { name: 'one' } })", "api.get('/api/a', { name: 'one' })"],
  ["http.get('https://other.example.net/x')", "api.get('https://other.example.net/x', { name: '/x' })"],
  ['http.batch([])', 'http.batch([])'],
  ['http.batch(requests)', 'http.batch(requests)'],
  ["http.batch([['GET', `${BASE}/a`], one])", "http.batch([['GET', "],
  ["http.batch({ a: 'https://other.example.net/a' })", "http.batch({ a: 'https"],
  [
    "const [a] = http.batch([`${BASE}/a?b=1`, ['GET', BASE + '/c', null, { tags: { name: 'see' } }]])",
    `const [a] = api.batch([
    { method: 'GET', path: '/api/a?b=1', name: '/api/a' },
    { method: 'GET', path: '/api/c', name: 'see' },
  ])`,
  ],
  [
    "http.batch([{ method: 'POST', url: `${BASE}/a`, body: JSON.stringify({ b: 1 }), params }])",
    "{ method: 'POST', path: '/api/a', name: '/api/a', json: { b: 1 }, ...params }",
  ],
  ['check(r, { a: (r) => r.status === 200 })', 'check(r, { a: status(200) })'],
  ['check(r, { a: (x) => x.status == 200 || x.status == 204 })', 'check(r, { a: status(200, 204) })'],
  ["check(r, { a: (r) => r.body.includes('Mug') })", "check(r, { a: contains('Mug') })"],
  ['check(r, { a: (r) => r.timings.duration < 500 })', 'check(r, { a: within(500) })'],
  ['check(r, { a: (r) => r.json().ok })', 'check(r, { a: (r) => r.json().ok })'],
])('%s becomes %s', async (line, wanted) => {
  expect(await inDefault('http.get(`${BASE}/x`)', line)).toContain(wanted)
})

test('a batch says the base URL, too', async () => {
  const { text } = await imported(`export default function () {
  http.batch(['https://shop.example.com/a', ['GET', 'https://shop.example.com/b']])
}
`)
  expect(text).toContain("{ method: 'GET', path: '/a', name: '/a' }")
  expect(text).toContain("{ method: 'GET', path: '/b', name: '/b' }")
})

test('secrets are read from variables, wherever they stand, and shown nowhere', async () => {
  const made = await imported(`// the password is swordfish, and token: abc12345
const TOKEN_URL = '/oauth/token'
const params = { headers: { Authorization: 'Bearer SplxlOBeZQQYbYS6WxSbIA' } }
export default function () {
  const id = http.post(\`\${BASE}\${TOKEN_URL}\`, { user: 'ada', password: 'swordfish', pin: 4711 }).json('id')
  http.get(\`\${BASE}/orders/\${id}?api_key=k-12345678&page=2\`, params)
}
`)
  expect(made.text).toContain("headers: { Authorization: `Bearer ${secret('AUTHORIZATION')}` }")
  expect(made.text).toContain("{ user: 'ada', password: secret('PASSWORD'), pin: Number(secret('PIN')) }")
  expect(made.text).toContain("orders/${id}?api_key=${encodeURIComponent(secret('API_KEY'))}&page=2`")
  expect(made.text).toContain("const TOKEN_URL = '/oauth/token'")
  expect(made.text).toContain('const secret = (name: string)')
  expect(made.secrets).toEqual(['API_KEY', 'AUTHORIZATION', 'PASSWORD', 'PIN'])
  expect(JSON.stringify(made)).not.toMatch(/swordfish|abc12345|Splxl|k-123|4711/)
})

test('the user and the password of an address are sent in a header, or stay in that of another target', async () => {
  const { text } = await imported(
    `const BASE = 'https://ada:sword%20fish@shop.example.com'
export default function () {
  http.get(\`\${BASE}/a\`)
  http.get(BASE + '/b')
  http.get('https://eve:hunter22@other.example.com/c')
}
`,
    "import http from 'k6/http'\n",
  )
  expect(text).toContain("import encoding from 'k6/encoding'")
  expect(text).toContain(
    "headers: () => ({ Authorization: `Basic ${encoding.b64encode(`ada:${secret('PASSWORD')}`)}` })",
  )
  expect(text).toContain("api.get('/a', { name: '/a' })")
  expect(text).toContain("`https://eve:${encodeURIComponent(secret('PASSWORD_2'))}@other.example.com/c`")
  expect(text).not.toMatch(/fish|hunter/)
})

test('several targets of the shell stay several: the client has that of most requests', async () => {
  const { text, look } = await imported(
    `const AUTH = __ENV['AUTH_URL']
export default function () {
  http.get(__ENV.API_URL + '/orders/' + id)
  http.get(__ENV.API_URL + '/carts')
  http.post(AUTH + '/token', null)
  http.get('https://other.example.net/x')
}
`,
    "import http from 'k6/http'\n",
  )
  expect(text).toContain("api.get(`/orders/${id}`, { name: '/orders/:id' })")
  expect(text).toContain("api.get('/carts', { name: '/carts' })")
  expect(text).toContain("api.post(AUTH + '/token', { name: '/token' })")
  expect(text).toContain("api.get('https://other.example.net/x', { name: '/x' })")
  expect(look.map(({ text: one }) => one)).toEqual([
    '__ENV.AUTH_URL is another target: its host has to be in the hosts of an environment',
    'https://other.example.net is another target: its host has to be in the hosts of an environment',
    'BASE_URL says what __ENV.API_URL said: give it by --base-url',
    expect.stringContaining('it has no groups'),
  ])
})

test('a pause of a helper that a group calls stays a pause, and one of another is think time', async () => {
  const { text } = await imported(`const rest = () => sleep(2)
function pause() { rest() }
function between() { sleep(5) }
export default function () {
  group('a', () => {
    http.get(BASE + '/x')
    pause()
  })
  between()
}
`)
  expect(text).toContain('const rest = () => sleep(2)')
  expect(text).toContain('function between() { think(5) }')
})

test('a path that begins with an expression has a name, and one that is all expression is told', async () => {
  const { text, look } = await imported(`const PREFIX = '/v2'
export default function () {
  http.get(BASE + PREFIX + '/x')
  http.get(BASE + section + '/y')
  get('/z')
}
function get(path) { return http.get(BASE + path) }
`)
  for (const one of ["name: '/api/v2/x'", "name: '/api/:section/y'", "name: '/api/:path'"])
    expect(text).toContain(one)
  expect(look.map(({ text: one }) => one)).toContain('its address is made elsewhere: give the request a name')
})

test('setup, thresholds, functions of scenarios and names that are taken', async () => {
  const made = await imported(`export const options = {
  scenarios: { buyers: { executor: 'constant-vus', exec: 'buy', vus: 7 } },
  thresholds: { http_req_failed: ['rate<0.1'], own: ['avg<1'], http_errors: ['count<1'], 'http_req_duration{group:::x}': ['avg<1'] },
}
export function setup() { return { token: 't' } }
export function buy(data) {
  const status = check(http.get(BASE + '/x'), { a: (r) => r.status === 200 })
}
`)
  expect(made.text).toContain(
    "export const buy = journey<Awaited<ReturnType<typeof prepare>>>('buy', (data) => {",
  )
  expect(made.text).toContain('buy: workload()(buy, { vus: 7 })')
  expect(made.text).toContain("http_req_failed: ['rate<0.1']")
  expect(made.text).toContain('setup: prepare,')
  expect(made.text).toContain('{ a: statusOf(200) }')
  expect(made.text).toContain('status as statusOf')
  expect(made.left.map(({ text }) => text)).toEqual([
    expect.stringContaining('the threshold of own'),
    expect.stringContaining('the threshold of http_errors'),
    expect.stringContaining('the threshold of http_req_duration{group:::x}'),
    expect.stringContaining('of options: scenarios (their shapes)'),
  ])
  expect(made.changes).toContain("- export function setup() { return { token: 't' } }")
})

test.each([
  [
    "import http from 'k6/http'\nexport default function () { http.get( }",
    'orders.js: the script cannot be read: line 2',
  ],
  [
    "import http from 'k6/http'\nhttp.get('https://a.example')",
    'the script exports no function that k6 could run',
  ],
  [
    "import { browser } from 'k6/browser'\nimport { check } from 'k6'\nexport default async function () {}",
    'orders.js drives a browser',
  ],
])('%s is refused', async (text, message) => {
  expect(isK6Script(text)).toBe(true)
  await expect(convertScript(text, 'orders.js', 'orders')).rejects.toThrow(message)
})

test.each([
  [
    "executor: 'ramping-arrival-rate', startRate: 1, timeUnit: '1m', stages: [{ target: 600 }]",
    '{ rate: 10 }',
  ],
  ["executor: 'constant-arrival-rate', rate: 5, preAllocatedVUs: 20", '{ rate: 5 }'],
  ["executor: 'constant-arrival-rate', rate: RATE, preAllocatedVUs: 20", '{ vus: 20 }'],
  ["executor: 'ramping-vus', startVUs: 0, stages: [{ target: 30 }, { target: 0 }]", '{ vus: 30 }'],
  ["executor: 'shared-iterations', iterations: 3", '{ vus: 1 }'],
])('the load of a scenario is that at its most: %s', async (scenario, load) => {
  const { text, left } = await imported(`export const options = {
  scenarios: { a: { exec: 'look', startTime: '5s', tags: { kind: 'web' }, ${scenario} } },
  thresholds: { 'http_req_duration{kind:web}': ['p(95)<500'], http_req_failed: ['rate<0.1'] },
}
export function look() {
  http.get(BASE)
}
`)
  expect(text).toContain(`look: workload()(look, ${load})`)
  expect(text).not.toContain('kind:web')
  const told = left.map((one) => one.text).join('\n')
  expect(told).toContain('scenarios (their shapes, startTime, tags)')
  expect(told).toContain('the threshold of http_req_duration{kind:web}')
})

test('functions of k6-utils are the library’s; what else is of the web is told', async () => {
  const { text, look } = await imported(
    `import { randomIntBetween, randomItem as any, uuidv4, tagWithCurrentStage } from 'https://jslib.k6.io/k6-utils/1.4.0/index.js'
import { x } from 'https://example.com/x.js'
export const options = { stages: [{ duration: '1m', target: 7 }] }
export default function () {
  http.get(BASE + '/' + any([1, 2]) + uuidv4())
  sleep(randomIntBetween(1, 3))
}
export function other() { x() }
`,
  )
  expect(text).toContain('oneOf([1, 2])')
  expect(text).toContain('crypto.randomUUID()')
  expect(text).toContain('think(integer(1, 3))')
  expect(text).toContain('{ vus: 7 }')
  expect(text).not.toContain('jslib')
  expect(look.map((one) => one.text)).toContain(
    'a suite imports nothing of the web: save https://example.com/x.js beside it, and import that',
  )
})
