import { once } from 'node:events'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { RunRecord } from '../../cli/record/index.ts'
import { cli, listen, project, root, SHORT_LOAD } from './harness.ts'
import { KEY, ordersApi } from './recorded/orders.ts'
import { PASSWORD } from './recorded/site.ts'

const fixture = (name: string): string => readFileSync(join(root, 'cli/import/fixtures', name), 'utf8')

/** What account.spec.txt was recorded at, by Playwright's own recorder: a form, a frame, a box, a tab, a search. */
const PAGES: Readonly<Record<string, string>> = {
  '/': `<h1>Sign in</h1>
    <form action="/account"><label>User name <input name="user"></label>
    <label for="pw">Password</label><input id="pw" type="password" name="pw">
    <label><input type="checkbox" name="keep"> Keep me signed in</label><button>Sign in</button></form>`,
  '/account': `<h1>Your account</h1>
    <form action="/search"><input type="search" name="q" placeholder="Search orders"></form>
    <label><input type="radio" name="mail" value="d"> Daily</label>
    <label><input type="radio" name="mail" value="w"> Weekly</label>
    <label>Sizes <select multiple><option value="s">Small</option><option value="m">Medium</option><option value="l">Large</option></select></label>
    <label>Note <textarea></textarea></label>
    <button data-testid="save" onclick="alert('Saved')"></button> <a href="/terms" target="_blank">Terms</a>
    <iframe title="Chat" src="/chat" width="300" height="120"></iframe>
    <div onclick="document.getElementById('out').textContent = 'Shipped'">Show state</div><p id="out"></p>`,
  '/chat': `<h1>Chat</h1><input placeholder="Ask us">
    <button onclick="setTimeout(() => (document.querySelector('h1').textContent = 'Sent'), 200)">Send</button>`,
  '/terms': `<h1>Terms</h1><button onclick="document.querySelector('h1').textContent = 'Accepted'">Accept</button>`,
  '/search': '<h1>Results</h1><ul><li>Order 17</li></ul>',
}

/** A suite whose load has no pattern. */
const PLAIN = `import { suite } from 'loadwright'
import { browse } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'

const order = suite({ name: 'order', scenarios: { one: workload()(browse, { rate: 2 }) } })
export const { options, setup, teardown, handleSummary } = order
export default order
`

/** A suite whose journeys are fitted to a log. */
const SHOPPING = `import { suite } from 'loadwright'
import { browse, checkout, currency } from 'loadwright/journeys/boutique'
import { mix, workload } from 'loadwright/scenarios'

const shopping = suite({
  name: 'shopping',
  scenarios: { ...mix(workload(), { rate: 2 }, { browse: [browse, 6], currency: [currency, 3], checkout: [checkout, 1] }) },
})
export const { options, setup, teardown, handleSummary } = shopping
export default shopping
`

/** A busy machine takes longer than a monitor may. */
const PATIENT = ['--time-budget', '120s']

