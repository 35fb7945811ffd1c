import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Config } from '../../../config/config.ts'
import { suiteLine } from '../../commands/build.ts'
import { packageRoot } from '../../base/index.ts'
import { MONITOR_BYTES } from './bundle.ts'
import { evaluateFor } from './evaluated.ts'
import { suiteFiles } from '../suiteFiles.ts'
import { buildNamed, buildSuites, refuseBroken } from './suites.ts'

let folder = ''
beforeEach(async () => {
  // Below the package, so that `loadwright` resolves.
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-'))
})
afterEach(() => rm(folder, { recursive: true }))

const JOURNEY = `
import { client, journey, status, step, think, check } from 'loadwright'
const api = client('http://127.0.0.1:1')
export const visit = journey('visit', () => {
  step('open', () => check(api.get('/', { name: 'home' }), { up: status(200) }))
  think(1, 2)
  step('look', () => api.get('/look', { name: 'look' }))
})
`
const suite = (name: string, more = '', head = '') => `
import { suite } from 'loadwright'
import { constantVUs } from 'loadwright/scenarios'
import { visit } from './visit.ts'
${head}
const made = suite({ name: '${name}', scenarios: { visitors: constantVUs(visit, { vus: 2, duration: '10s' }) }, ${more} })
export const { options, setup, teardown, handleSummary } = made
export default made
`
const project = async (files: Record<string, string>, config: Config = {}) => {
  for (const [name, text] of Object.entries({ 'suites/visit.ts': JOURNEY, ...files })) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  return { folder, config: { suites: ['suites/*.suite.ts'], ...config } }
}
const whole = async (...how: Parameters<typeof buildSuites>) =>
  refuseBroken((await buildSuites(...how)).failures)
const complaint = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no complaint',
    (error: unknown) => String(error).replaceAll(folder, '<folder>').replaceAll(basename(folder), '<name>'),
  )

test('the pool with the fewest rows of which an iteration has one of its own is known of each scenario', async () => {
  const rows = (count: number) => `id\n${Array.from({ length: count }, (_, row) => row).join('\n')}\n`
  const { built } = await buildSuites(
    await project({
      'suites/many.pool.csv': rows(60),
      'suites/few.pool.csv': rows(7),
      'suites/u.suite.ts': `
import { client, journey, nextRow, suite, uniqueRow } from 'loadwright'
import { sharedIterations } from 'loadwright/scenarios'
import many from './many.pool.csv'
import few from './few.pool.csv'
const api = client('http://127.0.0.1:1')
const both = journey('both', () => void api.get('/' + uniqueRow(many).id + uniqueRow(few).id, { name: 'home' }))
const one = journey('one', () => void api.get('/' + uniqueRow(many).id, { name: 'home' }))
const none = journey('none', () => void api.get('/' + nextRow(few).id, { name: 'home' }))
const load = { vus: 2, iterations: 5 }
const made = suite({ name: 'u', scenarios: { both: sharedIterations(both, load), one: sharedIterations(one, load), none: sharedIterations(none, load) } })
export const { options, setup, teardown, handleSummary } = made
export default made`,
    }),
  )
  const { iteration = {} } = built[0]?.manifest ?? {}
  expect(Object.values(iteration).map(({ unique }) => unique)).toEqual([
    { pool: 'suites/few', rows: 7 },
    { pool: 'suites/many', rows: 60 },
    undefined,
  ])
})

test('a suite becomes one file and a manifest of what it declares', async () => {
  const {
    built: [built],
  } = await buildSuites(
    await project({ 'suites/a.suite.ts': suite('a', `thresholds: { checks: ['rate>0.9'] }`) }),
  )
  expect((await readdir(join(folder, 'dist'))).toSorted()).toEqual(['a.js', 'a.js.map', 'a.manifest.json'])
  expect(await readFile(join(folder, 'dist/a.js'), 'utf8')).toBe(built?.code)
  expect(JSON.parse(await readFile(join(folder, 'dist/a.manifest.json'), 'utf8'))).toEqual(built?.manifest)
  const { sha256, bytes, metrics, options, iteration, ...rest } = built!.manifest
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(bytes).toBe(built?.code.length)
  expect(metrics).toContainEqual({ name: 'journey_duration', type: 'trend', isTime: true })
  expect(options.scenarios).toEqual({
    visitors: { executor: 'constant-vus', vus: 2, duration: '10s', tags: { journey: 'visit' } },
  })
  expect(Object.keys(options.thresholds)).toEqual(
    expect.arrayContaining(['checks', 'journey_failed', 'journeys_started{journey:visit}']),
  )
  expect(iteration.visitors?.requests).toBe(2)
  expect(iteration.visitors?.seconds).toSatisfy((seconds: number) => seconds >= 1 && seconds <= 2)
  expect(rest).toEqual({
    suite: 'a',
    source: 'suites/a.suite.ts',
    monitor: true,
    baked: {},
    journeys: ['visit'],
    pools: [],
    own: [],
    slos: expect.arrayContaining(['http_req_failed']) as string[],
    steps: [
      { journey: 'visit', step: 'open' },
      { journey: 'visit', step: 'look' },
    ],
    phases: { visitors: [] },
  })
})

