import { beforeEach, expect, test, vi } from 'vitest'
import { peak, type Shape } from '../config/workload/shape.ts'
import { events, samples, total } from '../test/recorded.ts'
import { rehearse, type RunOptions } from '../testing/index.ts'
import { constantVUs, perVUIterations, workload } from '../scenarios/index.ts'
import type { Journey } from './scenario.ts'
import type { SuiteDefinition } from './suiteDefinition.ts'

// A VU's memory (failures, clients, quarantine) is the module's: each test has a new one.
beforeEach(() => vi.resetModules())

/** The library, a suite of it made under these settings, and how to call its parts as k6 does. */
async function lib() {
  const modules = await Promise.all([
    import('./suite.ts'),
    import('./journey.ts'),
    import('./client.ts'),
    import('./pool.ts'),
    import('./pick.ts'),
    import('./check.ts'),
    import('./predicates.ts'),
    import('./step.ts'),
    import('./think.ts'),
  ])
  const [
    { suite },
    { journey },
    { client },
    { pool },
    pick,
    { check, ensure },
    { status },
    { step },
    { think },
  ] = modules
  const made = (definition: Partial<SuiteDefinition<[], unknown>>, env: Record<string, string> = {}) => {
    vi.stubGlobal('__ENV', env)
    try {
      const whole = suite({ name: 'test', scenarios: {}, ...definition })
      const call = (entry: (data: unknown) => unknown, how: RunOptions = {}) =>
        rehearse(entry, { env, options: whole.options, ...how })
      return { whole, call }
    } finally {
      vi.unstubAllGlobals()
    }
  }
  return { made, journey, client, pool, pick, check, ensure, status, step, think }
}
const once = (exec: Journey) => perVUIterations(exec, { iterations: 1 })
const load = workload({ PROFILE: 'load', SCALE: 1 })

test('a scenario runs its own journey', async () => {
  const { made, journey } = await lib()
  const { whole, call } = made({
    scenarios: { a: once(journey('one', () => undefined)), b: once(journey('two', () => undefined)) },
  })
  const ran = async (name: string) =>
    samples(await call(whole, { scenario: { name }, iterations: 2 }), 'journeys_started').map(
      ({ tags }) => tags.journey,
    )
  expect(await ran('a')).toEqual(['one', 'one'])
  expect(await ran('b')).toEqual(['two', 'two'])
  expect(whole.definition).toMatchObject({ name: 'test' })
})

/** A suite of three journeys, of which the second fails, as k6's `default` runs it. */
async function threeJourneys(env: Record<string, string> = {}) {
  const { made, journey, client, ensure, check, status, step, think } = await lib()
  const api = client('http://localhost')
  const visit = (name: string) =>
    journey(name, () => {
      const response = step('open page', () => api.get(`/${name}`, { name }))
      check(response, { 'page is up': status(200), 'page is quick': () => true })
      think(5)
      ensure(response, { 'page is there': status(200) })
    })
  const [one, two, three] = [visit('one'), visit('two'), visit('three')]
  const { whole } = made(
    { scenarios: { a: load(one, { rate: 6 }), b: load(two, { rate: 3 }), c: load(three, { vus: 1 }) } },
    env,
  )
  return (how: RunOptions) =>
    rehearse(whole, {
      env,
      respond: ({ url }) => ({ status: url.endsWith('two') ? 500 : 200 }),
      scenario: { name: 'default', executor: 'shared-iterations' },
      ...how,
    })
}

test('a single pass runs each journey once, in order, without think time or phases, and names what failed', async () => {
  const call = await threeJourneys()
  const seen = await call({})
  expect(seen.requests.map(({ tags }) => tags.journey)).toEqual(['one', 'two', 'three'])
  expect(seen.sleeps).toEqual([])
  expect(seen.samples.filter(({ tags }) => 'phase' in tags)).toEqual([])
  expect(seen.failed).toEqual([
    'two › open page: request two: status 500; two: page is up: expected status 200, got status 500 (and 1 more)',
  ])
  const well = await call({ respond: () => ({}) })
  expect([well.failed, total(well, 'journeys_completed')]).toEqual([[], 3])
})

