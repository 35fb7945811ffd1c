import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../base/index.ts'
import { monitorAccess, apiUrl, DEFAULT_URL } from './access.ts'
import { startFakeMonitoring } from '../../../test/doubles/syntheticMonitoring.ts'
import { caller } from './http.ts'
import { tenantOf } from './tenant.ts'

let fake: Awaited<ReturnType<typeof startFakeMonitoring>>
beforeEach(async () => {
  fake = await startFakeMonitoring()
})
afterEach(() => fake.close())

const QUICK = { timeoutMs: 60_000, firstMs: 1 }
const tenant = (more: object = {}) => tenantOf(fake, { ...QUICK, ...more })
const complaint = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no complaint',
    (error: unknown) => {
      expect(error).toBeInstanceOf(UserError)
      expect((error as UserError).exitCode).toBe(104)
      return (error as UserError).message.replaceAll(fake.url, '<api>')
    },
  )

test('probes and the tenant are read', async () => {
  expect(await tenant().id()).toBe(77)
  expect((await tenant().probes())[4]).toEqual({
    id: 5,
    name: 'office',
    public: false,
    scripted: true,
    browser: true,
  })
})

test.each([429, 500, 502, 503])('%d is tried again, and then told', async (status) => {
  fake.fault('GET /tenant', { status }, 3)
  expect(await tenant().id()).toBe(77)
  expect(fake.log).toHaveLength(4)
  fake.fault('GET /tenant', { status, body: { msg: 'busy', err: 'come back' } }, 4)
  expect(await complaint(tenant().id())).toBe(
    status === 429
      ? 'tenant: too many requests (429: busy: come back, tried 4 times). Try again in a minute'
      : `tenant: the API failed (${status}: busy: come back, tried 4 times). Try again later`,
  )
  expect(fake.log).toHaveLength(8)
})

test('Retry-After is kept, within bounds', async () => {
  fake.fault('GET /tenant', { status: 429, headers: { 'retry-after': '0.2' } })
  const start = Date.now()
  await tenant().id()
  expect(Date.now() - start).toBeGreaterThanOrEqual(195)
})

test.each([
  [400, 'tenant: the API refused it (400: Invalid check: invalid check frequency)'],
  [
    401,
    'tenant: the access token is not accepted (401: Invalid check: invalid check frequency). It is wrong or revoked, or GRAFANA_SM_URL (<api>) is the API of another region',
  ],
  [403, 'tenant: the access token may not do that (403: Invalid check: invalid check frequency)'],
  [404, 'tenant: the API refused it (404: Invalid check: invalid check frequency)'],
  [422, 'tenant: the API refused it (422: Invalid check: invalid check frequency)'],
])('%d is told once, as a sentence', async (status, sentence) => {
  fake.fault('GET /tenant', {
    status,
    body: { code: status, msg: 'Invalid check', err: 'invalid check frequency' },
  })
  expect(await complaint(tenant().id())).toBe(sentence)
  expect(fake.log).toHaveLength(1)
})

test('an answer that is late is given up, tried again, and told', async () => {
  fake.fault('GET /tenant', { delay: 60_000 }, 2)
  expect(await complaint(tenant({ timeoutMs: 50, tries: 2 }).id())).toBe(
    'tenant: <api> does not answer within 0.05 s, tried 2 times. Is GRAFANA_SM_URL right?',
  )
})

test('nobody there is told, without a stack', async () => {
  const gone = tenantOf({ url: 'http://127.0.0.1:1', token: 'glsa_secret' }, QUICK)
  expect(await complaint(gone.id())).toMatch(
    /^tenant: http:\/\/127\.0\.0\.1:1 does not answer \(\S+.*\), tried 4 times/,
  )
})

test.each([
  ['<html><b>Sign in</b></html>', /answers 200 with what is no JSON \("<html><b>Sign in<\/b><\/html>"\)/],
  ['{"id": 7', /answers 200 with what is no JSON/],
  ['[]', /^tenant: the API answers with something unexpected/],
  ['null', /^tenant: the API answers with something unexpected/],
])('%j in the place of an answer is told', async (body, expected) => {
  fake.fault('GET /tenant', { body })
  expect(await complaint(tenant().id())).toMatch(expected)
})

test.each(['{}', '[1]', '[{"id": 1}]', '"checks"'])('%j is no list of checks', async (body) => {
  fake.fault('GET /check/list', { body })
  expect(await complaint(tenant().checks())).toMatch(/^checks: the API answers with something unexpected/)
})

test('what Go writes for an empty list is an empty list', async () => {
  fake.fault('GET /check/list', { body: 'null' })
  expect(await tenant().checks()).toEqual([])
})

