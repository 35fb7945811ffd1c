import exec from 'k6/execution'
import { expect, test, vi } from 'vitest'
import { events, samples, total } from '../test/recorded.ts'
import { rehearse, type CannedResponse, type SentRequest } from '../testing/index.ts'
import { client } from './client.ts'
import type { BatchRequest, RequestOptions } from './request.ts'
import { errorNamed } from './errors.ts'
import { journey } from './journey.ts'
import { step } from './step.ts'

const load = { name: 'visitors', executor: 'constant-vus' }
const api = client('http://localhost/', { headers: { Accept: 'text/html', 'X-Client': 'common' } })

async function sent(call: () => unknown, answer: CannedResponse = {}): Promise<SentRequest[]> {
  return (await rehearse(call, { scenario: load, respond: () => answer })).requests
}
async function one(options: Parameters<typeof api.post>[1]): Promise<SentRequest> {
  const [request] = await sent(() => api.post('/orders', options))
  return request!
}

test.each([
  ['GET', () => api.get('/a', { name: 'a' })],
  ['HEAD', () => api.head('/a', { name: 'a' })],
  ['OPTIONS', () => api.options('/a', { name: 'a' })],
  ['POST', () => api.post('/a', { name: 'a' })],
  ['PUT', () => api.put('/a', { name: 'a' })],
  ['PATCH', () => api.patch('/a', { name: 'a' })],
  ['DELETE', () => api.del('/a', { name: 'a' })],
  ['PURGE', () => api.request('PURGE', '/a', { name: 'a' })],
  ['GET', () => api.asyncRequest('GET', '/a', { name: 'a' })],
])('sends %s to the target, named', async (method, call) => {
  expect(await sent(call)).toMatchObject([{ method, url: 'http://localhost/a', tags: { name: 'a' } }])
})

test('takes an absolute URL as it is, where the environment lists its host', async () => {
  expect(await sent(() => api.get('http://127.0.0.9/x?y=1', { name: 'x' }))).toMatchObject([
    { url: 'http://127.0.0.9/x?y=1' },
  ])
  await expect(sent(() => api.get('https://pay.example.com/x', { name: 'x' }))).rejects.toThrow(
    'client: got "pay.example.com"; allowed: in shop: loopback.',
  )
  expect(() => client('https://pay.example.com')).toThrow(expect.objectContaining({ name: 'UsageError' }))
})

test('asks a free ngrok tunnel for the target, not for ngrok’s own page', async () => {
  const env = { ENVIRONMENT: 'dev', BASE_URL: 'https://x.ngrok-free.app' }
  const [request] = (
    await rehearse(() => client('https://x.ngrok-free.app').get('/', { name: 'home' }), { env })
  ).requests
  expect(request?.headers).toMatchObject({ 'Ngrok-Skip-Browser-Warning': '1' })
})

test('refuses a path that would become part of the host', async () => {
  for (const path of ['cart', '.evil.example/x'])
    await expect(sent(() => api.get(path, { name: 'x' }))).rejects.toThrow(
      `GET ${path}: a path begins with "/"`,
    )
})

test('refuses a request without a name, in a batch before any is sent', async () => {
  const nameless = { method: 'GET', path: '/b' } as BatchRequest
  await expect(sent(() => api.get('/a', {} as RequestOptions))).rejects.toThrow(
    errorNamed('GET /a: a request needs a name'),
  )
  const seen = await rehearse(() => api.batch([{ method: 'GET', path: '/a', name: 'a' }, nameless]), {
    onError: 'record',
  })
  expect(seen.errors).toMatchObject([{ name: 'UsageError' }])
  expect(seen.requests).toEqual([])
})

test.each([
  '/items/undefined',
  '/a/null/b',
  '/a?id=NaN',
  '/a?id=undefined&b=1',
  '/[object Object]',
  '/a/object%20Object',
])('refuses %s: a value was not there', async (path) => {
  await expect(sent(() => api.get(path, { name: 'x' }))).rejects.toThrow(
    errorNamed(`GET ${path}: this path lacks a value`),
  )
})

test('sends paths in which such words are part of others', async () => {
  for (const path of ['/nullable', '/a?x=undefined1', '/objects', '', '?a=1', '/nan'])
    expect(await sent(() => api.get(path, { name: 'x' }))).toHaveLength(1)
})

