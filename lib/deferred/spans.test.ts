import { sleep } from 'k6'
import { expect, test } from 'vitest'
import { events } from '../../test/recorded.ts'
import { rehearse, type CannedResponse, type Recording, type Respond } from '../../testing/index.ts'
import type { SpanEvent } from '../catalog.ts'
import { check, ensure } from '../check.ts'
import { client } from '../client.ts'
import { journey } from '../journey.ts'
import { status } from '../predicates.ts'
import { span } from '../span.ts'
import { step } from '../step.ts'

const api = client('http://localhost')
const load = { name: 'visitors', executor: 'ramping-vus' }
const up = { up: status(200) }

/** Spans of what a journey does; the clock stands far from what other tests did, so that the VU's budget is a new one. */
let hour = 0
interface Options {
  respond?: Respond
  iterations?: number
  env?: Record<string, string>
}
async function seenOf(body: () => unknown, options: Options = {}): Promise<Recording> {
  return rehearse(journey('visit', body), {
    scenario: load,
    now: Date.UTC(2026, 10, 22, ++hour),
    ...options,
    env: { SPANS: 'console', ...options.env },
  })
}
const spansIn = (seen: Recording): SpanEvent[] =>
  events(seen).filter(({ loadwright }) => loadwright === 'span') as unknown as SpanEvent[]
async function spansOf(body: () => unknown, options?: Options): Promise<SpanEvent[]> {
  return spansIn(await seenOf(body, options))
}
/** The tree as text: a span in brackets behind its parent. */
function treeOf({ spans: [root, ...rest] }: SpanEvent): string {
  const below = (id: string): string => {
    const inner = rest.filter(({ parent }) => parent === id).map((one) => `${one.name}${below(one.id)}`)
    return inner.length > 0 ? `(${inner.join(' ')})` : ''
  }
  return `${root?.name ?? ''}${below(root?.id ?? '')}`
}
const visit = () => step('open', () => check(api.get('/', { name: 'home' }), up))
const answer = (status: number) => (): CannedResponse => ({ status, duration: 20 })

test('nothing is written, and no id made, where nobody exports spans', async () => {
  expect(await spansOf(visit, { env: { SPANS: 'off' } })).toEqual([])
})

test('a step is a root, its request a child under the id in its traceparent', async () => {
  const seen = await seenOf(visit, { respond: answer(200) })
  const [event, ...more] = spansIn(seen)
  const [, trace, id] = seen.requests[0]?.headers.Traceparent?.split('-') ?? []
  expect(more).toEqual([])
  expect(event).toMatchObject({
    trace_id: trace,
    tags: { journey: 'visit', step: 'open', scenario: 'visitors' },
  })
  const root = event?.spans[0]
  expect(root?.id).toMatch(/^[\da-f]{16}$/)
  expect(event?.spans).toEqual([
    { id: root?.id, name: 'open', at: root?.at, ms: 20 },
    {
      id,
      parent: root?.id,
      name: 'home',
      at: root?.at,
      ms: 20,
      method: 'GET',
      url: 'http://localhost/',
      status: 200,
    },
  ])
})

test('an author’s span is in its step, and what is sent in it is in the span', async () => {
  const get = (name: string) => api.get('/', { name })
  const trees = (
    await spansOf(async () => {
      step('cart', () => {
        get('a')
        span('price', () => (get('b'), span('tax', () => get('c')), get('d')))
        get('e')
      })
      await step('pay', () => span('wait', async () => (get('f'), await Promise.resolve(), get('g'))))
      span('alone', () => sleep(1))
    })
  ).map(treeOf)
  expect(trees).toEqual(['cart(a price(b tax(c) d) e)', 'pay(wait(f) g)', '(alone)'])
})

test('a nested step is a trace of its own', async () => {
  const [inner, outer] = await spansOf(() =>
    step('cart', () => {
      step('pay', () => api.get('/', { name: 'inner' }))
      api.get('/', { name: 'outer' })
    }),
  )
  expect([treeOf(inner!), treeOf(outer!)]).toEqual(['pay(inner)', 'cart(outer)'])
  expect(inner?.trace_id).not.toBe(outer?.trace_id)
})