test('alerts are asked for one by one where the list has none', async () => {
  const { id } = fake.put({ alerts: [] })
  await tenant().setAlerts(id, [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 1, period: '5m' }])
  const { alerts: _, ...plain } = fake.checks.get(id)!
  fake.fault('GET /check/list', { body: [plain] })
  expect((await tenant().checks())[0]?.alerts).toMatchObject([{ threshold: 1, period: '5m' }])
})

test('a redirect is a wrong address, and the token does not go along', async () => {
  fake.fault('GET /tenant', { status: 302, headers: { location: 'https://grafana.example.com/login' } })
  expect(await complaint(tenant().id())).toBe(
    "GET <api>/api/v1/tenant leads elsewhere (302, https://grafana.example.com/login): is GRAFANA_SM_URL the API's address?",
  )
})

test('the token is in no text, even if the API says it', async () => {
  const said = { msg: `no tenant for Bearer ${fake.token}`, err: fake.token }
  for (const status of [400, 401, 500]) {
    fake.fault('GET /tenant', { status, body: said }, 4)
    expect(await complaint(tenant().id())).not.toContain(fake.token)
  }
  fake.fault('GET /tenant', { body: `not JSON ${fake.token}` }, 4)
  expect(await complaint(tenant().id())).not.toContain(fake.token)
})

test('a Ctrl-C ends a call and a pause at once, with its own reason', async () => {
  for (const fault of [{ delay: 5000 }, { status: 429, headers: { 'retry-after': '30' } }]) {
    const controller = new AbortController()
    fake.fault('GET /tenant', fault)
    const asked = caller(fake, { signal: controller.signal })('GET', '/tenant')
    setTimeout(() => controller.abort(new UserError('interrupted', 105)), 50)
    await expect(asked).rejects.toThrow(/^interrupted$/)
  }
})

const CHECK = {
  job: 'shop, by day & night',
  target: 'https://a.example/?',
  enabled: true,
  frequency: 60_000,
  timeout: 5000,
  probes: [1],
  labels: [],
  basicMetricsOnly: true,
  alertSensitivity: 'none',
  settings: { scripted: { script: 'eA==' } },
}

test.each([{ lost: true as const }, { status: 502 }, { delay: 60_000 }])(
  'an add whose answer is %j leaves one check, not two',
  async (fault) => {
    fake.fault('POST /check/add', fault)
    const { id } = await tenant('delay' in fault ? { timeoutMs: 200 } : {}).add(CHECK)
    expect([...fake.checks.keys()]).toEqual([id])
  },
)

test('an add that somebody else was quicker with is an update', async () => {
  const { id } = fake.put({ job: CHECK.job, target: CHECK.target, frequency: 120_000 })
  expect(await tenant().add(CHECK)).toMatchObject({ id, frequency: 60_000 })
  expect(fake.log).toEqual([
    'POST /check/add',
    'GET /check/query?job=shop%2C+by+day+%26+night&target=https%3A%2F%2Fa.example%2F%3F',
    'POST /check/update',
  ])
})

test('an add that is refused is told, and tried once', async () => {
  expect(await complaint(tenant().add({ ...CHECK, frequency: 1000 }))).toBe(
    'shop, by day & night → https://a.example/?: the API refused it (400: Invalid check: invalid check frequency)',
  )
  expect(fake.writes()).toEqual(['POST /check/add'])
})

test('a check that is gone already is deleted', async () => {
  await tenant().remove(4711)
  expect(fake.writes()).toEqual(['DELETE /check/delete/4711'])
})

test('access comes from the environment alone', () => {
  expect(monitorAccess({ GRAFANA_SM_ACCESS_TOKEN: ' abc\n' })).toEqual({ url: DEFAULT_URL, token: 'abc' })
  expect(() => monitorAccess({})).toThrow(/^there is no access token: set GRAFANA_SM_ACCESS_TOKEN/)
  expect(() => monitorAccess({ GRAFANA_SM_ACCESS_TOKEN: '  ' })).toThrow(/no access token/)
  expect(() => monitorAccess({ GRAFANA_SM_ACCESS_TOKEN: 'a\nb' })).toThrow(/holds blanks/)
  expect(() => monitorAccess({ GRAFANA_SM_ACCESS_TOKEN: 'sekrit sekrit' })).not.toThrow(/sekrit/)
})

test.each([
  ['https://eu.example.com/', 'https://eu.example.com'],
  ['https://eu.example.com/api/v1', 'https://eu.example.com'],
  ['https://proxy.example.com/sm/api/v1/', 'https://proxy.example.com/sm'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
])('%s is the API at %s', (text, url) => {
  expect(apiUrl({ GRAFANA_SM_URL: text })).toBe(url)
})

test.each([
  'http://eu.example.com',
  'eu.example.com',
  'ftp://a.example',
  'https://u:p@a.example',
  'https://a.example?x',
])('%s is no address for a token', (text) => {
  expect(() => apiUrl({ GRAFANA_SM_URL: text })).toThrow(/^GRAFANA_SM_URL is no https URL/)
})
