import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FailureEvent } from '../../../lib/catalog.ts'
import type { Timeline } from '../../record/index.ts'
import { groupsOf } from './clusters.ts'
import type { Evidence } from './evidence.ts'
import { explain } from './explain.ts'

const START = Date.parse('2026-11-21T10:00:00Z')
const RUN = 300
const flat = { start: START, end: START + RUN * 1000, vus: { shoppers: 20 }, phases: [] }
const evidence: Evidence = { ...flat, pools: [{ name: 'products', rows: 9 }] }

/** A failure of an iteration of its own, some seconds into the run. */
const failure = (index: number, seconds: number, more: Partial<FailureEvent> = {}): FailureEvent => ({
  kind: 'request',
  what: 'order',
  journey: 'checkout',
  step: 'pay',
  scenario: 'shoppers',
  status: 500,
  vu: index + 1,
  iteration: index,
  at: START + seconds * 1000,
  count: 1,
  ...more,
})
const many = (count: number, make: (index: number) => FailureEvent): FailureEvent[] =>
  Array.from({ length: count }, (_, index) => make(index))
const spread = (index: number, count: number): number => (RUN * (index + 0.5)) / count
const said = (events: readonly FailureEvent[], known: Evidence = evidence): string[] =>
  explain(groupsOf(events), known).explanations

/** Windows of ten seconds: how many requests, and how many of them failed. */
function timeline(count: (seconds: number) => number, failed: (seconds: number) => number): Timeline {
  const at = Array.from({ length: RUN / 10 }, (_, index) => START / 1000 + index * 10)
  const of = (make: (seconds: number) => number) => at.map((_, index) => make(index * 10))
  const none = at.map(() => null)
  return {
    window: 10,
    at,
    iterations: none,
    dropped: none,
    checks: none,
    failedChecks: none,
    vus: none,
    vusMax: none,
    journeys: [],
    steps: [],
    own: [],
    others: [],
    requests: { count: of(count), failed: of(failed), p50: none, p95: none, p99: none },
  }
}

const IDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']
const row = (id: string | undefined) => ({ row: `products=${id} shoppers=${id === 'A' ? 1 : 2}` })

test('few rows of a pool', () => {
  const events = many(40, (i) => failure(i, spread(i, 40), row(IDS[i % 2])))
  expect(said(events)).toEqual(['all 40 or more failures carry 2 of the 9 rows of products: A, B'])
  const most = [...events, ...many(4, (i) => failure(50 + i, spread(i, 4), row(IDS[5 + i])))]
  expect(said(most)).toEqual(['90 % of 44 or more failures carry 2 of the 9 rows of products: A, B'])
})

test('too few failures to tell: the rows are named, and that they are no proof', () => {
  const events = (count: number) => many(count, (i) => failure(i, spread(i, count), row(IDS[i % 2])))
  expect(said(events(2))).toEqual([])
  expect(said(events(3))).toEqual([
    'all 3 or more failures carry 2 of the 9 rows of products: A, B; this is too few failures to say whether the rows are the cause',
  ])
})

test('every row fails, or the only one of a pool does: rows explain nothing', () => {
  expect(said(many(60, (i) => failure(i, spread(i, 60), row(IDS[i % 9]))))).toEqual([])
  const only = { ...evidence, pools: [{ name: 'products', rows: 1 }] }
  expect(
    said(
      many(60, (i) => failure(i, spread(i, 60), row('A'))),
      only,
    ),
  ).toEqual([])
})

test('failures of one iteration are one witness', () => {
  const events = many(40, (i) => failure(0, 5, { what: `request ${i}`, ...row('A') }))
  expect(said(events).join()).not.toMatch(/rows of products: A$/)
})

test('of several pools in a row the one that separates is named', () => {
  const known = { ...evidence, pools: [...evidence.pools, { name: 'shoppers', rows: 60 }] }
  const events = many(40, (i) => failure(i, spread(i, 40), { row: `products=${IDS[i % 2]} shoppers=${i}` }))
  expect(said(events, known)).toEqual([expect.stringContaining('2 of the 9 rows of products')])
})

test('a burst, a beginning, a bad start', () => {
  const between = (from: number, to: number) =>
    said(many(40, (i) => failure(i, from + ((to - from) * i) / 39, { status: 503 })))
  expect(between(60, 90)).toEqual([
    'all 40 or more failures are at checkout › pay, between 00:01:00 and 00:01:30: a burst of status 503',
  ])
  expect(between(130, 300)).toEqual([
    'all 40 or more failures are at checkout › pay, from 00:02:10 on, to the end: status 503',
  ])
  expect(between(0, 30)).toEqual([
    'all 40 or more failures are at checkout › pay, in the first 30 s of the run: status 503',
  ])
})

