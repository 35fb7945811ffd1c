import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Config } from '../../config/index.ts'
import { packageRoot } from '../package.ts'
import { readProject } from './config.ts'
import { buildNamed, buildSuites, suiteFiles } from './suites.ts'

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
const complaint = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no complaint',
    (error: unknown) => String(error).replaceAll(folder, '<folder>').replaceAll(basename(folder), '<name>'),
  )

test('a suite becomes one file and a manifest of what it declares', async () => {
  const [built] = await buildSuites(
    await project({ 'suites/a.suite.ts': suite('a', `thresholds: { checks: ['rate>0.9'] }`) }),
  )
  expect((await readdir(join(folder, 'dist'))).toSorted()).toEqual(['a.js', 'a.manifest.json'])
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
    ...{ suite: 'a', source: 'suites/a.suite.ts', baked: {}, journeys: ['visit'], pools: [] },
    steps: [
      { journey: 'visit', step: 'open' },
      { journey: 'visit', step: 'look' },
    ],
    phases: { visitors: [] },
  })
})

test('the same sources give the same bytes, bundle and manifest', async () => {
  const files = {
    'suites/a.suite.ts': suite('a', '', `import rows from './r.pool.json'\nexport const n = rows.length`),
  }
  const there = await project({ ...files, 'suites/r.pool.json': '[{"id":1}]' })
  const [first] = await buildSuites(there, { outdir: 'one' })
  const [second] = await buildSuites(there, { outdir: 'two' })
  expect(second?.code).toBe(first?.code)
  expect(second?.manifest).toEqual(first?.manifest)
  expect(first?.code).not.toContain(packageRoot)
})

test('baked settings are locked into the bundle, the config travels with it', async () => {
  const config = { environments: { qa: { target: 'http://127.0.0.1:7' } } }
  const head = `import { settings } from 'loadwright'\nexport const place = settings().BASE_URL`
  const there = await project({ 'suites/a.suite.ts': suite('a', '', head) }, config)
  const [built] = await buildSuites(there, { baked: { ENVIRONMENT: 'qa' } })
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

test('pools and tests are no suites; without any there is one sentence', async () => {
  const there = await project(
    { 'suites/b.test.ts': '', 'suites/b.pool.ts': '', 'suites/a.ts': '' },
    { suites: ['suites/*.ts'] },
  )
  expect((await suiteFiles(there)).map((file) => basename(file))).toEqual(['a.ts', 'visit.ts'])
  expect(await complaint(buildSuites(await project({}, { suites: ['load/*.ts'] })))).toMatchInlineSnapshot(
    `"UserError: no suites: nothing matches load/*.ts in <folder>. Write a suite there, or set \`suites\` in loadwright.config.ts"`,
  )
})

test('two suites of one name are refused', async () => {
  const there = await project({ 'suites/a.suite.ts': suite('same'), 'suites/b.suite.ts': suite('same') })
  expect(await complaint(buildSuites(there))).toMatchInlineSnapshot(
    `"UserError: two suites are named "same": suites/a.suite.ts, suites/b.suite.ts"`,
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
  expect(await complaint(buildSuites(there))).toMatchInlineSnapshot(
    `
    "UserError: node_modules/.cache/<name>/suites/a-syntax.suite.ts:1:6: Expected identifier but found "="
    node_modules/.cache/<name>/suites/b-import.suite.ts:1:7: Could not resolve "./nowhere.ts"
    node_modules/.cache/<name>/suites/b-import.suite.ts:2:7: Could not resolve "left-pad"
    suites/c-throws.suite.ts: not today
    1 problem:
      - suites/d-exports.suite.ts: got no export handleSummary; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    1 problem:
      - suites/e-nosuite.suite.ts: got a default export that is not a suite; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    suites/f-lint.suite.ts: 3 problems:
      - thresholds["checkz"]: got "checkz"; allowed: checks, data_received, data_sent, dropped_iterations, group_duration, http_req_blocked, http_req_connecting, http_req_duration, http_req_failed, http_req_receiving, http_req_sending, http_req_tls_handshaking, http_req_waiting, http_reqs, iteration_duration, iterations, vus, vus_max, journeys_started, journeys_completed, journeys_failed, journey_failed, journey_duration, steps_completed, span_duration, checks_succeeded, checks_failed, tunnel_errors. Did you mean "checks"?
      - thresholds["checks"]: got "p(95)<1"; allowed: for a rate: rate<0.01
      - thresholds["checks{journey:visits}"]: journey: got "visits"; allowed: visit. Did you mean "visit"?
    suites/g-names.suite.ts: 2 problems:
      - suite.name: got "g h"; allowed: letters, digits, dash and underscore
      - scenarios.default: got "default"; allowed: any other name: k6 gives this one to -i, -u, -d and monitors
    1 problem:
      - suites/h-null.suite.ts: got a default export that is not a suite; allowed: default, options, setup, teardown, handleSummary. Write: export const { options, setup, teardown, handleSummary } = mySuite; export default mySuite
    suites/i-options.suite.ts: 1 problem:
      - scenarios: got none; allowed: at least one, such as { visitors: workload()(browse, { rate: 5 }) }"
  `,
  )
})

test('a bundle too large for a monitor is refused', async () => {
  const big = JSON.stringify(
    Array.from({ length: 4000 }, (_, id) => ({ id, name: `a row with number ${id}` })),
  )
  const there = await project({
    'suites/a.suite.ts': suite('a', '', `import rows from './r.pool.json'\nexport const n = rows.length`),
    'suites/r.pool.json': big,
  })
  expect(await complaint(buildSuites(there))).toMatch(
    /^UserError: suites\/a\.suite\.ts: the bundle has \d{6} bytes; a monitor takes at most 131072\. Fewer rows/,
  )
})

test('a project is read with its config; what is wrong with that is told by its file', async () => {
  expect(await readProject(folder)).toEqual({ folder, config: {} })
  const write = (text: string) => writeFile(join(folder, 'loadwright.config.ts'), text)
  await write(`import { defineConfig } from 'loadwright/config'\nexport default defineConfig({ suite: 'x' })`)
  expect((await readProject(folder)).config).toEqual({ suite: 'x' })
  await write(`export default { suit: 'x', suites: 5 }`)
  expect(await complaint(readProject(folder))).toMatchInlineSnapshot(`
    "UserError: 2 problems:
      - loadwright.config.ts: got "suit"; allowed: suites, suite, environments. Did you mean "suite"?
      - loadwright.config.ts: suites: got "5"; allowed: an array of texts"
  `)
  await write(`export const config = {}`)
  expect(await complaint(readProject(folder))).toContain('loadwright.config.ts: got "null"')
  await write(`const = 5`)
  expect(await complaint(readProject(folder))).toMatch(/loadwright\.config\.ts:1:6: Expected identifier/)
})
