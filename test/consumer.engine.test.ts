import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { folder, start, type Ended } from './engine/harness.ts'
import { must, tarball } from './engine/tarball.ts'

const HEAD = `
import { check, client, counter, journey, metrics, nextRow, settings, status, step, suite } from 'loadwright'
import { browse, checkout } from 'loadwright/journeys/boutique'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const own = metrics('own', { looks: counter('Looks', { by: ['at'] }) })
const thresholds = { journey_failed: ['rate<0.01'], own_looks: ['count>0'] } as const
`

/** A suite with a journey of one's own, fed from a file of each kind. */
const RIGHT = `${HEAD}
import pages from './pages.pool.csv'
import places from './places.pool.ts'
export const look = journey('look', () => {
  const { path = '' } = nextRow(pages)
  const { at } = nextRow(places)
  step('open', () => {
    const response = api.get(path, { name: 'page' })
    check(response, { 'page is up': status(200) })
    own.looks.add(1, { at })
  })
})
const scenario = workload()
const looks = suite({
  name: 'looks',
  metrics: [own],
  scenarios: {
    looking: scenario(look, { rate: 2 }),
    browsing: scenario(browse, { vus: 1 }),
    buying: scenario(checkout, { vus: 1 }),
  },
  thresholds: { journey_failed: ['rate<0.01'], own_looks: ['count>0'] },
})
export const { options, setup, teardown, handleSummary } = looks
export default looks
`

/** What must not compile: the last line of a file. */
const WRONG = {
  unnamed: `api.get('/')`,
  'undeclared-tag': `own.looks.add(1, { colour: 'red' })`,
  'unknown-metric': `own.nosuch.add(1)`,
  'bad-threshold': `suite({ name: 'x', scenarios: {}, thresholds: { journey_failed: ['p(95)<1'] } })`,
  'unknown-threshold': `suite({ name: 'x', metrics: [own], scenarios: {}, thresholds: { own_loks: ['count>0'] } })`,
}

const FILES = {
  'suites/look.ts': RIGHT,
  'suites/pages.pool.csv': 'path\n/\n/cart\n',
  'suites/places.pool.ts': `import { rows } from 'loadwright/rows'\nexport default rows([{ at: 'home' }])\n`,
  'own/doors.ts': `
import * as lib from 'loadwright'
import * as boutique from 'loadwright/journeys/boutique'
import * as scenarios from 'loadwright/scenarios'
import * as config from 'loadwright/config'
import * as rows from 'loadwright/rows'
import * as testing from 'loadwright/testing'
import * as plugin from 'loadwright/testing/vitest'
import 'loadwright/testing/register'
export default [lib, boutique, scenarios, config, rows, testing, plugin]
`,
  'own/rehearsal.mjs': `
import { rehearse } from 'loadwright/testing'
import { browse } from 'loadwright/journeys/boutique'
import { look } from '../suites/look.js'
const broken = await rehearse(browse, { respond: () => ({ status: 500 }) })
const looked = await rehearse(look, { iterations: 2 })
const words = [...broken.steps, ...looked.steps].map(({ name, ok }) => name + ' ' + ok)
console.log(JSON.stringify([words, looked.requests.map(({ url }) => url), broken.checks.map(({ ok }) => ok)]))
`,
  'own/look.test.ts': `
import { rehearse } from 'loadwright/testing'
import { checkout } from 'loadwright/journeys/boutique'
import { expect, test } from 'vitest'
import { look } from '../suites/look'
test('looks', async () => {
  const seen = await rehearse(look)
  expect(seen.requests.map(({ url }) => url)).toEqual(['https://shop.test/'])
  expect(seen.samples.find(({ metric }) => metric === 'own_looks')).toMatchObject({ value: 1, tags: { at: 'home' } })
})
test('buys', async () => {
  const seen = await rehearse(checkout, { respond: () => ({ status: 503 }) })
  expect(seen.steps).toEqual([{ name: 'open home', ok: false, duration: 10 }])
})
`,
  'vitest.config.mjs': `
import { k6 } from 'loadwright/testing/vitest'
export default { plugins: [k6({ env: { ENVIRONMENT: 'qa' } })] }
`,
  'loadwright.config.ts': `
import { defineConfig } from 'loadwright/config'
export default defineConfig({ environment: 'shop', environments: { qa: { target: 'https://shop.test', hosts: ['shop.test'] } } })
`,
  ...Object.fromEntries(
    Object.entries(WRONG).map(([name, line]) => [
      `wrong/${name}.ts`,
      `${HEAD}${line}\nexport { thresholds }\n`,
    ]),
  ),
}

const sh = (command: string, cwd: string): Promise<Ended> =>
  start('bash', ['-c', command], { cwd, limit: 110 }).ended

const homes = { commonjs: '', module: '' }
const TYPES = ['commonjs', 'module'] as const
let packed = ''

beforeAll(async () => {
  packed = await tarball()
  await Promise.all(
    TYPES.map(async (type) => {
      const home = folder()
      homes[type] = home
      for (const [name, text] of Object.entries(FILES)) {
        mkdirSync(dirname(join(home, name)), { recursive: true })
        writeFileSync(join(home, name), text)
      }
      writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'consumer', version: '1.0.0', type }))
      const more = type === 'module' ? 'vitest@^4.1.12' : ''
      await must(
        `npm install --no-audit --no-fund --prefer-offline --save-dev ${packed} typescript@~6.0 @types/k6@~2.2 ${more}`,
        home,
      )
    }),
  )
})