test('follows redirects to hosts that the environment lists: methods as in k6, secrets not to another host', async () => {
  const answers: Record<string, CannedResponse> = {
    'http://localhost/login': { status: 302, headers: { Location: 'start?a=1' } },
    'http://localhost/start?a=1': { status: 307, headers: { Location: 'http://127.0.0.1/end' } },
  }
  const login = () => api.post('/login', { name: 'login', json: {}, headers: { Authorization: 'Bearer x' } })
  const respond = ({ url }: SentRequest) => answers[url] ?? { status: 200, body: 'in' }
  const seen = await rehearse(() => login().body, { scenario: load, respond })
  expect(seen.returned).toEqual(['in'])
  expect(seen.requests.map(({ method, url, headers }) => [method, url, headers.Authorization])).toEqual([
    ['POST', 'http://localhost/login', 'Bearer x'],
    ['GET', 'http://localhost/start?a=1', 'Bearer x'],
    ['GET', 'http://127.0.0.1/end', undefined],
  ])
  const one = await rehearse(() => api.get('/login', { name: 'login', redirects: 1 }).status, {
    scenario: load,
    respond,
  })
  expect([one.returned, one.requests.length]).toEqual([[307], 2])
})

test('follows no redirect to another host, and names it', async () => {
  const away = () => api.get('/away', { name: 'away' })
  const seen = await rehearse(journey('leave', away), {
    scenario: load,
    respond: () => ({ status: 302, headers: { Location: 'http://example.com/' } }),
  })
  expect(seen.requests).toHaveLength(1)
  expect(events(seen)).toMatchObject([
    { kind: 'error', what: expect.stringContaining('a redirect of away: got "example.com"') as string },
  ])
})

