import { expect, test } from 'vitest'
import type { FailureEvent, PageEvent } from '../../../lib/catalog.ts'
import { groupsOf } from './clusters.ts'
import { addPages, isOfTarget } from './failedPages.ts'

const failure = (what: string, iteration: number, more: Partial<FailureEvent> = {}): FailureEvent => ({
  kind: 'error',
  what,
  journey: 'buy',
  step: 'view product',
  vu: 1,
  iteration,
  count: 1,
  ...more,
})
const page = (iteration: number, more: Partial<PageEvent> = {}): PageEvent => ({
  journey: 'buy',
  step: 'view product',
  url: 'http://shop/product/1',
  picture: `p-${iteration}.png`,
  console: ['boom', `line ${iteration}`],
  vu: 1,
  iteration,
  at: iteration,
  ...more,
})

test('what a page looked like goes to the failure of its iteration, else to the most frequent one of its step', () => {
  const groups = groupsOf([
    failure('PageError: the page answered with status 500', 0),
    failure('PageError: the page answered with status 500', 1, { count: 2 }),
    failure('waiting for the button timed out', 2),
  ])
  addPages(groups, [page(2), page(0), page(7), page(9, { step: 'other' })])
  expect(groups.map(({ cluster }) => [cluster.what, cluster.page])).toEqual([
    [
      'the page answered with status 500',
      {
        url: 'http://shop/product/1',
        pictures: ['p-0.png', 'p-7.png'],
        console: ['boom', 'line 0', 'line 7'],
      },
    ],
    [
      'waiting for the button timed out',
      { url: 'http://shop/product/1', pictures: ['p-2.png'], console: ['boom', 'line 2'] },
    ],
  ])
})

test('a failure has three pictures, and a run twenty', () => {
  const steps = Array.from({ length: 10 }, (_, at) => `step ${at}`)
  const groups = groupsOf(steps.map((step) => failure('it broke', 0, { step })))
  addPages(
    groups,
    steps.flatMap((step) => [0, 1, 2, 3].map((iteration) => page(iteration, { step }))),
  )
  const counts = groups.map(({ cluster }) => cluster.page?.pictures.length)
  expect(counts).toEqual([3, 3, 3, 3, 3, 3, 2, 0, 0, 0])
})

test.each([
  ['PageError: script error: x', [], true],
  ['SocketError: socket "chat": the connection was lost', [], true],
  ['CallError: stream "WatchPrice": UNAVAILABLE', [], true],
  ['waiting for the button timed out', [], false],
  ['waiting for the button timed out', [page(0)], true],
  ['TypeError: x is undefined', [page(0)], false],
] as const)('%s is of what is tested: %#', (what, pages, expected) => {
  expect(isOfTarget(failure(what, 0), pages)).toBe(expected)
})