test('a manifest has the author’s own metrics, with what their tables say', async () => {
  const tables = `
import { counter, metrics, rate, trend } from 'loadwright'
const shop = metrics('shop', { orders: counter('Orders placed', { by: ['currency'] }), accepted: rate('Orders accepted') })
metrics('other', { wait: trend('Time of a wait', { unit: 'ms' }) })`
  const there = await project({ 'suites/own.suite.ts': suite('own', 'metrics: [shop]', tables) })
  const { manifest } = await buildNamed(there, 'own')
  expect(manifest.own).toEqual([
    { name: 'shop_orders', kind: 'counter', meaning: 'Orders placed', by: ['currency'] },
    { name: 'shop_accepted', kind: 'rate', meaning: 'Orders accepted', by: [] },
    // No table of the suite has it: its kind is all that k6 is told.
    { name: 'other_wait', kind: 'trend', meaning: 'the trend other_wait', unit: 'ms' },
  ])
})

test('the same sources give the same bytes, bundle and manifest', async () => {
  const files = {
    'suites/a.suite.ts': suite('a', '', `import rows from './r.pool.json'\nexport const n = rows.length`),
  }
  const there = await project({ ...files, 'suites/r.pool.json': '[{"id":1}]' })
  const {
    built: [first],
  } = await buildSuites(there, { outdir: 'one' })
  const {
    built: [second],
  } = await buildSuites(there, { outdir: 'two' })
  expect(second?.code).toBe(first?.code)
  expect(second?.manifest).toEqual(first?.manifest)
  expect(first?.code).not.toContain(packageRoot)
})

test('a bundle is the same after the working folder was changed, as the CLI does in a folder below the project', async () => {
  const there = await project({ 'suites/a.suite.ts': suite('a') })
  const before = await buildNamed(there, 'a')
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder)
  // Another define, since what was put off is kept by it.
  const { code } = await buildNamed(there, 'a', { spans: true }).finally(() => cwd.mockRestore())
  // Once: a second copy of the library would make its metrics when VUs run, and k6 refuses that.
  for (const each of [before.code, code]) expect(each.match(/new \S+\("journeys_started"\)/g)).toHaveLength(1)
})

test('baked settings are locked into the bundle, the config travels with it', async () => {
  const config = { environments: { qa: { target: 'http://127.0.0.1:7' } } }
  const head = `import { settings } from 'loadwright'\nexport const place = settings().BASE_URL`
  const there = await project({ 'suites/a.suite.ts': suite('a', '', head) }, config)
  const {
    built: [built],
  } = await buildSuites(there, { baked: { ENVIRONMENT: 'qa' } })
  expect(built?.manifest.baked).toEqual({ ENVIRONMENT: 'qa' })
  expect(built?.code).toContain('http://127.0.0.1:7')
})

test('a suite is found by name, by file, or as the project’s own', async () => {
  const there = await project({ 'suites/a.suite.ts': suite('alpha'), 'suites/b.suite.ts': suite('beta') })
  const named = async (name?: string, config: Config = {}) =>
    (await buildNamed({ ...there, config: { ...there.config, ...config } }, name)).manifest.suite
  expect(await named()).toBe('alpha')
  expect(await named(undefined, { suite: 'beta' })).toBe('beta')
  expect(await named('beta')).toBe('beta')
  expect(await named('suites/b.suite.ts')).toBe('beta')
  expect(await complaint(named('bete'))).toBe(
    'UserError: there is no suite "bete"; suites: alpha, beta. Did you mean "beta"?',
  )
  expect(await complaint(named('suites/c.ts'))).toBe('UserError: there is no file suites/c.ts')
})