test.concurrent(
  'the tarball is small; nothing of ours runs when it is installed; faker is not needed',
  () => {
    // A fiftieth of what it installs: whoever makes it grow past this has looked at what grew.
    expect(statSync(packed).size).toBeLessThan(1200 * 1024)
    const inside = (...path: string[]) => join(homes.commonjs, 'node_modules', ...path)
    const { scripts } = JSON.parse(readFileSync(inside('loadwright/package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(Object.keys(scripts).filter((name) => name.includes('install'))).toEqual([])
    expect(readdirSync(inside())).not.toContain('@faker-js')
  },
)

const TSC =
  'node_modules/.bin/tsc --noEmit --strict --skipLibCheck false --target es2022 --module esnext --moduleResolution bundler --types k6'

test.concurrent.each(TYPES)('a %s project type-checks strictly, and wrong code does not', async (type) => {
  // The other one without the DOM's types, as k6 is.
  const types = type === 'module' ? '--lib es2023' : ''
  const { out } = await sh(
    `${TSC} ${types} --allowImportingTsExtensions suites/look.ts own/doors.ts wrong/*.ts`,
    homes[type],
  )
  // What goes on about an error is indented.
  expect(out.split('\n').filter((line) => !/^(wrong\/|\s|$)/.test(line))).toEqual([])
  const refused = Array.from(out.matchAll(/^wrong\/([\w-]+)\.ts\(/gm), ([, name]) => name)
  expect([...new Set(refused)].toSorted()).toEqual(Object.keys(WRONG).toSorted())
})

test.concurrent.each(TYPES)('a %s project rehearses its journeys in plain Node', async (type) => {
  const out = await must('node --import loadwright/testing/register own/rehearsal.mjs', homes[type])
  expect(JSON.parse(out)).toEqual([
    ['open home false', 'open true', 'open true'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/cart'],
    [false],
  ])
})

test.concurrent('vitest rehearses journeys with the plugin', async () => {
  const { code, out, err } = await sh('node_modules/.bin/vitest run', homes.module)
  expect(code, out + err).toBe(0)
  expect(out).toMatch(/2 passed/)
})

test.concurrent('a suite with rows of each kind is one bundle, of one library, without faker', async () => {
  await must('npx --no-install loadwright build', homes.commonjs)
  const { sources } = JSON.parse(readFileSync(join(homes.commonjs, 'dist/looks.js.map'), 'utf8')) as {
    sources: string[]
  }
  const library = sources.filter((source) => source.endsWith('lib/pool.js'))
  expect(library).toEqual(['node_modules/loadwright/dist/npm/lib/pool.js'])
  expect(sources.filter((source) => source.includes('.pool.'))).toEqual(
    expect.arrayContaining(['suites/pages.pool.csv', 'suites/places.pool.ts']),
  )
  expect(statSync(join(homes.commonjs, 'dist/looks.js')).size).toBeLessThan(48 * 1024)
})

test.concurrent('a suite runs on k6, and ends in a verdict', async () => {
  const { code, out, err } = await sh('npx --no-install loadwright run -e DURATION=3s', homes.module)
  expect(code, out + err).toBe(0)
  expect(out).toMatch(/^PASS {2}looks/m)
})

test.concurrent('a preset is copied, runs on k6, and tells its faults by line and column', async () => {
  const home = homes.module
  const loadwright = 'npx --no-install loadwright'
  await must(`mkdir presets && ${loadwright} preset show quick > presets/quick.yaml`, home)
  const [, schema = ''] = /\$schema=(\S+)/.exec(readFileSync(join(home, 'presets/quick.yaml'), 'utf8')) ?? []
  expect(JSON.parse(readFileSync(join(home, 'presets', schema), 'utf8'))).toMatchObject({ type: 'object' })
  writeFileSync(join(home, 'bad.yaml'), 'profil: smoke\nrequests: 7\n')
  const [run, bad, ejected] = await Promise.all([
    sh(`${loadwright} run quick --duration 2s --no-open`, home),
    sh(`${loadwright} run bad.yaml`, home),
    sh(`${loadwright} preset eject quick --dry-run`, home),
  ])
  expect([run.code, run.out]).toEqual([0, expect.stringMatching(/^PASS {2}quick/m)])
  expect([bad.code, bad.err]).toEqual([
    104,
    expect.stringMatching(/bad.yaml:1:1: profil[^]*bad.yaml:2:11: req/),
  ])
  expect(ejected.out).toContain('export const { options, setup, teardown, handleSummary } = quick')
})

test.concurrent('an empty folder: install, init, and what was written type-checks and passes', async () => {
  const home = folder()
  await must('npm init -y', home)
  await must(`npm install --no-audit --no-fund --prefer-offline --save-dev ${packed} typescript@~6.0`, home)
  const said = await must('npx --no-install loadwright init --yes', home)
  const [, config = ''] = /(\S*tsconfig\.json)/.exec(said) ?? []
  expect(await must(`node_modules/.bin/tsc --noEmit --skipLibCheck false -p ${config}`, home)).toBe('')
  expect(await must('npm run --silent types', home)).toBe('')
  const run = 'npx --no-install loadwright run --no-open'
  const [slow, rows, other] = await Promise.all([
    sh(`${run} -e DURATION=3s --fault latency=/cart/checkout:4000`, home),
    sh(`${run} --fault missing-products=OLJCESPC7Z,66VCHSJNUP`, home),
    sh(`${run} -e DURATION=2s node_modules/loadwright/examples/02-custom-journey.ts`, home),
  ])
  expect([slow.code, slow.out]).toEqual([99, expect.stringMatching(/^FAIL[^]*journey:checkout/m)])
  expect([rows.code, rows.out]).toEqual([96, expect.stringMatching(/OLJCESPC7Z.*66VCHSJNUP/)])
  expect([other.code, other.out]).toEqual([0, expect.stringMatching(/^PASS/m)])
})