test('a single pass awaits async journeys, one after the other', async () => {
  const { made, journey } = await lib()
  const order: string[] = []
  const slow = (name: string) =>
    journey(name, async () => {
      order.push(`${name} begins`)
      await new Promise((resolve) => setTimeout(resolve, 100))
      order.push(`${name} ends`)
    })
  const { whole } = made({ scenarios: { a: once(slow('one')), b: once(slow('two')) } })
  await rehearse(whole)
  expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
})

test.each<[string, RunOptions]>([
  ['two iterations', { iterations: 2 }],
  ['two VUs', { options: { scenarios: { default: { executor: 'shared-iterations', vus: 2 } } } }],
  [
    'a second scenario',
    {
      options: {
        scenarios: { default: { executor: 'shared-iterations' }, other: { executor: 'constant-vus' } },
      },
    },
  ],
  ['another executor', { scenario: { name: 'default', executor: 'constant-vus' } }],
  ['per-VU iterations', { scenario: { name: 'default', executor: 'per-vu-iterations' } }],
])(
  'any other default, with %s, runs one journey an iteration, thinks, and never fails the run',
  async (_, how) => {
    const call = await threeJourneys({ SEED: '3' })
    const seen = await call({ respond: () => ({ status: 500 }), ...how })
    expect(total(seen, 'journeys_failed')).toBe(how.iterations ?? 1)
    // Each iteration thinks for five seconds, and waits one after its failure.
    expect(seen.sleeps).toEqual(Array.from({ length: how.iterations ?? 1 }, () => [5, 1]).flat())
    expect(seen.failed).toEqual([])
  },
)

test('any other default picks by the weight of the scenarios, repeatably', async () => {
  const env = { SEED: '3' }
  const call = await threeJourneys(env)
  const picked = async (vu: number, iterations: number) => {
    const seen = await call({
      scenario: { name: 'default', executor: 'constant-vus' },
      iterations,
      respond: () => ({}),
      vu,
    })
    return samples(seen, 'journeys_started').map(({ tags }) => tags.journey)
  }
  const first = await picked(1, 300)
  const share = (name: string) => first.filter((journey) => journey === name).length / 300
  expect([share('one'), share('two'), share('three')]).toEqual(
    [0.6, 0.3, 0.1].map((weight) => expect.closeTo(weight, 1) as number),
  )
  expect(await picked(2, 50)).toEqual(first.slice(0, 50))
})

/** A suite over three rows of which the target knows only some, and what its journey then picks. */
async function overRows(known: readonly string[], env: Record<string, string> = {}) {
  const { made, journey, client, pool, pick } = await lib()
  client('http://localhost')
  const ids = pool('ids', [{ id: 'A' }, { id: 'B' }, { id: 'C' }], {
    key: 'id',
    probe: ({ id }) => `http://localhost/product/${id}`,
  })
  const picking = journey('picking', () => pick.nextRow(ids), { pools: [ids] })
  const { whole, call } = made({ scenarios: { a: once(picking) } }, env)
  const respond: NonNullable<RunOptions['respond']> = ({ url }) =>
    url.endsWith('/') || known.includes(url.slice(-1)) ? {} : { status: 500 }
  const prepared = await call(whole.setup, { as: 'setup', respond })
  return { whole, call, prepared, ids, respond }
}

test('setup ends the run where a target does not answer', async () => {
  const { made, journey, client } = await lib()
  client('http://127.0.0.1:1/')
  const { whole, call } = made({ scenarios: { a: once(journey('one', () => undefined)) } })
  const seen = await call(whole.setup, { as: 'setup', respond: () => ({ error: 'connection refused' }) })
  expect(seen.aborted).toBe('the target http://127.0.0.1:1 does not answer: connection refused')
  expect(seen.requests).toHaveLength(1)
  const answered = await call(whole.setup, { as: 'setup', respond: () => ({ status: 404 }) })
  expect(answered.aborted).toBeUndefined()
})

