import { expect, test, vi } from 'vitest'
import type { Change } from '../record/index.ts'
import { guardRate } from './rateCap.ts'

const series = { name: 'k6_iterations_total', labels: {}, instance: '', first: 0 }
const made = (second: number, by: number, of = series): Change => ({
  series: of,
  kind: 'counter',
  at: second * 1000,
  place: 'latest',
  by,
})

function watched(...changes: Change[][]) {
  const over = vi.fn()
  const guard = guardRate('dev', 10, over)
  for (const push of changes) guard(push)
  return over.mock.calls.map(([reason]) => reason as string)
}

test('a rate at the cap, and a little over it, is none of its business', () => {
  expect(watched(...Array.from({ length: 60 }, (_, second) => [made(second, second % 2 ? 9 : 12)]))).toEqual(
    [],
  )
})

test('pushes that come late and together are no burst: the points have a time', () => {
  expect(watched(Array.from({ length: 30 }, (_, second) => made(second, 10)))).toEqual([])
})

test('a rate over the cap is told once, with the cap, the figure, and what to do; far over it at once', () => {
  const fast = watched([made(0, 2)], [made(1, 500)], [made(2, 500)])
  expect(fast).toEqual([
    expect.stringMatching(
      /^more than 10 iterations per second, the cap of dev: 502 within 5 s, so the run was ended\. .*caps\.rate/,
    ),
  ])
  expect(watched(...Array.from({ length: 9 }, (_, second) => [made(second, 15)]))).toHaveLength(1)
})

test('series of several scenarios add up; other counters do not', () => {
  const [one, two] = ['a', 'b'].map((scenario) => ({ ...series, labels: { scenario } }))
  const both = Array.from({ length: 9 }, (_, at) => [made(at, 8, one), made(at, 8, two)])
  expect(watched(...both)).toHaveLength(1)
  expect(watched([made(1, 9999, { ...series, name: 'k6_http_reqs_total' })])).toEqual([])
})
