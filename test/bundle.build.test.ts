import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { beforeAll, expect, test } from 'vitest'
import { bundle, MONITOR_BYTES } from '../cli/project/build/bundle.ts'
import { packageRoot } from '../cli/base/package.ts'
import manifest from '../package.json' with { type: 'json' }
import { ENVIRONMENT_WORDS, PROFILE_WORDS, SETTING_WORDS, type SettingWords } from '../config/words.ts'
import { evaluate, type Evaluated } from '../testing/evaluate.ts'

/**
 * KiB, with pools. A ceiling may only fall; who raises one says why: 04, 05 and 09 rose by one with tunnels, the event of
 * a failed setup, and events that the monitoring agent can read. All rose by three with spans (1.6 KiB), and with what
 * failures say: an excerpt without secrets, where and when (1.3 KiB). 02 rose by one with redirects followed to listed
 * hosts alone, paths in which a value was not there, the pace of a smoke test, and places of errors; 01, 03, 07, 08 and
 * 10 to 13 with types of bodies, headers by function, with() and jar(). 06 grew when rows that nobody tried were refused.
 * 04, 05 and 09 rose by one with the profile replay, and with the path and the clock of the preflight, which saves a request.
 * 17 rose by one with counts of operations that failed, of which k6 knows nothing; 18 with a third journey; 19 with what is
 * known of a connection that is lost, and of a stream that is over.
 */
const CEILINGS = [
  ['01-smoke.ts', 39],
  ['02-custom-journey.ts', 29],
  ['03-mix.ts', 39],
  ['04-data.ts', 30],
  ['05-environments.ts', 32],
  ['06-unique-data.ts', 31],
  ['07-metrics.ts', 29],
  ['08-thresholds.ts', 28],
  ['09-open-and-closed.ts', 40],
  ['10-login.ts', 28],
  ['11-parallel.ts', 28],
  ['12-traces.ts', 28],
  ['13-two-services.ts', 28],
  ['15-once-per-vu.ts', 28],
  ['16-browser.ts', 43],
  ['17-graphql.ts', 32],
  ['18-websocket.ts', 31],
  ['19-grpc.ts', 31],
] as const

let code = ''
let seen: Evaluated
beforeAll(async () => {
  ;({ code } = await bundle(join(packageRoot, 'examples/01-smoke.ts'), {}))
  seen = await evaluate(code, { env: {} })
})

test.each(CEILINGS)('%s has at most %d KiB', async (entry, kibibytes) => {
  const { code: built } = await bundle(join(packageRoot, 'examples', entry), {})
  expect(Buffer.byteLength(built) / 1024).toBeLessThanOrEqual(kibibytes)
  expect(Buffer.byteLength(built)).toBeLessThanOrEqual(MONITOR_BYTES)
})

test('every example has a ceiling', () => {
  const examples = globSync(['*.ts', '!*.test.ts', '!*.pool.ts'], { cwd: join(packageRoot, 'examples') })
  expect(CEILINGS.map(([entry]) => entry)).toEqual(examples.toSorted())
})

test.each([
  'faker',
  'node:',
  'require(',
  'k6/browser',
  'eval(',
  'new Function',
  'commander',
  'sourceMappingURL',
  packageRoot,
])('the bundle does not hold %j', (text) => {
  expect(code.includes(text)).toBe(false)
})

test('the bundle holds none of the prose that only Node reads', () => {
  const tables = [SETTING_WORDS, PROFILE_WORDS, ENVIRONMENT_WORDS]
  const words = tables.flatMap((table) => Object.values<string | SettingWords>(table))
  const prose = words
    .map((one) => (typeof one === 'string' ? one : one.meaning))
    .filter((text) => text.length > 20)
  expect(prose.length).toBeGreaterThan(20)
  const escaped = (text: string) => text.replaceAll('’', '\\u2019')
  expect(prose.filter((text) => code.includes(text) || code.includes(escaped(text)))).toEqual([])
})

test('the bundle opens no file, is ASCII, and has no async generator or for-await, which k6 does not know', () => {
  expect(code).not.toMatch(/(?<![\w$.])open\(/)
  expect(code).not.toMatch(/async\s*\*|async\s+function\s*\*|for\s+await/)
  expect(code.match(/[^\n\x20-\x7e]/g)).toBeNull()
})

test('what is put off is called by short names', () => {
  expect(code).not.toMatch(/\b(?:failRequest|suiteParts|addTarget|runDefault)\b/)
})

test('the bundle imports k6’s own modules and nothing else', () => {
  const imports = Array.from(code.matchAll(/(?:from|import)\s*"([^"]+)"/g), ([, name = '']) => name)
  expect([...new Set(imports)].toSorted()).toEqual(['k6', 'k6/data', 'k6/execution', 'k6/http', 'k6/metrics'])
})

test('the bundle evaluates with what k6 has, and exports what a load test, the Cloud and a monitor need', () => {
  const { exports } = seen
  expect(Object.keys(exports).toSorted()).toEqual([
    'default',
    'handleSummary',
    'options',
    'setup',
    'teardown',
  ])
  expect(['default', 'setup', 'teardown', 'handleSummary'].map((name) => typeof exports[name])).toEqual(
    Array.from({ length: 4 }, () => 'function'),
  )
  expect(JSON.parse(JSON.stringify(exports.options))).toMatchObject({ scenarios: {}, thresholds: {} })
})

test('rows are shared between VUs, not copied into each', () => {
  const shared = seen.seen.sharedArrays.map(({ name, length }) => ({ name, length }))
  expect(shared).toContainEqual({ name: 'boutique/shoppers', length: 60 })
})

test('the package ships what a consumer needs, and no test', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: packageRoot,
    encoding: 'utf8',
  })
  const [packed] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  const paths = packed.files.map(({ path }) => path)
  const doors = Object.values(manifest.exports).flatMap((door) =>
    typeof door === 'string' ? [door] : [door.types, door.default],
  )
  const needed = ['cli/k6/engine/go.mod', 'docs/settings.md', 'LICENSE', 'CHANGELOG.md']
  expect(paths).toEqual(
    expect.arrayContaining([...needed, ...doors.map((door) => door.slice(2).replace('*', 'boutique'))]),
  )
  expect(
    paths.filter((path) =>
      /^(?!examples\/).*\.test(-d)?\.|^(?!dist\/npm\/|dist\/(?:cli|collector)\.mjs$|examples\/|cli\/k6\/engine\/|docs\/|[A-Z]+(\.md)?$|package\.json$)/.test(
        path,
      ),
    ),
  ).toEqual([])
})