test('a suite whose file says its name is built alone; a name that no file says is found too', async () => {
  const there = await project({
    'suites/a.suite.ts': suite('alpha'),
    'suites/b.suite.ts': suite('beta'),
    'suites/c.suite.ts': suite('x').replace(`'x'`, `'alp' + 'ine'`),
  })
  const outdir = join(folder, 'alone')
  expect((await buildNamed(there, 'beta', { outdir })).manifest.suite).toBe('beta')
  expect((await readdir(outdir)).toSorted()).toEqual(['beta.js', 'beta.js.map', 'beta.manifest.json'])
  expect((await buildNamed(there, 'alpine')).manifest.suite).toBe('alpine')
})

test('pools and tests are no suites; without any there is one sentence', async () => {
  const there = await project(
    { 'suites/b.test.ts': '', 'suites/b.pool.ts': '', 'suites/a.ts': '' },
    { suites: ['suites/*.ts'] },
  )
  expect((await suiteFiles(there)).map((file) => basename(file))).toEqual(['a.ts', 'visit.ts'])
  expect(await complaint(whole(await project({}, { suites: ['load/*.ts'] })))).toMatchInlineSnapshot(
    `"UserError: no suites: nothing matches load/*.ts in <folder>. Write a suite there, or set \`suites\` in loadwright.config.ts"`,
  )
})

test('two suites of one name are refused', async () => {
  const there = await project({ 'suites/a.suite.ts': suite('same'), 'suites/b.suite.ts': suite('same') })
  expect(await complaint(whole(there))).toMatchInlineSnapshot(
    `"UserError: two suites are named "same": suites/a.suite.ts, suites/b.suite.ts"`,
  )
})

test('two journeys of one name are refused: their figures would be those of one', async () => {
  const twin = `import { journey } from 'loadwright'\nconst twin = journey('visit', () => undefined)`
  const entry = suite('twins', '', twin).replace(
    'scenarios: {',
    "scenarios: { twins: constantVUs(twin, { vus: 1, duration: '10s' }),",
  )
  expect(await complaint(whole(await project({ 'suites/twins.suite.ts': entry })))).toMatch(
    /scenarios: got 2 journeys named "visit"; allowed: one journey of a name. Give each journey/,
  )
})

test('every problem of every suite is told at once', async () => {
  const there = await project({
    'suites/a-syntax.suite.ts': 'const = 5',
    'suites/b-import.suite.ts': `import './nowhere.ts'\nimport 'left-pad'`,
    'suites/c-throws.suite.ts': `throw new Error('not today')`,
    'suites/d-exports.suite.ts': suite('d').replace('handleSummary }', '}'),
    'suites/e-nosuite.suite.ts': suite('e').replace('export default made', 'export default () => undefined'),
    'suites/f-lint.suite.ts': suite(
      'f',
      `thresholds: { checkz: ['rate>1'], checks: ['p(95)<1'], 'checks{journey:visits}': ['rate>0'] }`,
    ),
    'suites/g-names.suite.ts': suite('g h').replace('visitors:', 'default:'),
    'suites/h-null.suite.ts': suite('h').replace('export default made', 'export default null'),
    'suites/i-options.suite.ts': suite('i').replace('{ options, ', '{ ').concat('export const options = {}'),
  })
  expect(await complaint(whole(there))).toMatchInlineSnapshot(
    `
    "UserError: node_modules/.cache/<name>/suites/a-syntax.suite.ts:1:6: Expected identifier but found "="
    node_modules/.cache/<name>/suites/b-import.suite.ts:1:7: Could not resolve "./nowhere.ts"
    node_modules/.cache/<name>/suites/b-import.suite.ts:2:7: Could not resolve "left-pad"
    suites/c-throws.suite.ts:1:7: not today
    1 problem:
      - suites/d-exports.suite.ts: got no export handleSummary; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    1 problem:
      - suites/e-nosuite.suite.ts: got a default export that is not a suite; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    suites/f-lint.suite.ts: 3 problems:
      - thresholds["checks"]: got "p(95)<1"; allowed: for a rate: rate<0.01
      - thresholds["checkz"]: got "checkz"; allowed: checks, data_received, data_sent, dropped_iterations, group_duration, http_req_blocked, http_req_connecting, http_req_duration, http_req_failed, http_req_receiving, http_req_sending, http_req_tls_handshaking, http_req_waiting, http_reqs, iteration_duration, iterations, vus, vus_max, browser_data_received, browser_data_sent, browser_http_req_duration, browser_http_req_failed, browser_web_vital_cls, browser_web_vital_fcp, browser_web_vital_inp, browser_web_vital_lcp, browser_web_vital_ttfb, grpc_req_duration, grpc_streams, grpc_streams_msgs_received, grpc_streams_msgs_sent, ws_connecting, ws_msgs_received, ws_msgs_sent, ws_ping, ws_session_duration, ws_sessions, journeys_started, journeys_completed, journeys_failed, journey_failed, journey_duration, steps_completed, checks_succeeded, checks_failed, tunnel_errors. Did you mean "checks"?
      - thresholds["checks{journey:visits}"]: journey: got "visits"; allowed: visit. Did you mean "visit"?
    suites/g-names.suite.ts: 2 problems:
      - suite.name: got "g h"; allowed: letters, digits, dash and underscore, at most 100
      - scenarios.default: got "default"; allowed: any other name: k6 gives this one to -i, -u, -d and monitors
    1 problem:
      - suites/h-null.suite.ts: got a default export that is not a suite; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    suites/i-options.suite.ts: 1 problem:
      - scenarios: got none; allowed: at least one, such as { visitors: workload()(browse, { rate: 5 }) }"
  `,
  )
})

