import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { importRecording } from '../importRecording.ts'

const scratch = mkdtempSync(join(tmpdir(), 'loadwright-logs-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const fixture = join(import.meta.dirname, 'fixtures/access.log')

/** Imports lines as a log of its own. */
async function imported(
  lines: readonly string[],
  { file = 'access.log', include = [] as string[], more = [] as string[] } = {},
) {
  const path = join(scratch, file)
  const text = `${lines.join('\n')}\n`
  writeFileSync(path, file.endsWith('.gz') ? gzipSync(text) : text)
  const made = await importRecording(path, { include, more })
  const traffic = made.files.find(({ name }) => name.endsWith('.traffic.json'))?.text ?? '{}'
  return {
    ...made,
    said: made.report('suites/a.ts'),
    traffic: JSON.parse(traffic) as {
      mix: { name: string; count: number }[]
      seconds: number
      requests: number
    },
  }
}
const combined = (
  target: string,
  {
    time = '10/Oct/2026:13:55:36 +0000',
    method = 'GET',
    status = 200,
    agent = 'Mozilla/5.0',
    ip = '203.0.113.7',
  } = {},
): string => `${ip} - - [${time}] "${method} ${target} HTTP/1.1" ${status} 512 "-" "${agent}"`

test('a log becomes a suite that a person could have written, the same every time', async () => {
  const { text, name, files, report } = await importRecording(fixture)
  const beside = files.map((one) => `\n/* ${one.name}\n${one.text}*/\n`).join('')
  await expect(`${text}\n/*\n${report(`suites/${name}.ts`)}\n*/\n${beside}`).toMatchFileSnapshot(
    join(import.meta.dirname, '../fixtures/access.log.imported'),
  )
  const again = await importRecording(fixture)
  expect([again.text, again.files]).toEqual([text, files])
})

test.each([
  [
    'nginx',
    '{"time_iso8601":"2026-10-10T13:55:36+00:00","request":"GET /order/17?page=2 HTTP/1.1","status":"200","request_time":"0.250","http_user_agent":"Mozilla"}',
  ],
  [
    'nginx, fields apart',
    '{"msec":"1791640536.123","request_method":"GET","uri":"/order/17","args":"page=2","status":200,"request_time":0.25}',
  ],
  [
    'Caddy',
    '{"level":"info","ts":1791640536.12,"request":{"method":"GET","uri":"/order/17?page=2","headers":{"User-Agent":["Mozilla"]}},"duration":0.25,"status":200}',
  ],
  [
    'Traefik',
    '{"StartUTC":"2026-10-10T13:55:36Z","RequestMethod":"GET","RequestPath":"/order/17?page=2","DownstreamStatus":200,"Duration":250000000}',
  ],
  [
    'Envoy, Istio',
    '{"start_time":"2026-10-10T13:55:36.1Z","method":"GET","path":"/order/17?page=2","response_code":200,"duration":250,"user_agent":"Mozilla"}',
  ],
  ['nginx, combined with request_time', `${combined('/order/17?page=2')} rt=0.250`],
  [
    'Apache, with a host before it',
    `shop.example.com:80 [2001:db8::1] - ada [10/Oct/2026:15:55:36 +0200] "GET /order/17?page=2 HTTP/2.0" 200 12 "-" "Mozilla \\"x\\"" 0.250`,
  ],
])('a line of %s', async (_, line) => {
  const { traffic, files } = await imported([line, line])
  expect(traffic).toMatchObject({
    requests: 2,
    seconds: 1,
    concurrency: 0.5,
    mix: [{ name: '/order/:id', count: 2 }],
  })
  expect(files).toHaveLength(1)
})

test('paths are folded: numbers, UUIDs, hashes, tokens, and names that are many at one place', async () => {
  const ids = ['17', '0b54cd0e-8a0e-4c6d-9d4e-6f2f0f0e2a11', 'd41d8cd98f00b204e9800998ecf8427e', 'OLJCESPC7Z']
  const slugs = Array.from(
    { length: 40 },
    (_, at) => `/blog/${'abcdefgh'[at % 8]}${'stuvwxyz'[at >> 3]}-post`,
  )
  const users = Array.from(
    { length: 40 },
    (_, at) => `/users/${'abcdefgh'[at % 8]}${'stuvwxyz'[at >> 3]}/orders`,
  )
  const paths = [
    ...ids.map((id) => `/item/${id}`),
    ...slugs,
    ...users,
    '/api/orders',
    '/api/users',
    '/v1/ready-meals',
  ]
  const { traffic } = await imported(paths.map((path) => combined(path)))
  expect(traffic.mix.map(({ name, count }) => `${name} ${count}`)).toEqual([
    '/blog/:id 40',
    '/users/:id/orders 40',
    '/item/:id 4',
    '/api/orders 1',
    '/api/users 1',
    '/v1/ready-meals 1',
  ])
})

test('nothing that is secret or personal is written, wherever it was', async () => {
  const secrets = {
    password: 'hunter2hunter2',
    token: 'planted-secret-7',
    jwt: 'eyJhbGciOiJI.eyJzdWIiOiIx.c2lnbmF0dXJl',
    mail: 'ada@example.com',
    coded: 'ada%40example.com',
    card: '4111111111111111',
    random: 'Zm9vYmFyQmF6UXV4MTIzNDU2',
    github: 'ghp_0123456789abcdefghij0123456789abcdef',
    user: 'letmein99',
    letters: 'aBcDeFgHiJkLmNoPqRsTuV',
  }
  const { password, token, jwt, mail, coded, card, random, github, user, letters } = secrets
  const targets = [
    `/login?password=${password}&page=1`,
    `/a?x_token=${token}`,
    `/a?q=${jwt}`,
    `/reset/${jwt}`,
    `/users/${mail}`,
    `/users/${coded}`,
    `/pay?n=${card}`,
    `/pay/${card}`,
    `/invite/${random}`,
    `/invite/${letters}`,
    `/a?ref=${random}`,
    `/a?state=${github}`,
    `http://admin:${user}@shop.example.com/x`,
    `/a;jsessionid=${random}?api_key=${token}`,
  ]
  const lines = [...targets, '/', '/a?page=2'].map((target) =>
    combined(target).replace('"-"', `"https://x/?token=${token}"`),
  )
  const { text, files, said } = await imported(lines)
  const all = text + said + files.map((one) => one.text).join('')
  for (const secret of Object.values(secrets)) expect(all).not.toContain(secret)
  expect(all).toContain('/login?page=1')
})

test('lines that are out of order, of other time zones, cut, and no lines at all', async () => {
  const { traffic, said } = await imported([
    combined('/b', { time: '10/Oct/2026:13:55:38 +0000', ip: '2001:db8::1' }),
    combined('/a', { time: '10/Oct/2026:15:55:36 +0200' }),
    combined('/a', { time: '10/Oct/2026:06:55:37 -0700' }),
    'garbage',
    combined('/c', { time: '10/Okt/2026:13:55:36 +0000' }),
    combined('/c').slice(0, 50),
    '\u0000\u0001',
  ])
  expect([traffic.seconds, traffic.requests]).toEqual([3, 3])
  expect(said).toContain('lines that are no request of an access log: 4')
})

test('what no user sent is left out and listed; --include keeps it', async () => {
  const lines = [
    combined('/'),
    combined('/healthz'),
    combined('/x', { agent: 'Googlebot/2.1' }),
    combined('/app.css'),
    combined('/y', { agent: 'kube-probe/1.2' }),
    combined('/gone', { status: 404 }),
    combined('/cart', { method: 'POST', status: 302 }),
    combined('/z', { agent: 'k6/2.2.0' }),
    combined('/', { method: 'OPTIONS' }),
  ]
  const { said, traffic } = await imported(lines)
  expect(traffic.mix.map(({ name }) => name)).toEqual(['/', 'POST /cart'])
  for (const text of [
    'health checks and monitors: 2',
    'crawlers and bots: 1',
    'static files: 1',
    'requests that were answered 4xx: 1',
    'load tests: 1',
    'pre-flights and proxies',
    'POST /cart: 1 request: their bodies are not known',
  ])
    expect(said).toContain(text)
  const kept = await imported(lines, { include: ['POST /cart', '/app.css'] })
  expect(kept.text).toContain(
    "visit('postCart', { name: 'POST /cart', method: 'POST', answers: 302, path: '/cart' })",
  )
  expect(kept.text).toContain("path: '/app.css'")
})

test('what changes something by GET, scanners, links of one person, rare searches and what only failed', async () => {
  const lines = [
    combined('/'),
    combined('/logout', { status: 302 }),
    combined('/account/sign-out?next=%2F', { status: 302 }),
    combined('/cart/remove/17', { status: 302 }),
    combined('/logouts-explained'),
    ...['/.env', '/wp-login.php', '/.git/config', '/x?f=../../etc/passwd', '/?q=${jndi:ldap://x}'].map(
      (target) => combined(target),
    ),
    combined('/well', { agent: 'Mozilla/5.0 zgrab/0.x' }),
    combined('/.well-known/openid-configuration'),
    combined('/reset?t=abc123'),
    combined('/verify-mail?u=17&h=9f3a'),
    combined('/share?t=x7Kp&page=2'),
    ...Array.from({ length: 3 }, () => combined('/search?q=red+mug')),
    combined('/search?q=ada+lovelace+london'),
    combined('/find?query=my+own+name'),
    combined('/broken', { status: 500 }),
    combined('/broken', { status: 503 }),
  ]
  const { text, said, traffic, files } = await imported(lines)
  const all = text + said + files.map((one) => one.text).join('')
  for (const secret of ['abc123', '9f3a', 'x7Kp', 'lovelace', 'own+name']) expect(all).not.toContain(secret)
  for (const one of [
    '/logouts-explained',
    '/.well-known/openid-configuration',
    '/share?page=2',
    '/search?q=red+mug',
  ])
    expect(text).toContain(`'${one}'`)
  for (const one of [
    'scanners, which look for weak places of any site (/.env, /wp-login.php): 6',
    '/logout: 1 request: "logout" says that it changes something',
    '/account/sign-out: 1 request: "sign-out" says',
    '/cart/remove/:id: 1 request: "remove" says',
    '/search: 1 text that fewer than 3 searched for',
    '/find: 1 request: each has a text that fewer than 3 searched for',
    '/broken: 2 requests: each of them failed (5xx)',
  ])
    expect(said).toContain(one)
  // They are production's all the same: the table tells that they are not covered.
  expect(traffic.mix.map(({ name }) => name)).toContain('/logout')
  expect((await imported(lines, { include: ['/logout'] })).text).toContain("path: '/logout'")
})

test('queries that say that something changes, and links of one person, are left out and told', async () => {
  const { text, said } = await imported([
    combined('/'),
    combined('/?logout=1', { status: 302 }),
    combined('/cart/?action=removeItem&id=17', { status: 302 }),
    combined('/cart?add-to-cart=12'),
    combined('/api/deleteUser?id=3'),
    combined('/report?action=view&logout=0&order=asc'),
    combined('/verify'),
    combined('/verify?p=k3y'),
    combined('/magic?p=k3y'),
    combined('/oauth/callback?code=k3y&state=st4te', { status: 302 }),
  ])
  for (const one of ['/report?action=view&logout=0&order=asc', '/verify', '/'])
    expect(text).toContain(`'${one}'`)
  for (const one of ['k3y', 'st4te', 'magic', 'add-to-cart', 'deleteUser']) expect(text).not.toContain(one)
  for (const one of [
    '/?logout: 1 request: "?logout" says that it changes something',
    '/cart/?action=remove: 1 request: "?action=remove" says',
    '/cart/?add-to-cart: 1 request: "?add-to-cart" says',
    '/api/deleteUser: 1 request: "deleteUser" says',
    '/magic: 1 request: links of one person, which work once',
    '/oauth/callback: 1 request: links of one person',
  ])
    expect(said).toContain(one)
})

test('rotated files are one log, packed or not', async () => {
  await imported([combined('/a')], { file: 'access.log.1' })
  await imported([combined('/a'), combined('/b')], { file: 'access.log.2.gz' })
  const more = ['access.log.1', 'access.log.2.gz'].map((one) => join(scratch, one))
  const { traffic, name } = await imported([combined('/c')], { more })
  expect([name, traffic.requests]).toEqual(['access', 4])
})

test.each([
  [
    'nothing that counts',
    [combined('/healthz')],
    'access.log: none of the requests counts: health checks and monitors: 1. Keep some of them by --include.',
  ],
  [
    'nothing that can be sent again',
    [combined('/cart', { method: 'POST' })],
    'access.log: none of its requests can be sent again: POST /cart: 1 request: their bodies are not known',
  ],
  [
    'years',
    [combined('/', { time: '10/Oct/2020:00:00:00 +0000' }), combined('/')],
    'the log goes from 2020-10-10 to 2026-10-10; allowed: 100 days: import a part of it',
  ],
])('a log with %s is refused in a sentence', async (_, lines, told) => {
  await expect(imported(lines)).rejects.toThrow(told)
})

test('a gzip that ends in the middle, and several files of which one is no log', async () => {
  const whole = gzipSync(Array.from({ length: 2000 }, (_, at) => combined(`/a/${at}`)).join('\n'))
  const path = join(scratch, 'cut.log.gz')
  writeFileSync(path, whole.subarray(0, whole.length / 2))
  await expect(importRecording(path)).rejects.toThrow(
    'cut.log.gz cannot be read to its end: its gzip ends in the middle',
  )
  await expect(
    importRecording(join(import.meta.dirname, '../fixtures/shopping.har'), { more: [fixture] }),
  ).rejects.toThrow('shopping.har is no access log: only logs are imported several at once')
})
