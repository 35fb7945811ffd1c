import { expect, test } from 'vitest'
import type { FailureEvent } from '../../../lib/catalog.ts'
import { histogramOf } from '../../prometheus/index.ts'
import { createStore } from '../../record/index.ts'
import { clustersOf } from './clusters.ts'
import { countedBy, type Counted } from './counted.ts'

const failed: FailureEvent = {
  journey: 'checkout',
  step: 'place order',
  phase: 'steady',
  kind: 'check',
  what: 'order accepted',
  expected: 'status 200',
  got: 'status 500',
  status: 500,
  trace_id: 't1',
  vu: 1,
  count: 1,
}

test('one cause, whoever met it: the counts of each VU’s last report add up', () => {
  const events = [
    failed,
    { ...failed, vu: 2, trace_id: 't2', phase: 'warm-up' },
    { ...failed, count: 2 },
    { ...failed, count: 4, got: 'status 500 again' },
  ]
  expect(clustersOf(events)).toEqual([
    {
      journey: 'checkout',
      step: 'place order',
      kind: 'check',
      what: 'order accepted',
      expected: 'status 200',
      got: 'status 500',
      status: 500,
      trace_ids: ['t1', 't2'],
      count: 5,
      exact: false,
      phases: ['steady', 'warm-up'],
      rows: [],
    },
  ])
})

test('another place, kind, thing or status is another cause; most frequent first', () => {
  const others = [
    { ...failed, status: 503 },
    { ...failed, what: 'order complete', count: 8 },
    { ...failed, kind: 'request' as const },
    { ...failed, step: 'pay', count: 2 },
    { kind: 'error', what: 'boom', vu: 1, count: 4 } as const,
  ]
  expect(
    clustersOf([failed, ...others]).map(({ step, kind, what, status, count }) => [
      step,
      kind,
      what,
      status,
      count,
    ]),
  ).toEqual([
    ['place order', 'check', 'order complete', 500, 8],
    [undefined, 'error', 'boom', undefined, 4],
    ['pay', 'check', 'order accepted', 500, 2],
    ['place order', 'check', 'order accepted', 500, 1],
    ['place order', 'check', 'order accepted', 503, 1],
    ['place order', 'request', 'order accepted', 500, 1],
  ])
})

test('no names run together', () => {
  const a = { ...failed, journey: 'a|b', step: 'c' }
  const b = { ...failed, journey: 'a', step: 'b|c' }
  expect(clustersOf([a, b])).toHaveLength(2)
})

test('the rows in use are named, most often first, at most ten, each row counted on its own', () => {
  const events = [
    'p=A q=Jane Doe',
    'p=B',
    'p=B q=x',
    ...Array.from({ length: 12 }, (_, index) => `r=${index}`),
  ]
  const [cause] = clustersOf(events.map((row, index) => ({ ...failed, row, count: index + 1 })))
  expect(cause?.rows).toEqual(['p=B', 'p=A', 'q=Jane Doe', 'q=x', 'r=0', 'r=1', 'r=2', 'r=3', 'r=4', 'r=5'])
  expect(cause?.count).toBe(15)
})

test('no failures, no causes', () => {
  expect(clustersOf([])).toEqual([])
})

test('first and last, the request before it, an excerpt, at most three traces', () => {
  const at = Date.parse('2026-11-21T10:00:00Z')
  const events = [3, 1, 2, 4].map((vu) => ({
    ...failed,
    vu,
    at: at + vu * 1000,
    trace_id: `t${vu}`,
    request: vu === 4 ? 'other' : 'order',
    ...(vu === 2 ? { excerpt: 'oh no' } : {}),
  }))
  expect(clustersOf(events)).toMatchObject([
    {
      first: '2026-11-21T10:00:01.000Z',
      last: '2026-11-21T10:00:04.000Z',
      request: 'order',
      excerpt: 'oh no',
      trace_ids: ['t3', 't1', 't2'],
    },
  ])
})

const request = { ...failed, kind: 'request', what: 'order' } as const
const k6 = (count: number, fails: number): Counted => ({
  requests: [
    { journey: 'checkout', step: 'place order', name: 'order', status: '500', count },
    { journey: 'browse', step: 'place order', name: 'order', status: '500', count: 1000 },
  ],
  checks: [{ name: 'order accepted', group: 'outer › place order', fails }],
})
const countOf = (events: readonly FailureEvent[], counted: Counted) =>
  clustersOf(events, [], counted).map(({ kind, count, exact }) => [kind, count, exact])

test('where k6 has counted the same, its count is taken', () => {
  expect(countOf([request, failed], k6(77, 99))).toEqual([
    ['check', 99, true],
    ['request', 77, true],
  ])
})

test('k6’s count is not taken where it means more than one cause, less than what was seen, or what k6 cut off', () => {
  expect(countOf([failed, { ...failed, status: 503 }], k6(0, 99))).toEqual([
    ['check', 1, false],
    ['check', 1, false],
  ])
  expect(countOf([{ ...request, count: 8 }], k6(4, 0))).toEqual([['request', 8, false]])
  const silent = { ...k6(0, 0), requests: [{ ...k6(9, 0).requests[0]!, status: '0' }] }
  expect(countOf([{ ...request, status: 0 }], silent)).toEqual([['request', 1, false]])
})