test('a bundle too large for a monitor is built, and says so', async () => {
  const rows = Array.from({ length: 4000 }, (_, id) => ({ id, name: `a row with number ${id}` }))
  const there = await project({
    'suites/a.suite.ts': suite('a', '', `import rows from './r.pool.json'\nexport const n = rows.length`),
    'suites/r.pool.json': JSON.stringify(rows),
  })
  const {
    built: [built],
  } = await buildSuites(there)
  expect(built?.manifest.bytes).toBeGreaterThan(MONITOR_BYTES)
  expect(built?.manifest.monitor).toBe(false)
  expect(built?.map).not.toContain('a row with number 7')
  expect(suiteLine(built!.manifest, 'dist/a.js')).toMatch(
    / 1[45]\d\.\d KiB {2}visit {2}\(too large for a monitor: at most 128 KiB\)$/,
  )
})

test('one broken suite stops no other, unless it is the one that is meant', async () => {
  const there = await project({
    'suites/a.suite.ts': suite('alpha'),
    'suites/b.suite.ts': suite('beta'),
    'suites/c.suite.ts': `throw new Error('not today')`,
  })
  const named = async (name?: string) => (await buildNamed(there, name)).manifest.suite
  expect(await named('beta')).toBe('beta')
  expect(await named()).toBe('alpha')
  expect(await complaint(named('gamma'))).toBe('UserError: suites/c.suite.ts:1:7: not today')
  await writeFile(join(folder, 'suites/a.suite.ts'), suite('beta'))
  expect(await complaint(named('beta'))).toContain('two suites are named "beta"')
  await writeFile(join(folder, 'suites/a.suite.ts'), `throw new TypeError('nor ever')`)
  expect(await named('beta')).toBe('beta')
  expect(await complaint(named())).toContain('suites/a.suite.ts:1:7: TypeError: nor ever')
})

test('a script is built under its own variables; settings and k6’s change nothing', async () => {
  const head = `if (!__ENV.REGION) throw new Error('no region')\nexport const seen = Object.keys(__ENV)`
  const there = await project({ 'suites/a.suite.ts': suite('a', '', head) })
  expect(await complaint(whole(there))).toBe(
    'UserError: suites/a.suite.ts:5:26: no region; if the script needs a variable of its own, give it by -e NAME=value',
  )
  const {
    built: [bare],
  } = await buildSuites(there, { env: { REGION: 'eu' } })
  const {
    built: [full],
  } = await buildSuites(there, {
    env: { REGION: 'us', PROFILE: 'soak', BASE_URL: 'nonsense', K6_VUS: '7', LANG: undefined },
  })
  expect(full?.code).toBe(bare?.code)
  expect(full?.manifest).toEqual(bare?.manifest)
})

