import { sleep } from 'k6'
import { expect, test } from 'vitest'
import { events, samples, total, values } from '../test/recorded.ts'
import { rehearse } from '../testing/index.ts'
import { encodePhases } from '../config/workload/phases.ts'
import { PHASES_VARIABLE } from '../config/workload/phasesVariable.ts'
import { check, ensure } from './check.ts'
import { client } from './client.ts'
import { journey } from './journey.ts'
import { status } from './predicates.ts'
import { span } from './span.ts'
import { step } from './step.ts'
import { think } from './think.ts'

const api = client('http://localhost')
const load = { name: 'visitors', executor: 'constant-vus' }

test('tags every sample inside, and counts start and end', async () => {
  const browse = journey('browse', () => step('open', () => api.get('/', { name: 'home' })))
  const seen = await rehearse(browse, { scenario: load })
  expect(seen.samples.every(({ tags }) => tags.journey === 'browse')).toBe(true)
  expect(seen.samples.map(({ metric }) => metric)).toEqual(
    expect.arrayContaining(['http_reqs', 'iterations']),
  )
  expect(total(seen, 'journeys_started')).toBe(1)
  expect(total(seen, 'journeys_completed')).toBe(1)
  expect(samples(seen, 'journeys_failed')).toEqual([])
  expect(values(seen, 'journey_failed')).toEqual([0])
})

test('leaves no trace of its last step to k6’s own samples', async () => {
  const seen = await rehearse(
    journey('brief', () => step('open', () => 1)),
    { scenario: load },
  )
  expect(samples(seen, 'group_duration')).toMatchObject([
    { metadata: { trace_id: expect.any(String) as string } },
  ])
  expect(samples(seen, 'iterations')[0]?.metadata).toEqual({})
})

test('its duration leaves think time out', async () => {
  const slow = journey('slow', () => {
    sleep(0.3)
    think(5)
    sleep(0.2)
  })
  const seen = await rehearse(slow, { scenario: load, now: 0 })
  expect(values(seen, 'journey_duration')).toEqual([500])
  expect(values(seen, 'iteration_duration')).toEqual([5500])
})

test('ensure abandons it: what follows does not run, and k6 sees no error', async () => {
  const broken = journey('broken', () => {
    step('open', () => ensure(api.get('/', { name: 'home' }), { 'home is up': status(200) }))
    api.get('/next', { name: 'next' })
  })
  const seen = await rehearse(broken, { scenario: load, respond: () => ({ status: 500 }) })
  expect(seen.requests).toHaveLength(1)
  expect(values(seen, 'journey_failed')).toEqual([1])
  expect(total(seen, 'journeys_failed')).toBe(1)
  expect(total(seen, 'journeys_completed')).toBe(0)
  expect(events(seen).map(({ kind }) => kind)).toEqual(['request', 'check'])
})

test.each([
  ['an error', new TypeError('no such field'), 'TypeError: no such field'],
  ['nothing', undefined, 'an error without a reason'],
])('what it throws, %s, becomes one event and a failed journey', async (kind, thrown, what) => {
  const faulty = journey(`faulty ${kind}`, () => {
    throw thrown as Error
  })
  const later = journey(`later ${kind}`, () => Promise.reject(thrown as Error))
  for (const entry of [faulty, later]) {
    const seen = await rehearse(entry, { scenario: load })
    expect(events(seen)).toMatchObject([{ loadwright: 'failure', kind: 'error', what, count: 1 }])
    expect(values(seen, 'journey_failed')).toEqual([1])
  }
})

test('an error says where it was thrown, and whether something had failed before it', async () => {
  const parse = (): unknown => JSON.parse('{')
  const alone = journey('parses', parse)
  const after = journey('asks and parses', () => {
    api.get('/', { name: 'home' })
    step('outer', () => step('inner', parse))
  })
  const stack = expect.stringMatching(/^\d+:\d+( \d+:\d+){1,7}$/) as string
  const respond = () => ({ status: 500 })
  const [first, ...none] = events(await rehearse(alone, { scenario: load, respond }))
  expect(none).toEqual([])
  expect(first).toMatchObject({ kind: 'error', stack })
  expect(first).not.toHaveProperty('after')
  const [request, error] = events(await rehearse(after, { scenario: load, respond }))
  expect(request).not.toHaveProperty('stack')
  expect(request).not.toHaveProperty('after')
  expect(error).toMatchObject({ kind: 'error', stack, after: true, step: 'inner' })
})