test('setup asks each target once, by the path that its client names', async () => {
  const { made, journey, client } = await lib()
  client('http://localhost/', { preflight: '/login' })
  client('http://localhost')
  client('http://127.0.0.1:1')
  expect(() => client('http://localhost', { preflight: 'login' })).toThrow(
    'preflight login: a path begins with "/"',
  )
  const { whole, call } = made({ scenarios: { a: once(journey('one', () => undefined)) } })
  const seen = await call(whole.setup, { as: 'setup' })
  expect(seen.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    'GET http://localhost/login',
    'GET http://127.0.0.1:1/',
  ])
})

test('a target’s clock is told where it is another', async () => {
  const { made, journey, client } = await lib()
  client('http://localhost')
  const { whole, call } = made({ scenarios: { a: once(journey('one', () => undefined)) } })
  const told = async (headers: Record<string, string>) => {
    const now = Date.UTC(2026, 10, 29, 12, 0, 0)
    return events(await call(whole.setup, { as: 'setup', now, respond: () => ({ headers }) }))
  }
  // An answer of the double takes 10 ms.
  expect(await told({ Date: 'Sun, 29 Nov 2026 13:00:00 GMT' })).toEqual([
    { loadwright: 'clock', ms: 3_600_495 },
  ])
  expect(await told({ Date: 'Sun, 29 Nov 2026 11:59:57 GMT' })).toEqual([{ loadwright: 'clock', ms: -2505 }])
  const kept = { Date: 'Sun, 29 Nov 2026 11:00:00 GMT', Age: '3600' }
  for (const headers of [{ Date: 'Sun, 29 Nov 2026 12:00:00 GMT' }, kept, { Date: 'yesterday' }, {}])
    expect(await told(headers as Record<string, string>)).toEqual([])
})

test('setup tries each row once, and ends the run naming those that the target does not know', async () => {
  const { prepared } = await overRows(['B'])
  expect(prepared.requests.map(({ url }) => url)).toEqual([
    'http://localhost/',
    ...['A', 'B', 'C'].map((id) => `http://localhost/product/${id}`),
  ])
  expect(samples(prepared, 'http_req_failed')).toEqual([])
  expect(prepared.aborted).toMatch(/^2 of 3 rows of ids are not known to the target \(status 500\): A, C\b/)
  expect(events(prepared)).toMatchObject([{ loadwright: 'rows', pool: 'ids', bad: ['A', 'C'], of: 3 }])
})

test('CHECK_ROWS=quarantine leaves the bad rows out of every VU', async () => {
  const { whole, call, prepared, ids } = await overRows(['B'], { CHECK_ROWS: 'quarantine' })
  expect(prepared.aborted).toBeUndefined()
  await call(whole, { data: prepared.returned[0] })
  expect([ids.length, ids.at(0)]).toEqual([1, { id: 'B' }])
})

test('CHECK_ROWS=quarantine still ends the run where no row is left', async () => {
  const { prepared } = await overRows([], { CHECK_ROWS: 'quarantine' })
  expect(prepared.aborted).toMatch(/^3 of 3 rows of ids/)
})

test('an answer that a tunnel made says nothing of a row', async () => {
  const { whole, call } = await overRows(['A', 'B', 'C'])
  const offline = { status: 404, headers: { 'Ngrok-Error-Code': 'ERR_NGROK_3200' } }
  const seen = await call(whole.setup, { as: 'setup', respond: () => offline })
  expect(seen.aborted).toBeUndefined()
})

test('CHECK_ROWS=off tries none', async () => {
  const { prepared } = await overRows([], { CHECK_ROWS: 'off' })
  expect(prepared.requests.map(({ url }) => url)).toEqual(['http://localhost/'])
  expect(prepared.aborted).toBeUndefined()
})