test('what init throws is told by its place in the author’s sources', async () => {
  const there = await project({
    'suites/a.suite.ts': suite(
      'a',
      '',
      '// µ: moved by five columns when it is escaped\nconst x: RegExp = /µ/; undef(x)',
    ),
    'suites/b.suite.ts': suite('b', '', `import { helper } from './helper.ts'\nhelper()`),
    'suites/c.suite.ts': suite('c', '', `import { client } from 'loadwright'\n\n  client(null)`),
    'suites/helper.ts': `type Long = {\n  line: string\n}\nexport const helper = (): Long =>\n  undef`,
  })
  expect(await complaint(whole(there))).toMatchInlineSnapshot(`
    "UserError: suites/a.suite.ts:6:24: ReferenceError: undef is not defined
    suites/helper.ts:5:3: ReferenceError: undef is not defined
    suites/c.suite.ts:7:3: TypeError: Cannot read properties of null (reading 'endsWith')"
  `)
})

test('the source map names every source from the project’s folder, and is not named by the bundle', async () => {
  const there = await project({
    'suites/a.suite.ts': suite(
      'a',
      '',
      `import rows from './r.pool.json'\nexport const n = rows.length // é`,
    ),
    'suites/r.pool.json': '[{"id":1}]',
  })
  const {
    built: [built],
  } = await buildSuites(there)
  const text = await readFile(join(folder, 'dist/a.js.map'), 'utf8')
  const map = JSON.parse(text) as { sources: string[]; sourcesContent: unknown[]; ignoreList: number[] }
  expect(text).toBe(built?.map)
  expect(built?.code).not.toContain('sourceMappingURL')
  expect(text).not.toContain(folder)
  const own = map.sources.filter((_, index) => !map.ignoreList.includes(index))
  expect(own).toEqual(['suites/visit.ts', 'suites/a.suite.ts'])
  expect(map.sourcesContent[map.sources.indexOf('suites/visit.ts')]).toBe(JOURNEY)
  expect(map.sourcesContent[map.sources.indexOf('suites/r.pool.json')]).toBe(null)
})

test('a step that nobody awaits is refused by its name and place, and stops no other suite', async () => {
  const lost = `
import { client, journey, step, suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const api = client('http://127.0.0.1:1')
const order = journey('order', () => {
  step('pay', async () => {
    const response = await api.asyncRequest('GET', '/json', { name: 'pay' })
    api.get((response.json('order.id') as string).trim(), { name: 'receipt' })
  })
})
const made = suite({ name: 'lost', scenarios: { a: perVUIterations(order, { vus: 1, iterations: 5 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`
  const there = await project({ 'suites/a.suite.ts': lost, 'suites/b.suite.ts': suite('b') })
  const { built, failures } = await buildSuites(there)
  expect(built.map(({ manifest }) => manifest.suite)).toEqual(['b'])
  expect((await buildNamed(there, 'b.suite')).manifest.suite).toBe('b')
  expect(failures.map(({ source }) => source)).toEqual(['suites/a.suite.ts'])
  const told = await complaint(whole(there))
  expect(told).toContain('suites/a.suite.ts:8:38: TypeError: ')
  expect(told).toContain('step "pay" was not awaited: write `await step("pay", …)` in an async journey')
})

test('a suite over other protocols is built, and may have thresholds on their metrics', async () => {
  const wire = `
import { Client, StatusOK } from 'k6/net/grpc'
import { WebSocket } from 'k6/websockets'
import { check, ensure, journey, step, suite } from 'loadwright'
import { constantVUs } from 'loadwright/scenarios'
const rpc = new Client()
rpc.load(['.'], 'echo.proto')
const call = journey('call', () => {
  step('say', () => {
    rpc.connect('127.0.0.1:1', { plaintext: true })
    check(rpc.invoke('a.B/C', {}), { ok: ({ status }) => status === StatusOK })
  })
})
const chat = journey('chat', async () => {
  const text = await step('talk', () => new Promise((resolve) => {
    const socket = new WebSocket('ws://127.0.0.1:1')
    socket.onmessage = ({ data }) => resolve(data)
  }))
  ensure(text, { told: (text) => text === 'hi' })
})
const load = { vus: 1, duration: '1s' }
const made = suite({
  name: 'wire',
  scenarios: { a: constantVUs(call, load), b: constantVUs(chat, load) },
  thresholds: { grpc_req_duration: ['p(95)<500'], 'ws_connecting{journey:chat}': ['p(95)<500'] },
})
export const { options, setup, teardown, handleSummary } = made
export default made
`
  const files = { 'suites/a.suite.ts': wire, 'suites/echo.proto': 'syntax = "proto3";' }
  const { built, failures } = await buildSuites(await project(files))
  expect(failures).toEqual([])
  expect(built[0]?.manifest.steps).toContainEqual({ journey: 'call', step: 'say' })
  const one = { requests: 1, http: false }
  expect(built[0]?.manifest.iteration).toMatchObject({ a: one, b: one })
})