test('requests side by side, awaited ones, and those outside of a step each have one root', async () => {
  const get = (name: string) => ({ method: 'GET', path: '/', name })
  const found = await spansOf(async () => {
    step('three', () => api.batch([get('a'), get('b'), get('c')]))
    await step('two', () =>
      Promise.all([api.asyncRequest('GET', '/', { name: 'd' }), api.asyncRequest('GET', '/', { name: 'e' })]),
    )
    api.get('/', { name: 'alone' })
    api.batch([get('f'), get('g')])
  })
  expect(found.map(treeOf)).toEqual(['three(a b c)', 'two(d e)', '(alone)', '(f g)'])
  for (const { spans } of found) expect(spans.filter(({ parent }) => parent === undefined)).toHaveLength(1)
})

test.each<[string, () => unknown, string]>([
  ['a check that did not hold', () => check(api.get('/', { name: 'home' }), up), 'status 500'],
  ['ensure()', () => ensure(api.get('/', { name: 'home' }), up), 'status 500'],
  ['an unexpected response', () => api.get('/', { name: 'home' }), 'request home: status 500'],
  [
    'a throw',
    () => {
      throw new RangeError('boo')
    },
    'RangeError: boo',
  ],
  ['a rejection', () => Promise.reject(new RangeError('boo')), 'RangeError: boo'],
])('a step fails by %s, and is written though it is not sampled', async (_, body, error) => {
  const [event] = await spansOf(() => step('open', body), {
    respond: answer(500),
    env: { TRACE_RATIO: '0' },
  })
  expect(event?.spans[0]?.error).toContain(error)
  expect(event?.spans[1]?.error ?? 'status 500').toBe('status 500')
})

test('a good step is written where its flag says sampled, and only there', async () => {
  const seen = await seenOf(
    () => {
      visit()
      sleep(1)
    },
    {
      iterations: 200,
      env: { TRACE_RATIO: '0.3' },
    },
  )
  const flagged = seen.requests
    .map(({ headers }) => headers.Traceparent?.split('-') ?? [])
    .filter(([, , , flags]) => flags === '03')
    .map(([, trace]) => trace)
  expect(spansIn(seen).map(({ trace_id }) => trace_id)).toEqual(flagged)
  expect(flagged.length).toBeGreaterThan(20)
  expect(flagged.length).toBeLessThan(110)
})

test('a VU writes at most five good traces and ten failed ones a second; beyond, those that a failure names', async () => {
  const hundred = () => {
    for (let index = 0; index < 100; index++) visit()
  }
  const good = await seenOf(hundred, { respond: () => ({ status: 200, duration: 0 }) })
  expect(spansIn(good)).toHaveLength(5)
  const sampled = good.requests.filter(({ headers }) => headers.Traceparent?.endsWith('03'))
  expect(sampled).toHaveLength(5)

  const bad = await seenOf(hundred, {
    respond: () => ({ status: 500, duration: 0 }),
    env: { TRACE_RATIO: '0' },
  })
  const written = new Set(spansIn(bad).map(({ trace_id }) => trace_id))
  const named = events(bad).filter(({ loadwright }) => loadwright === 'failure')
  expect(named.length).toBeGreaterThan(5)
  expect(named.filter(({ trace_id }) => !written.has(trace_id as string))).toEqual([])
  expect(written.size).toBeLessThan(30)
})

test('a URL says no secret', async () => {
  const [event] = await spansOf(() =>
    step('open', () => api.get('/x?currency=EUR&access_token=abc&n=1', { name: 'x' })),
  )
  expect(event?.spans[1]?.url).toBe('http://localhost/x?currency=EUR&access_token=***&n=1')
})

test('a redirected request takes until its last answer', async () => {
  const [event] = await spansOf(() => step('open', () => api.get('/a', { name: 'a' })), {
    respond: ({ url }) =>
      url.endsWith('/a')
        ? { status: 302, headers: { Location: '/b' }, duration: 30 }
        : { status: 200, duration: 50 },
  })
  expect(event?.spans[1]).toMatchObject({ ms: 80, url: 'http://localhost/a', status: 200 })
})

test('what a step does not await has no end', async () => {
  const [event] = await spansOf(() =>
    step('open', () => {
      void api.asyncRequest('GET', '/', { name: 'late' })
    }),
  )
  expect(event?.spans.map(({ name, ms }) => [name, ms])).toEqual([
    ['open', 0],
    ['late', undefined],
  ])
})