test('bodies are JSON, a form, or as they are', async () => {
  expect(await one({ name: 'o', json: { a: [1] } })).toMatchObject({
    body: '{"a":[1]}',
    headers: { 'Content-Type': 'application/json' },
  })
  expect(await one({ name: 'o', form: { id: 'a b', quantity: 2, gift: true } })).toMatchObject({
    body: 'gift=true&id=a+b&quantity=2',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  expect(await one({ name: 'o', form: { tag: ['a', 'b'] } })).toMatchObject({ body: 'tag=a&tag=b' })
  expect(await one({ name: 'o', body: '<a/>' })).toMatchObject({ body: '<a/>' })
  expect((await one({ name: 'o' })).body).toBe('')
})

test('headers are the client’s, with the request’s own over them', async () => {
  const { headers } = await one({
    name: 'o',
    json: 1,
    headers: { 'X-Client': 'own', 'content-type': 'application/vnd.api+json' },
  })
  expect(headers).toMatchObject({
    Accept: 'text/html',
    'X-Client': 'own',
    'Content-Type': 'application/vnd.api+json',
  })
})

test('every request is traced: one trace a step, one span id a request, batch included', async () => {
  const seen = await rehearse(
    journey('buy', async () => {
      await step('view', async () => {
        await api.asyncRequest('GET', '/1', { name: 'one' })
        api.batch([
          { method: 'GET', path: '/2', name: 'two' },
          { method: 'POST', path: '/3', name: 'three', json: {} },
        ])
      })
      step('pay', () => api.post('/4', { name: 'four' }))
      api.get('/5', { name: 'five' })
    }),
    { scenario: load },
  )
  const parts = seen.requests.map(({ headers }) => headers.Traceparent?.split('-') ?? [])
  expect(parts.every(([version, , , flags]) => version === '00' && flags === '03')).toBe(true)
  const ids = parts.map(([, id]) => id)
  expect([new Set(ids.slice(0, 3)).size, new Set(ids).size]).toEqual([1, 3])
  expect(new Set(parts.map(([, , span]) => span)).size).toBe(5)
  expect(seen.requests.map(({ metadata }) => metadata.trace_id)).toEqual(ids)
})

test('a step goes on with its own trace after an inner one', async () => {
  const seen = await rehearse(() =>
    step('outer', () => {
      step('inner', () => api.get('/1', { name: 'one' }))
      api.get('/2', { name: 'two' })
    }),
  )
  const ids = seen.requests.map(({ headers }) => headers.Traceparent?.slice(3, 35))
  expect(ids[0]).not.toBe(ids[1])
  expect(seen.requests.map(({ metadata }) => metadata.trace_id)).toEqual(ids)
})

test('baggage names run, journey and step, percent-encoded', async () => {
  const buy = journey('buy', () => step('pay, now', () => api.get('/', { name: 'home' })))
  const seen = await rehearse(buy, { scenario: load })
  expect(seen.requests[0]?.headers.Baggage).toMatch(/^run=[\w.-]+,journey=buy,step=pay%2C%20now$/)
})

test.each(['traceparent', 'Traceparent', 'TRACEPARENT'])(
  'an author’s own %s is sent, and baggage',
  async (name) => {
    const own = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const traced = client('http://localhost', { headers: { [name]: own } })
    const buy = () => traced.get('/', { name: 'home', headers: { Baggage: 'user=7' } })
    const [request] = (await rehearse(buy, { scenario: load })).requests
    expect(request?.headers).toMatchObject({ Traceparent: own, Baggage: 'user=7' })
  },
)

test('tags reach the samples; one that k6 would choke on is refused by name', async () => {
  const [request] = await sent(() => api.get('/', { name: 'home', tags: { kind: 'page', rank: 1 } }))
  expect(request?.tags).toMatchObject({ name: 'home', kind: 'page', rank: '1' })
  for (const value of [undefined, null, {}]) {
    const tags = { kind: value } as unknown as Record<string, string>
    await expect(sent(() => api.get('/', { name: 'home', tags }))).rejects.toThrow(/tag "kind" must be/)
  }
})

test('expect says which statuses are right', async () => {
  const ask = (status: number, options: Partial<RequestOptions> = {}) =>
    rehearse(() => api.get('/', { name: `home ${status}`, ...options }), {
      scenario: load,
      respond: () => ({ status }),
    })
  const outcome = async (...of: Parameters<typeof ask>) => {
    const seen = await ask(...of)
    return [total(seen, 'http_req_failed'), events(seen).length]
  }
  expect(await outcome(304)).toEqual([0, 0])
  expect(await outcome(404)).toEqual([1, 1])
  expect(await outcome(410, { expect: [410] })).toEqual([0, 0])
  expect(await outcome(200, { expect: [410] })).toEqual([1, 1])
})

test('an unexpected answer is reported with its status, a missing one with its reason', async () => {
  const seen = await rehearse(
    () => {
      api.get('/broken', { name: 'broken' })
      api.batch([{ method: 'GET', path: '/gone', name: 'gone' }])
      return api.asyncRequest('GET', '/late', { name: 'late' })
    },
    {
      scenario: load,
      respond: ({ url }) => (url.endsWith('/gone') ? { error: 'connection refused' } : { status: 500 }),
    },
  )
  expect(events(seen)).toMatchObject([
    { kind: 'request', what: 'broken', status: 500 },
    { kind: 'request', what: 'gone', status: 0, got: 'connection refused' },
    { kind: 'request', what: 'late', status: 500 },
  ])
  expect(samples(seen, 'tunnel_errors')).toEqual([])
})

test.each<[string, CannedResponse]>([
  ['ERR_NGROK_3200', { status: 404, headers: { 'Ngrok-Error-Code': 'ERR_NGROK_3200' } }],
  ['cloudflare 530', { status: 530, headers: { Server: 'cloudflare' } }],
])('%s comes from the tunnel, is counted and said to', async (got, answer) => {
  const seen = await rehearse(() => api.get('/', { name: 'home' }), {
    scenario: load,
    respond: () => answer,
  })
  expect(total(seen, 'tunnel_errors')).toBe(1)
  expect(events(seen)).toMatchObject([{ kind: 'request', what: 'home', got, origin: 'tunnel' }])
})

test('a 500 that only passed through a tunnel is the target’s', async () => {
  const seen = await rehearse(() => api.get('/', { name: 'through' }), {
    scenario: load,
    respond: () => ({ status: 500, headers: { Server: 'cloudflare' } }),
  })
  expect(total(seen, 'tunnel_errors')).toBe(0)
  expect(events(seen)[0]).not.toHaveProperty('origin')
})

test.each([
  ['iteration', [undefined, '1', undefined, '1']],
  ['vu', [undefined, '1', '1', '1']],
] as const)('session "%s" keeps cookies as long as it says', async (session, expected) => {
  const visitor = client('http://localhost', { session })
  const visit = () => {
    visitor.get('/', { name: 'home' })
    visitor.get('/cart', { name: 'cart' })
  }
  const seen = await rehearse(visit, {
    scenario: load,
    iterations: 2,
    respond: () => ({ headers: { 'Set-Cookie': 'id=1; Path=/' } }),
  })
  expect(seen.requests.map(({ cookies }) => cookies.id)).toEqual(expected)
})

test('timeouts are milliseconds, k6’s durations, or REQUEST_TIMEOUT', async () => {
  const timeout = async (value?: RequestOptions['timeout']) =>
    (await one({ name: 'o', ...(value === undefined ? {} : { timeout: value }) })).timeout
  expect([await timeout(), await timeout(1500), await timeout('2s')]).toEqual([30_000, 1500, 2000])
})

test('in a single pass no request outlives TIME_BUDGET, and none is sent after it', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
  vi.resetModules()
  const fresh = await import('./client.ts')
  vi.useRealTimers()
  const shop = fresh.client('http://localhost')
  const all = () => {
    shop.get('/1', { name: 'one' })
    shop.get('/2', { name: 'two', timeout: '2s' })
    shop.batch([{ method: 'GET', path: '/3', name: 'three', timeout: '1h' }])
    shop.get('/4', { name: 'four' })
  }
  const pass = { now: 1_001_000, env: { TIME_BUDGET: '5s' }, respond: () => ({ duration: 1500 }) }
  const seen = await rehearse(all, { ...pass, onError: 'record' })
  expect(seen.requests.map(({ timeout }) => timeout)).toEqual([4000, 2000, 1000])
  expect(seen.errors).toMatchObject([{ name: 'BudgetSpent' }])
  const usual = await rehearse(all, { ...pass, scenario: load })
  expect(usual.requests.map(({ timeout }) => timeout)).toEqual([30_000, 2000, 3_600_000, 30_000])
})

test('works in setup, where there is no scenario', async () => {
  const login = () => [
    step('log in', () => api.post('/login', { name: 'login', json: {} }).status),
    exec.vu.metrics.tags.group,
  ]
  const seen = await rehearse(login, { as: 'setup', respond: () => ({ status: 401 }) })
  expect(seen.returned).toEqual([[401, '::setup']])
  expect(events(seen)).toMatchObject([{ kind: 'request', what: 'login', status: 401 }])
})

test('asks a function for headers before each request; with() adds to them, later ones win', async () => {
  let asked = 0
  const counting = client('http://localhost', { headers: () => ({ 'X-Asked': String(++asked), A: 'one' }) })
  const admin = counting.with({ headers: { A: 'two' } }).with({ headers: () => ({ B: 'three' }) })
  const requests = await sent(() => {
    counting.get('/', { name: 'a' })
    admin.get('/', { name: 'b' })
    admin.get('/', { name: 'c', headers: { B: 'four' } })
  })
  expect(requests.map(({ headers }) => [headers['X-Asked'], headers.A, headers.B])).toEqual([
    ['1', 'one', undefined],
    ['2', 'two', 'three'],
    ['3', 'two', 'four'],
  ])
})

test('cookies are set and read in the jar, which a client shares with those made of it', async () => {
  const visitor = client('http://localhost', { session: 'vu' })
  const seen = await rehearse(
    () => {
      visitor.jar().set('http://localhost/', 'taste', 'sweet')
      api.jar().set('http://localhost/', 'visit', 'first')
      visitor.with({ headers: { A: 'b' } }).get('/', { name: 'a' })
      api.get('/', { name: 'b' })
      return [visitor, api].map((one) => one.jar().cookiesForURL('http://localhost/'))
    },
    { scenario: load, respond: () => ({}) },
  )
  expect(seen.requests.map(({ cookies }) => cookies)).toEqual([{ taste: 'sweet' }, { visit: 'first' }])
  expect(seen.returned).toEqual([[{ taste: ['sweet'] }, { visit: ['first'] }]])
})

test('keeps bodies as the request says, else the client, else the options of k6', async () => {
  const types = async (options: object) => {
    const binary = client('http://localhost', { responseType: 'binary' })
    const seen = await rehearse(
      () => [
        api.get('/', { name: 'a' }).body,
        api.get('/', { name: 'b', responseType: 'none' }).body,
        api.get('/', { name: 'c', responseType: 'text' }).body,
        binary.get('/', { name: 'd' }).body.byteLength,
      ],
      { scenario: load, options, respond: () => ({ body: 'four' }) },
    )
    return seen.returned[0]
  }
  expect(await types({})).toEqual(['four', null, 'four', 4])
  expect(await types({ discardResponseBodies: true })).toEqual([null, null, 'four', 4])
})