test('an async journey ends when its promise does', async () => {
  const later = journey('later', async () => {
    await api.asyncRequest('GET', '/', { name: 'home' })
    await new Promise((resolve) => setTimeout(resolve, 200))
  })
  const seen = await rehearse(later, { scenario: load, respond: () => ({ duration: 100 }) })
  expect(values(seen, 'journey_duration')).toEqual([300])
  expect(total(seen, 'journeys_completed')).toBe(1)
})

test('it gets what setup returned', async () => {
  let got: unknown
  const logged = journey<{ token: string }>('logged', ({ token }) => (got = token))
  await rehearse(logged, { scenario: load, data: { token: 't' } })
  expect(got).toBe('t')
})

test('counts carry the phase in which it began, requests the phase of the clock', async () => {
  const phases = encodePhases([
    { name: 'warm-up', lasts: 1000, judged: false },
    { name: 'steady', lasts: 1000, judged: true },
  ])
  const crossing = journey('crossing', () => {
    step('first', () => api.get('/1', { name: 'first' }))
    step('idle', () => undefined)
    span('between', () => undefined)
    step('second', () => api.get('/2', { name: 'second' }))
  })
  const seen = await rehearse(crossing, {
    scenario: { ...load, env: { [PHASES_VARIABLE]: phases } },
    respond: () => ({ duration: 1100 }),
    iterations: 2,
  })
  const phase = (metric: string) => samples(seen, metric).map(({ tags }) => tags.phase)
  expect(phase('http_reqs')).toEqual(['warm-up', 'steady', 'steady', 'steady'])
  for (const metric of ['journeys_started', 'journeys_completed', 'journey_duration', 'journey_failed'])
    expect(phase(metric)).toEqual(['warm-up', 'steady'])
  expect(phase('span_duration')).toEqual(['steady', 'steady'])
  expect(phase('steps_completed')).toEqual([
    ...Array<string>(3).fill('warm-up'),
    ...Array<string>(3).fill('steady'),
  ])
  expect(phase('group_duration')).toEqual(['warm-up', ...Array<string>(5).fill('steady')])
  expect(phase('iterations')).toEqual(['warm-up', 'steady'])
})

test('is a default export of its own: no suite, no scenario of its own', async () => {
  const alone = journey('alone', () => check(api.get('/', { name: 'home' }), { 'home is up': status(200) }))
  const seen = await rehearse(alone)
  expect(seen.checks).toMatchObject([{ name: 'home is up', ok: true }])
  expect(seen.samples.filter(({ tags }) => 'phase' in tags)).toEqual([])
})

test('says what it is: its name, its journeys, how long it usually takes', () => {
  const browse = journey('browse', () => undefined, { typicalSeconds: 4 })
  expect({ ...browse }).toMatchObject({ journey: 'browse', typicalSeconds: 4 })
  expect(browse.journeys).toEqual([browse])
})

test('a name that a threshold could not hold is refused at once', () => {
  for (const name of ['', 'buy, then leave', 'a{b}', 'a:b', 'x'.repeat(65)])
    expect(() => journey(name, () => undefined)).toThrow("a journey's name may not be empty")
})

test('one inside another is refused, and both are named', async () => {
  const inner = journey('inner', () => undefined)
  const outer = journey('outer', () => step('open', () => inner()))
  const seen = await rehearse(outer, { scenario: load, iterations: 2 })
  expect(events(seen)[0]).toMatchObject({
    kind: 'error',
    what: 'UsageError: journey "inner" inside journey "outer"',
    journey: 'outer',
    step: 'open',
  })
  expect([total(seen, 'journeys_started'), total(seen, 'journeys_failed')]).toEqual([2, 2])
})