test('definitions of gRPC are read beside the suite; those of k6’s own client are k6’s matter', async () => {
  const suiteWith = (definitions: string, file: string) => `
import { Client } from 'k6/net/grpc'
import { journey, step, suite } from 'loadwright'
import { grpcClient, protos } from 'loadwright/grpc'
import { constantVUs } from 'loadwright/scenarios'
${definitions.replace('FILE', file)}
const call = journey('call', () => step('say', () => {}))
const made = suite({ name: 'wire', scenarios: { a: constantVUs(call, { vus: 1, duration: '1s' }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`
  const built = async (definitions: string, file: string) => {
    const text = suiteWith(definitions, file)
    const files = { 'suites/a.suite.ts': text, 'suites/echo.proto': 'syntax = "proto3";' }
    return buildSuites(await project(files))
  }
  const ours = `grpcClient('127.0.0.1:1', { definitions: protos(['.'], 'FILE') })`
  const k6s = `new Client().load(['../elsewhere'], 'FILE')`
  const { built: found } = await built(ours, 'echo.proto')
  expect(found[0]?.code).toContain('globalThis.LOADWRIGHT_BESIDE="../suites/";')
  const { failures } = await built(ours, 'nowhere.proto')
  expect(failures.map(({ error }) => String(error)).join()).toMatch(
    /there is no file .*suites\/nowhere\.proto/,
  )
  expect((await built(k6s, 'nowhere.proto')).failures).toEqual([])
})

test('what setup hands on reaches the walk; what answers decide is told as such', async () => {
  const text = (setup: string, body: string) => `
import { client, journey, step, suite } from 'loadwright'
import { perVUIterations } from 'loadwright/scenarios'
const api = client('http://127.0.0.1:1')
const buy = journey<{ token: string }>('buy', ({ token }) => { ${body} })
const made = suite({ name: 'a', setup: () => (${setup}),
  scenarios: { a: perVUIterations(buy, { vus: 1, iterations: 5 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`
  const of = async (setup: string, body: string) => {
    const { built } = await buildSuites(await project({ 'suites/a.suite.ts': text(setup, body) }))
    const { steps, iteration } = built[0]!.manifest
    return [steps.map(({ step }) => step).join(), iteration.a?.requests, iteration.a?.known]
  }
  const get = `api.get('/', { name: 'home', headers: { token: token.trim() } })`
  expect(await of(`{ token: 'x' }`, `step('one', () => ${get}); step('two', () => ${get})`)).toEqual([
    ...['one,two', 2, 'walked'],
  ])
  const login = `{ token: api.post('/login', { name: 'login' }).json('token') as string }`
  const each = `for (const { id } of (${get}.json('items') as { id: string }[])) api.get('/' + id, { name: 'item' })`
  expect(await of(login, `step('one', () => { ${each} })`)).toEqual(['one', 2, 'least'])
  const pages = `let next: unknown = 0; while (next !== null) next = ${get}.json('next.page.id')`
  expect(await of(login, `step('one', () => ${get}); step('all', () => { ${pages} })`)).toEqual([
    ...['one,all', 0, 'unknown'],
  ])
}, 60_000)

test('a suite opens files beside it, also from where its bundle lies; what is not there is told', async () => {
  const head = `const picture = open('./data/pic.bin', 'b'); const text = open('data/note.txt')
export const sizes = [picture.byteLength, text]`
  const there = await project({ 'suites/a.suite.ts': suite('a', '', head), 'suites/data/note.txt': 'hi' })
  await writeFile(join(folder, 'suites/data/pic.bin'), Buffer.from([0, 159, 146, 150]))
  const built = await buildNamed(there, 'a', { outdir: 'out/deep' })
  expect(built.code.split('\n', 1)[0]).toContain('"../../suites/"+path')
  const again = await evaluateFor(built.code, 'a', {}, built.map, dirname(built.path))
  expect(again.exports.sizes).toEqual([4, 'hi'])
  await rm(join(folder, 'suites/data/note.txt'))
  expect(await complaint(buildNamed(there, 'a'))).toMatch(
    /^UserError: suites\/a.suite.ts:5:\d+: open\("data\/note.txt"\): there is no file .*suites\/data\/note.txt; paths are relative/,
  )
})