const passwords = new Set<string | null>()
const site = createServer(({ url = '/' }, response) => {
  const { pathname, searchParams } = new URL(url, 'http://site')
  if (pathname === '/account') passwords.add(searchParams.get('pw'))
  const body = PAGES[pathname]
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><html lang="en"><title>Site</title><main>${body ?? ''}</main></html>`)
}).listen(0, '127.0.0.1')
afterAll(() => site.close())

describe.concurrent('a recording that was imported passes, unchanged, in a real browser', () => {
  test('of k6 Studio, at the embedded shop', async () => {
    const cwd = project({ 'order.k6b': fixture('order.k6b') })
    const made = await cli(['import', 'order.k6b'], { cwd })
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toContain('loadwright dev suites/order.ts --base-url http://127.0.0.1:8080 -e CVV=…')
    const { code, out } = await cli(['dev', '--once', 'suites/order.ts', '-e', 'CVV=672', ...PATIENT], {
      cwd,
    })
    expect(out).toMatch(
      /✓ add to cart [^]*✓ place order [^]*✓ "Your order is complete!" is shown[^]*PASS {2}1 journey/,
    )
    expect(code).toBe(0)
    const again = await cli(['import', 'order.k6b'], { cwd })
    expect([again.code, again.err]).toEqual([
      104,
      'suites/order.ts is there already: name another suite by --name, or give --force\n',
    ])
  })

  test('an access log is replayed with its mix and its bursts, by requests and by journeys, and the report holds the test against it', async () => {
    const log = readFileSync(join(root, 'cli/import/logs/fixtures/access.log'))
    const cwd = project({ 'access.log': log.toString(), 'suites/shopping.ts': SHOPPING })
    const made = await cli(['import', 'access.log'], { cwd })
    expect([made.code, made.err]).toEqual([0, ''])
    const once = await cli(['dev', '--once', 'suites/access.ts', ...PATIENT], { cwd })
    expect(once.out).toMatch(/✓ product answers 200[^]*PASS {2}\d journeys/)
    // The journeys of a suite under load, with the shares that are fitted to the log.
    const fitted = await cli(['import', 'access.log', '--suite', 'shopping', '--name', 'lunch'], { cwd })
    expect([fitted.code, fitted.err]).toEqual([0, ''])
    const short = [...SHORT_LOAD, '--rate', '10']
    const { code, out } = await cli(['run', 'lunch', '--profile', 'replay', ...short, '--no-open'], { cwd })
    expect(out).toMatch(/Adequacy +production +test[^]* {2}product +[^]*requests per second, mean +1.29\/s/)
    // Chance may say either; that it can be told at all, the number of requests says.
    expect(out).toMatch(/The test is (?:not )?adequate to the traffic of access\.log/)
    expect(code).toBe(0)
    const [run = ''] = readdirSync(join(cwd, 'results'))
    const read = (file: string): string => readFileSync(join(cwd, 'results', run, file), 'utf8')
    expect(read('report.html')).toContain('<section id="adequacy"')
    expect(read('report.md')).toContain('### Adequacy')
    const { adequacy, phases } = JSON.parse(read('run.json')) as RunRecord
    expect([...new Set(phases?.map(({ phase }) => phase))]).toEqual([
      'ramp-up',
      'warm-up',
      'steady',
      'ramp-down',
    ])
    const rate = adequacy?.rows.find(({ what }) => what === 'requests per second, mean')
    expect(rate?.test).toBeGreaterThan(5)
    const refused = await cli(['run', 'order', '--profile', 'replay', '--dry-run'], {
      cwd: project({ 'suites/order.ts': PLAIN }),
    })
    expect([refused.code, refused.err]).toEqual([
      104,
      'suites/order.ts: suite "order": 1 problem:\n  - scenarios.one.load: got {"rate":2}; allowed: a rate or vus > 0; replay: a pattern\n',
    ])
  })

  test('of Playwright, with a form, a frame, a box and a tab', async () => {
    if (!site.listening) await once(site, 'listening')
    const target = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    const cwd = project({ 'account.spec.ts': fixture('account.spec.txt') })
    await cli(['import', 'account.spec.ts'], { cwd })
    const dev = [
      'dev',
      '--once',
      'suites/account.ts',
      '--base-url',
      target,
      '-e',
      'PASSWORD=another-pass',
      ...PATIENT,
    ]
    const { code, out } = await cli(dev, { cwd })
    expect(out).toMatch(
      /✓ sign in [^]*✓ heading says "Sent"[^]*✓ heading Accepted is shown[^]*✓ search [^]*PASS {2}1 journey/,
    )
    expect(code).toBe(0)
    expect([...passwords]).toEqual(['another-pass'])
    expect(out).not.toContain('another-pass')
  })
})

test('a collection of Postman and a generator of k6 Studio pass, unchanged, and check tells what was not rewritten', async () => {
  const { server, refused } = ordersApi()
  const target = await listen(server)
  const names = ['orders.postman_collection.json', 'orders.postman_environment.json', 'orders.k6g']
  const beside = ['orders-recording.har', 'users.csv']
  const cwd = project(Object.fromEntries([...names, ...beside].map((name) => [name, fixture(name)])))
  const postman = await cli(['import', 'orders.postman_collection.json', '--name', 'collection'], { cwd })
  expect([postman.code, postman.err], postman.out).toEqual([0, ''])
  const studio = await cli(['import', 'orders.k6g', '--name', 'studio'], { cwd })
  expect([studio.code, studio.err], studio.out).toEqual([0, ''])
  writeFileSync(
    join(cwd, 'suites/both.ts'),
    `import { suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
import { collection } from './collection.ts'
import { studio } from './studio.ts'
const once = { vus: 1, iterations: 1 }
const both = suite({
  name: 'both',
  scenarios: { collection: perVUIterations(collection, once), studio: perVUIterations(studio, once) },
})
export const { options, setup, teardown, handleSummary } = both
export default both
`,
  )
  const given = ['-e', `PASSWORD=${PASSWORD}`, '-e', `X_API_KEY=${KEY}`, '-e', 'CARD=4111']
  const { code, out } = await cli(
    ['dev', '--once', 'suites/both.ts', '--base-url', target, ...given, ...PATIENT],
    { cwd },
  )
  expect(out).toMatch(/✓ has a token[^]*✓ is paid: state/)
  expect(out).toMatch(/✓ payments answers \/\^20/)
  expect(out).toMatch(/^PASS {2}2 journeys/m)
  expect(refused).toEqual([])
  expect(code).toBe(0)
  const checked = await cli(['check', 'suites/both.ts'], { cwd })
  expect(checked.out).toMatch(/todo +suites\/collection\.ts:\d+ +a script of Postman, after the request/)
  expect(checked.out).toMatch(
    /todo +suites\/studio\.ts:\d+ +code of k6 Studio, after each request with "\/v1\/payments" in its address/,
  )
})

/** What petstore.yaml describes, with one pet; keeps what it was sent. */
const sent: { asked: string; authorization: string | undefined; body: string }[] = []
const REX = { id: 7, name: 'Rex', kind: 'dog' }
const ANSWERS: Readonly<Record<string, [status: number, type?: string, body?: string]>> = {
  'GET /v1/pets': [200, 'application/json; charset=utf-8', JSON.stringify([REX])],
  'GET /v1/pets/7': [200, 'application/json', JSON.stringify(REX)],
  'GET /v1/pets/7/photo': [200, 'image/png', 'png'],
  'GET /v1/owners/00000000-0000-4000-8000-000000000001': [
    200,
    'application/json',
    '{"id":"1","name":"Ada","pets":[]}',
  ],
  'POST /v1/pets': [201, 'application/json', JSON.stringify({ ...REX, id: 8 })],
  'PUT /v1/pets/8/photo': [204],
  'POST /v1/login': [303],
}
const petstore = createServer((request, response) => {
  const { method = '', url = '', headers } = request
  const { pathname } = new URL(url, 'http://petstore')
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString('latin1')))
  request.on('end', () => {
    sent.push({ asked: `${method} ${url}`, authorization: headers.authorization, body })
    const [status, type = 'text/plain', text] = ANSWERS[`${method} ${pathname}`] ?? [404]
    response.writeHead(status, { 'content-type': type, ...(status === 303 ? { location: '/v1/lost' } : {}) })
    response.end(text)
  })
})

/** A suite of somebody who uses the client, and the journey that was made beside it. */
const KEEPER = `import { ensure, journey, status, step, suite } from 'loadwright'
import http from 'k6/http'
import { workload } from 'loadwright/scenarios'
import { createPet, createPetExample, listPets, login, loginExample, uploadPhoto } from './petstore.client.ts'
import { petstore } from './petstore.ts'

const keep = journey('keep', () => {
  step('write', () => {
    ensure(login(loginExample()), { 'login answers 303': status(303) })
    ensure(listPets({ tags: ['a b', 'c'], fields: ['id', 'name'], filter: { owner: 'ada' }, 'X-Request-ID': 'r1' }), { ok: status(200) })
    const made = createPet(createPetExample())
    ensure(made, { 'createPet answers 201': status(201) })
    const photo = http.file('png', 'rex.png', 'image/png')
    ensure(uploadPhoto({ petId: made.json().id, body: { photo } }), { 'uploadPhoto answers 204': status(204) })
  })
})
const scenario = workload()
const keeper = suite({ name: 'keeper', scenarios: { petstore: scenario(petstore, { vus: 1 }), keep: scenario(keep, { vus: 1 }) } })
export const { options, setup, teardown, handleSummary } = keeper
export default keeper
`

describe.concurrent('an OpenAPI document becomes a client and a suite that pass', () => {
  test('unchanged, at the embedded shop', async () => {
    const cwd = project({
      'shop.openapi.yaml': readFileSync(join(root, 'examples/shop.openapi.yaml'), 'utf8'),
    })
    const made = await cli(['import', 'shop.openapi.yaml', '--name', 'shop'], { cwd })
    expect([made.code, made.err]).toEqual([0, ''])
    expect(made.out).toContain('loadwright dev suites/shop.ts --base-url http://127.0.0.1:8080')
    const { code, out } = await cli(['dev', '--once', 'shop', ...PATIENT], { cwd })
    expect(out).toMatch(
      /→ GET \/product\/:productId 200 [^]*✓ logOut answers 302[^]*PASS {2}1 journey · 7 requests · 12 checks/,
    )
    expect(code).toBe(0)
    const again = await cli(['import', 'shop.openapi.yaml', '--name', 'shop'], { cwd })
    expect([again.code, again.err]).toEqual([
      104,
      'suites/shop.client.ts is there already: name another suite by --name, or give --force\n',
    ])
  })

  test('with ids of its lists, secrets, forms and files, and a journey that uses the client', async () => {
    const target = await listen(petstore)
    const document = readFileSync(join(root, 'cli/import/openapi/fixtures/petstore.yaml'), 'utf8')
    const cwd = project({ 'petstore.yaml': document, 'suites/keeper.ts': KEEPER })
    await cli(['import', 'petstore.yaml'], { cwd })
    const secrets = ['-e', 'BEARER_AUTH=t0ken-of-a-test', '-e', 'PASSWORD=pass-of-a-test']
    const { code, out, err } = await cli(
      ['dev', '--once', 'keeper', '--base-url', target, ...secrets, ...PATIENT],
      { cwd },
    )
    expect(out + err).toMatch(/PASS {2}2 journeys · 8 requests · 15 checks/)
    expect(code).toBe(0)
    const asked = sent.map(({ asked }) => asked)
    expect(asked).toEqual([
      'GET /v1/pets',
      'GET /v1/pets/7',
      'GET /v1/pets/7/photo',
      'GET /v1/owners/00000000-0000-4000-8000-000000000001',
      'POST /v1/login',
      'GET /v1/pets?tags=a%20b&tags=c&fields=id%2Cname&filter%5Bowner%5D=ada',
      'POST /v1/pets',
      'PUT /v1/pets/8/photo',
    ])
    const secured = sent.filter(({ authorization }) => authorization === 'Bearer t0ken-of-a-test')
    expect(secured.map(({ asked }) => asked)).toEqual(asked.filter((one) => !/owners|login/.test(one)))
    const bodies = sent.map(({ body }) => body).filter(Boolean)
    expect(bodies[0]).toBe('password=pass-of-a-test&user=ada')
    expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ name: 'Rex', tags: [{ name: 'good' }] })
    expect(bodies[2]).toMatch(/filename="rex.png"[^]*Content-Type: image\/png/)
    expect(out + err).not.toMatch(/(?:t0ken|pass)-of-a-test/)
  })
})
