import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../base/index.ts'
import { optionsProblems, planCloud, type CloudOptions } from './plan.ts'

let folder = ''
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-cloud-'))
  await writeFile(join(folder, 'shop.ts'), SUITE)
  await writeFile(
    join(folder, 'regions.ts'),
    SUITE.replace('const api', 'const { length } = __ENV.REGION\nconst api'),
  )
  await writeFile(
    join(folder, 'orders.yaml'),
    'requests: [{ path: "/${USER_ID}", headers: { Authorization: "Bearer ${API_TOKEN}" } }]\n',
  )
  await writeFile(
    join(folder, 'own.js'),
    `import http from 'k6/http'\nexport default () => http.get('https://a.example')`,
  )
  await writeFile(
    join(folder, 'asks.js'),
    `import http from 'k6/http'\nexport default () => http.get(__ENV.BASE_URL)`,
  )
})
afterAll(() => rm(folder, { recursive: true }))

const SUITE = `
import { client, journey, settings, step, suite } from 'loadwright'
import { workload } from 'loadwright/scenarios'
const api = client(settings().BASE_URL)
const visit = journey('visit', () => step('open', () => api.get('/', { name: 'home' })))
const made = suite({ name: 'shop', scenarios: { visitors: workload()(visit, { rate: 5 }) } })
export const { options, setup, teardown, handleSummary } = made
export default made
`
const NGROK = { BASE_URL: 'https://shop.ngrok-free.app' }
const plan = (flags: Record<string, string>, more: Partial<CloudOptions> = {}, file = 'shop.ts') =>
  planCloud(
    { folder, config: {} },
    file,
    { flags, set: [] },
    { shell: {}, env: [], more: [], local: false, ...more },
  )
const complaint = (work: Promise<unknown>): Promise<string> => work.then(() => 'no complaint', String)

test('where nobody names an environment and the target is beyond this machine it is dev, and that is said', async () => {
  const { plan: chosen, notes } = await plan({ ...NGROK, PROFILE: 'load' })
  expect(chosen.settings).toMatchObject({ ENVIRONMENT: 'dev', SCALE: 0.5 })
  expect(chosen.variables).toMatchObject({ ENVIRONMENT: 'dev' })
  expect(notes).toEqual(['environment dev, since none was named (--environment names another)'])
  const shell = { ENVIRONMENT: 'staging', ...NGROK }
  expect(await complaint(plan({}, { shell }))).toContain('in staging: loopback')
  expect(await complaint(plan({ BASE_URL: 'https://example.com' }))).toContain(
    'in dev: loopback, *.ngrok-free.app',
  )
})

test('a target is needed that load zones reach, unless it is executed here', async () => {
  expect(await complaint(plan({}))).toContain(
    'BASE_URL: got "http://127.0.0.1:8080"; allowed: a target that load zones',
  )
  const { plan: chosen, notes } = await plan({}, { local: true })
  expect({ embedded: chosen.embedded, environment: chosen.settings.ENVIRONMENT, notes }).toEqual({
    embedded: true,
    environment: 'shop',
    notes: [],
  })
})

test('a script with a target of its own needs none; one that asks for it does', async () => {
  expect((await plan({}, {}, 'own.js')).plan.settings.BASE_URL).toBe('')
  expect(await complaint(plan({}, {}, 'asks.js'))).toContain(
    'BASE_URL: got nothing; allowed: a target, because asks.js reads __ENV.BASE_URL and has no default',
  )
  expect(await complaint(plan({ ENVIRONMENT: 'shop' }, {}, 'asks.js'))).toContain(
    'loopback is the load generator itself',
  )
})

test('of the shell a suite sees the settings alone, as in the cloud', async () => {
  const shell = { REGION: 'eu', PROFILE: 'load', ...NGROK }
  expect(await complaint(plan({}, { shell }, 'regions.ts'))).toContain('give it by -e NAME=value')
  const { plan: chosen } = await plan({}, { shell, env: ['REGION=eu'] }, 'regions.ts')
  expect(chosen.settings.PROFILE).toBe('load')
})

test('every problem is told at once', async () => {
  const set = { set: ['DB_PASSWORD=pa55', 'NO_SUCH=1'] }
  const options = {
    shell: {},
    env: ['TOKEN=pa55'],
    more: ['--quiet', '-u', '9999'],
    local: false,
    timeout: '0s',
  }
  const given = { flags: { ...NGROK, PROFILE: 'laod' }, ...set }
  const said = await complaint(planCloud({ folder, config: {} }, 'shop.ts', given, options))
  expect(said).not.toContain('pa55')
  expect(said.split('\n').map((line) => /^ {2}- (.+?): got/.exec(line)?.[1])).toEqual([
    ...[undefined, '--set', 'PROFILE', '--set', '--env', 'after --', '--vus after --', '--timeout'],
  ])
})

test('load zones in the config and in the script’s own options are refused: k6 takes one of the two', () => {
  const distribution = { a: { loadZone: 'amazon:us:ashburn', percent: 100 } }
  expect(optionsProblems({ projectID: 1 }, { distribution, note: 'n' })).toMatchObject([
    { got: 'cloud.distribution and cloud.note, which the script’s own options.cloud would replace' },
  ])
  expect(optionsProblems({}, { distribution })).toEqual([])
  expect(optionsProblems({ projectID: 1 }, { project: 2 })).toEqual([])
})

test('a variable of a preset that nothing gives is a secret of the cloud, and that is said', async () => {
  const { plan: chosen, notes } = await plan(
    { ...NGROK, ENVIRONMENT: 'dev' },
    { env: ['USER_ID=7'], shell: { API_TOKEN: 's3cret' } },
    'orders.yaml',
  )
  expect(notes).toEqual(['API_TOKEN is the secret of that name in Grafana Cloud'])
  expect(await readFile(chosen.suite.path, 'utf8')).not.toContain('s3cret')
  expect(await complaint(plan(NGROK, { env: ['API_TOKEN=a'] }, 'orders.yaml'))).toContain(
    'looks like a secret',
  )
})
