import { expect, test } from 'vitest'
import type { AbResult } from '../../verdict/index.ts'
import { abNotice } from './abNotice.ts'

const links = [{ title: 'CI job', url: 'https://ci.example/1' }]

test('an A/B test tells the answer, both sides, and the rows that matter', () => {
  const reason = { code: 'worse', text: '+15 %', data: {} } as const
  const row = {
    name: 'p95 of place order',
    quantity: 'p95',
    unit: 'ms',
    base: 412,
    candidate: 474,
    change: 62,
    interval: { low: 45.3, high: 78.3 },
    verdict: 'worse',
    judged: true,
    isCounted: true,
    reason,
  }
  const result = {
    id: 'ab-1',
    suite: 'boutique',
    profile: 'load',
    environment: 'shop',
    base: 'v1',
    candidate: 'v2',
    counted: 4,
    pairs: 8,
    verdict: 'fail',
    text: 'Fail: worse: p95 of place order +15 % (412 → 474 ms)',
    reasons: [reason],
    notes: [{ code: 'busy', text: 'the machine was busy', data: {} }],
    rows: [row],
  } as unknown as AbResult
  expect(abNotice(result, links)).toEqual({
    kind: 'ab',
    verdict: 'fail',
    title: 'A/B test: boutique · load · shop',
    text: result.text,
    details: ['boutique (load, shop): candidate v2 against base v1; 4 of 8 pairs', 'the machine was busy'],
    figures: [['p95 of place order', '412 ms → 474 ms, +15 % (in 95 of 100 cases +11 % to +19 %): worse']],
    owners: [],
    links,
    run: 'ab-1',
  })
})