test('calls of gRPC and operations of GraphQL are counted by the library', () => {
  const at = { journey: 'checkout', step: 'place order' }
  const counter = (metric: string, value: number, labels: object) => ({
    name: `k6_${metric}_total`,
    labels: { ...at, ...labels },
    samples: [{ at: 1, value }],
    histograms: [],
  })
  const ended = (name: string, status: string, count: number) => ({
    name: 'k6_grpc_req_duration_seconds',
    labels: { ...at, name, status },
    samples: [],
    histograms: [{ at: 1, value: histogramOf(Array<number>(count).fill(0.1)) }],
  })
  const store = createStore()
  store.add([
    counter('grpc_calls_failed', 37, { name: 'GetProduct' }),
    counter('grpc_calls_failed', 50, { name: 'Order' }),
    ended('Order', '14', 30),
    ended('Order', '4', 20),
    ended('Order', '0', 900),
    counter('graphql_operations', 100, { name: 'Cart' }),
    counter('graphql_operations_failed', 25, { name: 'Cart' }),
    counter('http_reqs', 10, { name: 'Cart', status: '500', expected_response: 'false' }),
    counter('http_reqs', 90, { name: 'Cart', status: '200', expected_response: 'true' }),
    counter('graphql_operations', 80, { name: 'Batch' }),
    counter('graphql_operations_failed', 40, { name: 'Batch' }),
    counter('http_reqs', 5, { name: 'Batch', status: '500', expected_response: 'false' }),
    counter('http_reqs', 35, { name: 'Batch', status: '200', expected_response: 'true' }),
  ])
  const asked = (what: string, status: number, code?: string) => ({
    ...failed,
    kind: 'request' as const,
    what,
    status,
    ...(code && { code }),
  })
  const events = [
    asked('GetProduct', 503, 'UNAVAILABLE'),
    asked('Order', 503, 'UNAVAILABLE'),
    asked('Order', 0, 'DEADLINE_EXCEEDED'),
    asked('Cart', 200),
    asked('Cart', 500),
    asked('Batch', 200),
  ]
  const made = clustersOf(events, [], countedBy(store, []))
  expect(made.map(({ what, status, count, exact }) => [what, status, count, exact])).toEqual([
    ['GetProduct', 503, 37, true],
    ['Order', 503, 30, true],
    ['Order', 0, 20, true],
    ['Cart', 200, 15, true],
    ['Cart', 500, 10, true],
    ['Batch', 200, 1, false],
  ])
})

test('a record keeps the fifty most frequent', () => {
  const events = Array.from({ length: 80 }, (_, index) => ({
    ...failed,
    what: `w${index}`,
    count: index + 1,
  }))
  const kept = clustersOf(events)
  expect(kept).toHaveLength(50)
  expect(kept[0]).toMatchObject({ what: 'w79', count: 80 })
})

test('one failure has one cause: checks on a request that failed, and errors after it, are no others', () => {
  const asked = { ...failed, request: 'order' }
  const { status: _, ...unanswered } = asked
  const events: FailureEvent[] = [
    { ...request, count: 6 },
    { ...asked, count: 6, excerpt: '<b>Uh &amp; oh</b>' },
    { ...asked, what: 'has an id', count: 6 },
    { ...unanswered, kind: 'error', what: 'TypeError: x', after: true, count: 2 },
  ]
  expect(clustersOf(events)).toMatchObject([
    {
      kind: 'request',
      what: 'order',
      count: 6,
      excerpt: 'Uh & oh',
      consequences: [
        { kind: 'check', what: 'order accepted', count: 6 },
        { kind: 'check', what: 'has an id', count: 6 },
        { kind: 'error', what: 'TypeError: x', count: 2 },
      ],
    },
  ])
  // An error belongs to the request's most frequent failure, whichever was first.
  const after: FailureEvent = { ...unanswered, kind: 'error', what: 'TypeError: x', after: true }
  expect(clustersOf([{ ...request, status: 404 }, { ...request, count: 6 }, after])).toMatchObject([
    { status: 500, consequences: [{ kind: 'error', count: 1 }] },
    { status: 404 },
  ])
  // Another status, another request, or an error before which nothing failed, is a cause of its own.
  const others: FailureEvent[] = [
    request,
    { ...asked, status: 200 },
    { ...asked, request: 'cart' },
    { ...asked, kind: 'error', what: 'TypeError: y' },
  ]
  expect(clustersOf(others)).toHaveLength(4)
})

test('another code is another cause, however rare: all of them answered 200', () => {
  const call = { ...failed, kind: 'request' as const, what: 'GetProduct', status: 200 }
  const events = [1, 2, 4, 8].map((count) => ({
    ...call,
    code: 'UNAVAILABLE',
    got: 'gRPC UNAVAILABLE: gone',
    count,
  }))
  const rare = { ...call, code: 'NOT_FOUND', got: 'gRPC NOT_FOUND: none' }
  expect(clustersOf([...events, rare]).map(({ code, got, count }) => [code, got, count])).toEqual([
    ['UNAVAILABLE', 'gRPC UNAVAILABLE: gone', 8],
    ['NOT_FOUND', 'gRPC NOT_FOUND: none', 1],
  ])
})

test('a check on an answer of gRPC belongs to its call, whose status it has as a number', () => {
  const call = { ...failed, kind: 'request' as const, what: 'Last', status: 200, code: 'UNAVAILABLE' }
  const check = { ...failed, what: 'a line came', request: 'Last', status: 14 }
  const groups = clustersOf([call, check, { ...check, what: 'another', status: 5 }])
  expect(groups).toMatchObject([
    { kind: 'request', consequences: [{ kind: 'check', what: 'a line came', count: 1 }] },
    { kind: 'check', what: 'another' },
  ])
})
