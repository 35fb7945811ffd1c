import { expect, test } from 'vitest'
import { createStore, textsOf } from '../record/index.ts'
import { downIn } from './down.ts'
import type { Facts } from './facts.ts'
import { told } from './rules/rule.ts'
import { TARGET_FAILING, TARGET_SILENT } from './rules/target.ts'

type Requests = readonly [status: string, count: number, more?: Readonly<Record<string, string>>]
const down = (...all: Requests[]) => {
  const store = createStore()
  for (const [status, count, more = { expected_response: 'false' }] of all)
    store.add([
      {
        name: 'k6_http_reqs_total',
        labels: { status, ...more },
        samples: [{ at: 1000, value: count }],
        histograms: [],
      },
    ])
  const facts = { down: downIn(store), checks: 0, k6: 0, tunnelErrors: 0, thresholds: [] }
  return textsOf(told([TARGET_FAILING, TARGET_SILENT], facts as Partial<Facts> as Facts))[0]
}

test.each<[string, Requests[], string | undefined]>([
  ['one error', [['503', 6]], 'the target answered 503 to every request (6): it is failing'],
  [
    'two errors',
    [
      ['500', 1],
      ['503', 5],
    ],
    'the target answered 503 or 500 to every request (6): it is failing',
  ],
  ['no answer', [['0', 6]], 'the target answered none of 6 requests'],
  [
    'some of both',
    [
      ['0', 1],
      ['502', 5],
    ],
    'the target answered 502, or not at all, to every request (6): it is failing',
  ],
  [
    'a preflight that went well',
    [
      ['200', 1, { group: '::setup', expected_response: 'true' }],
      ['503', 2],
    ],
    'the target answered 503 to every request (2): it is failing',
  ],
  [
    'nothing but setup',
    [['503', 1, { group: '::setup', expected_response: 'false' }]],
    'the target answered 503 to every request (1): it is failing',
  ],
  [
    'one that went well',
    [
      ['503', 5],
      ['200', 1, { expected_response: 'true' }],
    ],
    undefined,
  ],
  ['refusals', [['401', 6]], undefined],
  ['errors that the script expects', [['503', 6, { expected_response: 'true' }]], undefined],
  ['nothing', [], undefined],
])('a target that failed every request: %s', (_, all, text) => {
  expect(down(...all)).toBe(text)
})