test('a rate that was passed is named, where the rate tells those times from the others', () => {
  const events = many(60, (i) => failure(i, 140 + (160 * i) / 59, { status: 503 }))
  const ramp = timeline(
    (at) => (at + 5) * 10,
    (at) => (at >= 140 ? 100 : 0),
  )
  expect(said(events, { ...evidence, timeline: ramp })).toEqual([
    'all 60 or more failures are at checkout › pay, from 00:02:20 on, when the rate passed 140/s: status 503',
  ])
  const constant = timeline(
    (at) => (at < 30 ? at * 40 : 1400),
    (at) => (at >= 140 ? 100 : 0),
  )
  expect(said(events, { ...evidence, timeline: constant })).toEqual([
    'all 60 or more failures are at checkout › pay, from 00:02:20 on, to the end: status 503',
  ])
  const steady = timeline(
    (at) => Math.min(200 + Math.max(0, at - 60) * 30, 1000),
    (at) => (at >= 120 && at < 180 ? 1000 : 0),
  )
  const soon = many(60, (i) => failure(i, 120 + (59.9 * i) / 59, { status: 503 }))
  expect(said(soon, { ...evidence, timeline: steady })).toEqual([
    'all 60 or more failures are at checkout › pay, between 00:02:00 and 00:03:00: a burst of status 503',
  ])
  const peak = timeline(
    (at) => (at >= 100 && at < 200 ? 3000 - Math.abs(150 - at) * 40 : 200),
    () => 0,
  )
  const within = many(60, (i) => failure(i, 120 + (60 * i) / 59, { status: 503 }))
  expect(said(within, { ...evidence, timeline: peak })[0]).toMatch(/when the rate was over \d+\/s|a burst/)
})

test('a target that died, and one that came back', () => {
  const silent = (from: number, to: number) =>
    many(60, (i) =>
      failure(i, from + ((to - from) * i) / 59, { status: 0, got: 'dial tcp: connect: connection refused' }),
    )
  const gone = timeline(
    () => 100,
    (at) => (at >= 120 ? 100 : 0),
  )
  expect(said(silent(121, 299), { ...evidence, timeline: gone })).toEqual([
    'all 60 or more failures are at checkout › pay, from 00:02:01 on, when the target stopped answering: connection refused',
  ])
  const back = timeline(
    () => 100,
    (at) => (at >= 120 && at < 180 ? 100 : 0),
  )
  expect(said(silent(121, 179), { ...evidence, timeline: back })).toEqual([
    'all 60 or more failures are at checkout › pay, between 00:02:01 and 00:03:00, when the target did not answer: connection refused',
  ])
  const flaky = timeline(
    () => 100,
    () => 5,
  )
  expect(said(silent(1, 299), { ...evidence, timeline: flaky })).toEqual([])
})

test('the tunnel, one VU, a cold start', () => {
  const tunnel = { origin: 'tunnel', got: 'ERR_NGROK_3200', status: 502 } as const
  expect(said(many(20, (i) => failure(i, spread(i, 20), tunnel)))).toEqual([
    'all 20 or more failures come from the tunnel (ERR_NGROK_3200), not from the target',
  ])
  expect(said(many(20, (i) => failure(i, spread(i, 20), { vu: 7, count: i + 1 })))).toEqual([
    'all 20 or more failures come from one VU, 7, of the 20 of scenario shoppers',
  ])
  const iso = (seconds: number) => new Date(START + seconds * 1000).toISOString()
  const phase = (phase: string, from: number, to: number) => ({
    scenario: 'shoppers',
    phase,
    from: iso(from),
    to: iso(to),
    judged: phase === 'steady',
  })
  const phases = [phase('warm-up', 0, 60), phase('steady', 60, 300)]
  const cold = many(20, (i) => failure(i, 1 + i * 2, { phase: 'warm-up' }))
  expect(said(cold, { ...evidence, phases })).toEqual([
    'all 20 or more failures are at checkout › pay, in the phase warm-up: a cold start',
  ])
})

test('several causes in one place: the place; checks on one response are one failure; no sentence twice', () => {
  const check = (what: string, i: number) =>
    failure(i, spread(i, 40), { kind: 'check', what, request: 'order', status: 200 })
  const events = [...many(40, (i) => check('accepted', i)), ...many(40, (i) => check('has an id', i))]
  expect(said(events)).toEqual(['all 40 or more failures are at checkout › pay, request order'])
  const rows = events.map((event, index) => ({ ...event, ...row(IDS[index % 2]) }))
  const { explanations, clusters } = explain(groupsOf(rows), evidence)
  expect(explanations).toEqual(['all 40 or more failures carry 2 of the 9 rows of products: A, B'])
  expect(clusters.map(({ explanation }) => explanation)).toEqual([undefined, undefined])
})

