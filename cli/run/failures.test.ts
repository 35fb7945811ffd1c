import { expect, test } from 'vitest'
import type { FailureEvent } from './console.ts'
import { causesOf } from './failures.ts'

const failed: FailureEvent = {
  ...{ journey: 'checkout', step: 'place order', phase: 'steady', kind: 'check', what: 'order accepted' },
  ...{ expected: 'status 200', got: 'status 500', status: 500, trace_id: 't1', vu: 1, count: 1 },
}

test('one cause, whoever met it: the counts of each VU’s last report add up', () => {
  const events = [
    failed,
    { ...failed, vu: 2, trace_id: 't2', phase: 'warm-up' },
    { ...failed, count: 2 },
    { ...failed, count: 4, got: 'status 500 again' },
  ]
  expect(causesOf(events)).toEqual([
    {
      ...{ journey: 'checkout', step: 'place order', kind: 'check', what: 'order accepted' },
      ...{ expected: 'status 200', got: 'status 500', status: 500, trace_id: 't1' },
      ...{ count: 5, rows: [] },
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
    causesOf([failed, ...others]).map(({ step, kind, what, status, count }) => [
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
  expect(causesOf([a, b])).toHaveLength(2)
})

test('the rows in use are named, most often first, at most ten, each row counted on its own', () => {
  const events = [
    'p=A q=Jane Doe',
    'p=B',
    'p=B q=x',
    ...Array.from({ length: 12 }, (_, index) => `r=${index}`),
  ]
  const [cause] = causesOf(events.map((row, index) => ({ ...failed, row, count: index + 1 })))
  expect(cause?.rows).toEqual(['p=B', 'p=A', 'q=Jane Doe', 'q=x', 'r=0', 'r=1', 'r=2', 'r=3', 'r=4', 'r=5'])
  expect(cause?.count).toBe(15)
})

test('no failures, no causes', () => {
  expect(causesOf([])).toEqual([])
})