test('a single pass tries neither target nor rows', async () => {
  const { whole, respond } = await overRows(['A', 'B', 'C'])
  const seen = await rehearse(whole.setup, { as: 'setup', respond, options: { iterations: 1 } })
  expect(seen.requests).toEqual([])
})

test('what the author’s setup throws is an event, and ends the run', async () => {
  const { made, journey } = await lib()
  const setup = () => Promise.reject(new TypeError('no token'))
  const { whole, call } = made({ scenarios: { a: once(journey('one', () => undefined)) }, setup })
  const seen = await call(whole.setup, { as: 'setup', onError: 'record' })
  expect(events(seen)).toMatchObject([{ loadwright: 'setup', error: 'TypeError: no token' }])
  expect(seen.errors).toMatchObject([{ message: 'no token' }])
})

test('what the author’s setup returns reaches journeys and teardown, in a single pass too', async () => {
  const { made, journey } = await lib()
  const got: unknown[] = []
  const { whole, call } = made({
    scenarios: { a: once(journey('one', (data) => got.push(data))) },
    setup: () => Promise.resolve({ token: 't' }),
    teardown: (data) => void got.push(data),
  })
  const prepared = await call(whole.setup, { as: 'setup' })
  const data = prepared.returned[0]
  await call(whole, { data })
  await rehearse(whole, { data })
  await call(whole.teardown, { as: 'teardown', data })
  expect(got).toEqual([{ token: 't' }, { token: 't' }, { token: 't' }])
})

test('without setup, as with k6’s --no-setup, journeys and teardown get nothing', async () => {
  const { made, journey } = await lib()
  const got: unknown[] = []
  const { whole, call } = made({
    scenarios: { a: once(journey('one', (data) => got.push(data))) },
    teardown: (data) => void got.push(data),
  })
  await call(whole)
  await call(whole.teardown, { as: 'teardown' })
  expect(got).toEqual([undefined, undefined])
})

test('the author’s setup sends requests under the name that the run then has', async () => {
  const { made, journey, client } = await lib()
  const api = client('http://localhost')
  const visit = () => void api.get('/', { name: 'home' })
  const { whole, call } = made({ scenarios: { a: once(journey('one', visit)) }, setup: visit })
  const prepared = await call(whole.setup, { as: 'setup', now: Date.UTC(2026, 10, 21, 20, 59, 0, 995) })
  const later = await call(whole, { data: prepared.returned[0] })
  const names = [...prepared.requests, ...later.requests].map(({ headers }) => headers.Baggage)
  expect(names.filter((name) => name !== undefined)).toEqual([
    'run=20261121T205900,step=preflight',
    'run=20261121T205900',
    'run=20261121T205900,journey=one',
  ])
})

test('RUN_ID names the run', async () => {
  const { made, journey } = await lib()
  const { whole, call } = made(
    { scenarios: { a: once(journey('one', () => undefined)) } },
    { RUN_ID: 'nightly-17' },
  )
  const prepared = await call(whole.setup, { as: 'setup' })
  expect(prepared.returned[0]).toMatchObject({ run: 'nightly-17' })
})

test('every problem is in one message', async () => {
  const { made, journey } = await lib()
  const huge = constantVUs(
    journey('one', () => undefined),
    { vus: 9000, duration: '9h' },
  )
  const make = () => made({ scenarios: { a: huge } }, { RATE: '5', TRACE_RATIO: '2' })
  expect(make).toThrowErrorMatchingInlineSnapshot(`
    [Error: suite "test": 4 problems:
      - TRACE_RATIO: got "2"; allowed: a number from 0 to 1
      - RATE: got 5; allowed: nothing: no workload of smoke has such a size. Set another PROFILE, or leave it out.
      - the cap of shop on VUs: got 9000 VUs; allowed: at most 6000 VUs. Lower SCALE or VUS.
      - the cap of shop on duration: got 32400 s; allowed: at most 14400 s. Lower DURATION.]
  `)
})

