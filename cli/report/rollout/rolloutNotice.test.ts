import { expect, test } from 'vitest'
import type { RolloutDecision } from '../../verdict/index.ts'
import { rolloutNotice } from './rolloutNotice.ts'

const links = [{ title: 'CI job', url: 'https://ci.example/1' }]

test('a watch tells what becomes of the canary, each metric, and first that its hook failed', () => {
  const decision = {
    canary: 'v2',
    stable: 'v1',
    decision: 'roll back',
    exitCode: 99,
    text: 'Roll back: worse: p95 399 ms → 520 ms (+30 %), and +10 % is tolerated',
    looks: 4,
    planned: 10,
    reasons: [],
    notes: [],
    rows: [
      {
        name: 'p95',
        unit: 's',
        better: 'lower',
        isMain: true,
        finding: 'canary-worse',
        looks: 4,
        missing: 0,
        stable: 0.399,
        canary: 0.52,
        worse: 0.121,
        allowed: 0.04,
        limit: '<1',
      },
    ],
  } as unknown as RolloutDecision
  expect(rolloutNotice(decision, { links })).toMatchObject({
    kind: 'watch',
    verdict: 'fail',
    title: 'Roll back: v2',
    text: decision.text,
    details: ['v2 beside v1: 4 of 10 looks'],
    figures: [['p95', '399 ms → 520 ms, +30 %, limit <1, canary worse']],
  })
  const promoted = { ...decision, decision: 'promote', exitCode: 0 } as const
  expect(rolloutNotice(promoted, { links }).verdict).toBe('pass')
  const hookFailed = 'The hook failed: it ended with exit code 3.'
  const { verdict, title, details } = rolloutNotice(promoted, { links, hookFailed })
  expect([verdict, title, details[0]]).toEqual(['fail', 'Promote, but the hook failed: v2', hookFailed])
})