test('what lasted to the end is no burst, though the last failures of each VU were not written', () => {
  // Two VUs fail from 3 s of 6.5 s on; the third failure of each is not written, and all of them are 401.
  const at = [3.1, 3.2, 4.1, 4.2]
  const events = at.map((seconds, i) =>
    failure(i, seconds, { vu: 1 + (i % 2), count: 1 + Math.floor(i / 2), status: 401 }),
  )
  const count = [10, 8, 4, 0]
  const failed = [0, 2, 4, 0]
  const none = count.map(() => null)
  const time = { count, failed, p50: none, p95: none, p99: none }
  const windows: Timeline = {
    ...timeline(
      () => 0,
      () => 0,
    ),
    window: 2,
    at: [0, 2, 4, 6].map((seconds) => START / 1000 + seconds),
    requests: time,
    steps: [{ journey: 'checkout', step: 'pay', time, heatmap: { bounds: [], counts: [] } }],
  }
  expect(said(events, { ...evidence, timeline: windows, end: START + 6500 })).toEqual([
    'all 4 or more failures are at checkout › pay, from 00:00:03 on, to the end: status 401',
  ])
})

test('a place that others go on to use: what failed there to the end is told from its own requests', () => {
  const events = many(40, (i) => failure(i, 100 + i, { status: 503 }))
  const all = timeline(
    () => 1000,
    (at) => (at >= 100 && at < 140 ? 10 : 0),
  )
  const none = all.at.map(() => null)
  const at = all.at.map((_, index) => index * 10)
  const own = (count: (seconds: number) => number) => ({
    ...all,
    steps: [
      {
        journey: 'checkout',
        step: 'pay',
        heatmap: { bounds: [], counts: [] },
        time: {
          count: at.map(count),
          failed: at.map((one) => (one >= 100 && one < 140 ? 10 : 0)),
          p50: none,
          p95: none,
          p99: none,
        },
      },
    ],
  })
  expect(said(events, { ...evidence, timeline: own((one) => (one < 140 ? 10 : 0)) })[0]).toMatch(
    / on, to the end/,
  )
  expect(said(events, { ...evidence, timeline: own(() => 10) })[0]).toMatch(
    /between 00:01:40 and .*: a burst of/,
  )
})

test('two causes with a reason each have a sentence each', () => {
  const events = [
    ...many(40, (i) => failure(i, spread(i, 40), row(IDS[i % 2]))),
    ...many(40, (i) => failure(100 + i, 60 + i / 2, { journey: 'browse', what: 'home', status: 503 })),
  ]
  expect(said(events)).toEqual([
    'checkout › pay › order: all 40 or more failures carry 2 of the 9 rows of products: A, B',
    'browse › pay › home: all 40 or more failures came between 00:01:00 and 00:01:20: a burst of status 503',
  ])
})

test('errors without a pattern get no reason: of 1000 runs hardly one does', () => {
  let random = 42
  const next = (): number => (random = (random * 48271) % 2147483647) / 2147483647
  const constant = timeline(
    () => 1000,
    () => 20,
  )
  const reasons = Array.from({ length: 1000 }, () => {
    const events = many(5 + Math.floor(next() * 60), (i) =>
      failure(i, next() * RUN, row(IDS[Math.floor(next() * 9)])),
    )
    return said(events, { ...evidence, timeline: constant }).filter((text) => !text.includes('too few'))
  })
  expect(reasons.filter((sentences) => sentences.length > 0).length).toBeLessThanOrEqual(15)
})

test('whatever events a script writes, there is an answer', () => {
  const event = fc.record(
    {
      kind: fc.constantFrom('check', 'request', 'error'),
      what: fc.string(),
      row: fc.string(),
      status: fc.nat(),
      vu: fc.nat(),
      count: fc.nat(),
      at: fc.maxSafeNat().filter((at) => at < 8.64e15),
    },
    { requiredKeys: ['kind', 'what', 'vu', 'count'] },
  ) as fc.Arbitrary<FailureEvent>
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const { explanations, clusters } = explain(groupsOf(events), evidence)
      expect(new Set(explanations).size).toBe(explanations.length)
      expect(clusters.length).toBeLessThanOrEqual(events.length)
    }),
  )
})