test('a load that is none is a problem, with the name of its scenario, and so is a setting that gives no shape', async () => {
  const { made, journey } = await lib()
  const one = journey('one', () => undefined)
  expect(() => made({ scenarios: { a: load(one, { rate: 0 }), b: load(one, { vus: NaN }) } }))
    .toThrowErrorMatchingInlineSnapshot(`
    [Error: suite "test": 2 problems:
      - scenarios.a.load: got {"rate":0}; allowed: a rate or vus > 0; replay: a pattern
      - scenarios.b.load: got {"vus":null}; allowed: a rate or vus > 0; replay: a pattern]
  `)
  expect(() =>
    made({ scenarios: { a: workload()(one, { rate: 1 }) } }, { PROFILE: 'toString', RATE: '5' }),
  ).toThrow('suite "test": 1 problem:\n  - PROFILE: got "toString"; allowed: smoke,')
})

test('what a workload says of a scenario goes beside its shape, and its phases stay', async () => {
  const { made, journey } = await lib()
  const one = journey('one', () => undefined)
  const options = { startTime: '1m', gracefulStop: '5s', env: { USER: 'new', LOADWRIGHT_PHASES: 'none' } }
  const { whole } = made({ scenarios: { a: load(one, { vus: 1 }), b: load(one, { vus: 1 }, options) } })
  const { a, b } = whole.options.scenarios as Record<string, { env: Record<string, string> }>
  expect(b).toEqual({ ...a, ...options, env: { USER: 'new', ...a?.env } })
  expect(a?.env.LOADWRIGHT_PHASES).toContain('steady*')
})

test('RATE and VUS are sizes before profile and scale, shared as the suite says', async () => {
  const { made, journey } = await lib()
  const one = journey('one', () => undefined, { typicalSeconds: 1 })
  const stress = workload({ PROFILE: 'stress', SCALE: 0.5 })
  const { whole } = made(
    { scenarios: { a: stress(one, { rate: 3 }), b: stress(one, { rate: 1 }), c: stress(one, { vus: 5 }) } },
    { PROFILE: 'stress', RATE: '20', VUS: '10' },
  )
  const { a, b, c } = whole.options.scenarios as Record<string, Shape>
  // Stress is twice the size, at half the scale.
  expect([peak(a!).rate, peak(b!).rate, peak(c!).vus]).toEqual(
    [15, 5, 10].map((size) => expect.closeTo(size, 3) as number),
  )
})

test('a scenario without phases is judged as a whole, beside one that has them', async () => {
  const { made, journey } = await lib()
  const phased = load(
    journey('one', () => undefined),
    { vus: 1 },
  )
  const { whole } = made({
    scenarios: { a: phased, b: once(journey('two', () => undefined)) },
    thresholds: {
      'http_req_duration{journey:one}': ['p(95)<1'],
      'http_req_duration{journey:two}': ['p(95)<2'],
      journey_failed: ['rate<0.5'],
      http_reqs: ['count>0', 'rate<100'],
    },
  })
  const keys = Object.keys(whole.options.thresholds ?? {}).filter((key) => /^(http_req|journey_f)/.test(key))
  expect(keys.sort()).toEqual([
    'http_req_duration{journey:one,phase:steady}',
    'http_req_duration{journey:two}',
    'http_req_failed{phase:steady}',
    'http_req_failed{scenario:b}',
    'http_reqs',
    'http_reqs{phase:steady}',
    'http_reqs{scenario:b}',
    'journey_failed{phase:steady}',
    'journey_failed{scenario:b}',
  ])
})

test('the author’s tags are on every scenario, where a --tag of the command line cannot drop them', async () => {
  const { made, journey } = await lib()
  const { whole } = made({
    scenarios: { a: once(journey('one', () => undefined)) },
    options: { tags: { team: 'checkout' } },
  })
  expect(whole.options.scenarios?.a?.tags).toEqual({ team: 'checkout', journey: 'one' })
})
