import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packageRoot } from '../base/index.ts'
import { planRun, withTarget, type PlanOptions } from './plan.ts'

let folder = ''
beforeAll(async () => {
  const cache = join(packageRoot, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  folder = await mkdtemp(join(cache, 'loadwright-plan-'))
  await writeFile(join(folder, 'shop.ts'), SUITE)
  await writeFile(join(folder, 'regions.ts'), REGIONS)
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
const REGIONS = SUITE.replace('const api', 'const { length } = __ENV.REGION\nconst api').replace(
  'rate: 5',
  'rate: length',
)
const plan = (flags: Record<string, string>, more: PlanOptions = {}, file = 'shop.ts') =>
  planRun({ folder, config: {} }, file, { flags, set: [] }, { shell: {}, ...more })
const complaint = (work: Promise<unknown>): Promise<string> => work.then(() => 'no complaint', String)

test('without a target the embedded shop is meant; an empty target is none', async () => {
  const { embedded, settings, variables, judged, manifest } = await plan({
    PROFILE: 'load',
    DURATION: '5s',
    BASE_URL: '',
  })
  expect({ embedded, settings, variables, judged }).toMatchInlineSnapshot(`
    {
      "embedded": true,
      "judged": [
        "steady",
      ],
      "settings": {
        "BASE_URL": "http://127.0.0.1:8080",
        "CHECK_ROWS": "abort",
        "DURATION": 5000,
        "ENVIRONMENT": "shop",
        "PROFILE": "load",
        "REQUEST_TIMEOUT": 30000,
        "SCALE": 1,
        "SPANS": "off",
        "SUMMARY": "text",
        "TIME_BUDGET": 10000,
        "TRACE_RATIO": 1,
      },
      "variables": {
        "BASE_URL": "",
        "DURATION": "5s",
        "PROFILE": "load",
      },
    }
  `)
  expect(manifest.phases.visitors?.map(({ name, lasts }) => `${name} ${lasts}`)).toEqual([
    'ramp-up 30000',
    'warm-up 30000',
    'steady 5000',
    'ramp-down 5000',
  ])
})

test('faults belong to the embedded shop: with a target they are refused, and so are wrong ones', async () => {
  const faults = ['latency=/:5', 'errors=nowhere:2']
  expect(await complaint(plan({ BASE_URL: 'http://127.0.0.1:9' }, { faults }))).toMatchInlineSnapshot(`
    "UserError: 2 problems:
      - --fault: got latency=/:5 errors=nowhere:2; allowed: only with the embedded shop, that is without a target. Leave BASE_URL out, or give the faults to \`loadwright shop\`.
      - Fault "errors=nowhere:2": the route "nowhere" is not *, /, /product, /cart, /cart/empty, /cart/checkout, /setCurrency, /logout, /product-meta, /assistant, /bot, /graphql, /ws, /grpc, /static, /robots.txt, /_healthz, or a method and one of them. Write errors=ROUTE:SHARE, for example errors=POST /cart:0.05."
  `)
  expect((await plan({}, { faults: ['latency=/:5'] })).embedded).toBe(true)
})

test('an SLO on a journey judges the suites that have it, and names its owner; a misspelt one is refused', async () => {
  const pay = SUITE.replaceAll('visit', 'pay').replace("'shop'", "'till'")
  await mkdir(join(folder, 'suites'), { recursive: true })
  await writeFile(join(folder, 'suites/till.ts'), pay)
  const owned = { thresholds: ['p(95)<500'], owner: 'team-till' }
  const planned = async (file: string, key: string) => {
    const config = { environments: { shop: { slos: { [key]: owned, checks: [] } } } }
    const { manifest, owners } = await planRun(
      { folder, config },
      file,
      { flags: {}, set: [] },
      { shell: {} },
    )
    const keys = Object.keys(manifest.options.thresholds)
    return { keys: keys.filter((one) => one.startsWith('group_')), owners }
  }
  const key = 'group_duration{journey:pay,step:open}'
  const narrowed = 'group_duration{journey:pay,step:open,phase:steady}'
  expect(await planned('suites/till.ts', key)).toEqual({
    keys: [narrowed],
    owners: [{ metric: narrowed, threshold: 'p(95)<500', owner: 'team-till' }],
  })
  expect(await planned('shop.ts', key)).toEqual({ keys: [], owners: [] })
  expect(await complaint(planned('shop.ts', 'group_duration{journey:pey}'))).toMatchInlineSnapshot(`
    "UserError: 1 problem:
      - environments.shop.slos["group_duration{journey:pey}"]: journey: got "pey"; allowed: visit, pay. Did you mean "pay"?"
  `)
})

test('an SLO on a metric judges the suites that have it; others are told, and k6 never sees it there', async () => {
  const own = SUITE.replace("'shop'", "'till'")
    .replace('journey, settings', 'counter, journey, metrics, settings')
    .replace('const visit', "const orders = metrics('shop', { orders: counter('Orders') })\nconst visit")
    .replace('scenarios:', 'metrics: [orders], scenarios:')
  await mkdir(join(folder, 'suites'), { recursive: true })
  await writeFile(join(folder, 'suites/till.ts'), own)
  const slos = {
    'browser_web_vital_lcp{page:home}': ['p(75)<2500'],
    grpc_streams: ['count>0'],
    'ws_connecting{name:prices}': ['p(95)<200'],
    grpc_call_failed: ['rate<0.001'],
    shop_orders: ['count>0'],
    http_req_duration: ['p(95)<900'],
  }
  const planned = (file: string, more: object = {}) =>
    planRun(
      { folder, config: { environments: { qa: { slos: { ...slos, ...more } } } } },
      file,
      { flags: { ENVIRONMENT: 'qa', BASE_URL: 'http://127.0.0.1:9' }, set: [] },
      { shell: {} },
    )
  const [shop, till] = [await planned('shop.ts'), await planned('suites/till.ts')]
  const others =
    'browser_web_vital_lcp{page:home}, grpc_streams, ws_connecting{name:prices}, grpc_call_failed'
  const left = 'left out of the SLOs of qa, since this suite does not measure it:'
  expect([shop.notes, till.notes]).toEqual([[`${left} ${others}, shop_orders`], [`${left} ${others}`]])
  const judgedIn = ({ manifest: { options } }: typeof shop) =>
    Object.keys(options.thresholds).filter((key) => (options.thresholds[key] ?? []).length > 0)
  expect(judgedIn(till)).toContain('shop_orders')
  const asked = Object.keys(slos).map((key) => key.split('{')[0])
  expect(judgedIn(shop).filter((key) => asked.includes(key.split('{')[0]))).toEqual([
    expect.stringMatching(/^http_req_duration/),
  ])
  expect(await complaint(planned('shop.ts', { shop_ordres: ['count>0'] }))).toMatch(
    /slos\["shop_ordres"\]: metric: got "shop_ordres"; allowed: .*Did you mean "shop_orders"/,
  )
})

test('settings are refused with every problem, before anything is built', async () => {
  expect(await complaint(plan({ PROFILE: 'laod', SCALE: 'abc' }, { faults: ['x'] }))).toMatch(
    /^UserError: 3 problems:\n {2}- PROFILE.*\n {2}- SCALE.*\n {2}- .*x/,
  )
})

test('a run over the caps of its environment is refused', async () => {
  const flags = {
    ENVIRONMENT: 'dev',
    BASE_URL: 'http://localhost',
    PROFILE: 'load',
    RATE: '500',
    DURATION: '2h',
  }
  expect(await complaint(plan(flags))).toMatchInlineSnapshot(`
    "UserError: shop.ts: suite "shop": 3 problems:
      - the cap of dev on VUs: got 6000 VUs; allowed: at most 2000 VUs. Lower SCALE, RATE or typicalSeconds of a journey.
      - the cap of dev on rate: got 250 iterations/s; allowed: at most 100 iterations/s. Lower SCALE or RATE.
      - the cap of dev on duration: got 7265 s; allowed: at most 3600 s. Lower DURATION."
  `)
})

test('the shop’s own port takes the target’s place', async () => {
  const { settings, variables } = withTarget(await plan({ PROFILE: 'smoke' }), 'http://127.0.0.1:4711/')
  expect([settings.BASE_URL, variables]).toEqual([
    'http://127.0.0.1:4711',
    { PROFILE: 'smoke', BASE_URL: 'http://127.0.0.1:4711' },
  ])
})

test.each<PlanOptions>([
  { shell: { REGION: 'west' } },
  { shell: { REGION: 'a' }, env: ['REGION=east'] },
  { more: ['-q', '--env=REGION=east'] },
])('a script is evaluated with the variables that it will find: %j', async (more) => {
  const { manifest } = await plan({ PROFILE: 'canary' }, more, 'regions.ts')
  expect(manifest.options).toEqual(
    (await plan({ PROFILE: 'canary' }, { env: ['REGION=1234'] }, 'regions.ts')).manifest.options,
  )
})

test('config, settings, arguments for k6 and faults are refused together', async () => {
  const project = { folder, config: {}, problems: ['the config'], doubts: () => true }
  const given = { flags: { ENVIRONMENT: 'qa', SCALE: 'abc' }, set: [] }
  const more = ['--no-thresholds', '-u', '99999']
  expect(await complaint(planRun(project, 'shop.ts', given, { shell: {}, faults: ['x'], more }))).toMatch(
    /^UserError: 4 problems:\n {2}- the config\n {2}- SCALE.*\n {2}- after --: got --no-thresholds.*\n {2}- .*x/,
  )
  expect(await complaint(plan({}, { more: ['-u', '6001'] }))).toContain(
    '--vus after --: got 6001 VUs; allowed: at most 6000',
  )
})
