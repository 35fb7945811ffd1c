import { expect, test } from 'vitest'
import type { Row } from '../comparison/row.ts'
import type { AbPlan, AbRun } from './abResult.ts'
import type { AbFacts } from './abRules.ts'
import { judgeAb, runningAb } from './judgeAb.ts'

const AT = '2026-11-30T02:00:00.000Z'
const PLAN: AbPlan = {
  id: 'ab-1',
  startedAt: AT,
  suite: 'shop',
  profile: 'load',
  environment: 'shop',
  base: 'http://127.0.0.1:1',
  candidate: 'http://127.0.0.1:2',
  pairs: 8,
  sequential: true,
}
const run = (side: AbRun['side'], more: Partial<AbRun> = {}): AbRun => ({
  pair: 1,
  side,
  id: `x-${side}`,
  folder: `runs/x-${side}`,
  startedAt: AT,
  seconds: 10,
  verdict: 'pass',
  reason: 'all passed',
  counted: true,
  ...more,
})
const row = (more: Partial<Row> = {}): Row => ({
  metric: 'group_duration',
  quantity: 'p95',
  unit: 'ms',
  phase: 'steady',
  judged: true,
  name: 'p95 of place order',
  runs: 8,
  samples: 900,
  isCounted: true,
  base: 400,
  candidate: 460,
  change: 60,
  verdict: 'worse',
  reason: { code: 'worse', text: '+15 %, in 95 of 100 cases +11 % to +19 %', data: {} },
  ...more,
})
const facts = (more: Partial<AbFacts> = {}): AbFacts => ({
  comparison: { verdict: 'same', text: 'Same: nothing', rows: [], isEnough: true, cut: {} },
  runs: [run('base'), run('candidate')],
  counted: 8,
  pairs: 8,
  sequential: true,
  end: 'done',
  ...more,
})
const judged = (more: Partial<AbFacts> = {}) => {
  const { verdict, exitCode, text, reasons, notes } = judgeAb(PLAN, facts(more), AT)
  return {
    verdict,
    exitCode,
    text,
    codes: reasons.map(({ code }) => code),
    notes: notes.map((note) => note.text),
  }
}

test('worse fails, the same passes, what cannot be told is inconclusive', () => {
  const worse = { verdict: 'worse', text: 'Worse: x', rows: [row()], isEnough: true, cut: {} } as const
  expect(judged({ comparison: worse })).toMatchObject({
    verdict: 'fail',
    exitCode: 99,
    text: 'Fail: worse: p95 of place order +15 % (400 → 460 ms)',
    codes: ['candidate-worse'],
  })
  expect(judged()).toMatchObject({ verdict: 'pass', exitCode: 0, text: 'Pass: Same: nothing', notes: [] })
  const noisy = {
    verdict: 'cannot tell',
    text: 'Cannot tell: noise',
    rows: [],
    isEnough: false,
    cut: {},
  } as const
  expect(judged({ comparison: noisy })).toMatchObject({ verdict: 'inconclusive', exitCode: 95 })
  const open = row({
    verdict: 'cannot tell',
    reason: { code: 'one-of-many', text: 'make more pairs', data: {} },
  })
  expect(judged({ comparison: { ...noisy, rows: [open] } }).text).toBe(
    'Inconclusive: p95 of place order: make more pairs',
  )
})

test('an interrupted test decides nothing, whatever it has seen', () => {
  const worse = { verdict: 'worse', text: 'Worse: x', rows: [row()], isEnough: true, cut: {} } as const
  expect(judged({ comparison: worse, end: 'interrupted', counted: 3 })).toMatchObject({
    verdict: 'invalid',
    exitCode: 105,
    text: 'Invalid: interrupted after 3 of 8 pairs',
  })
})

test('invalid runs end a test as invalid, and say of which side they are', () => {
  const broken = { verdict: 'invalid', reason: 'the target does not answer', counted: false } as const
  const runs = [run('base'), run('candidate', broken), run('candidate', broken)]
  expect(judged({ runs, end: 'invalid' })).toMatchObject({
    exitCode: 96,
    text: 'Invalid: 0 runs of the base and 2 of the candidate were invalid: the target does not answer',
  })
  expect(judged({ runs })).toMatchObject({
    exitCode: 95,
    text: 'Inconclusive: 2 of 2 runs of the candidate were of no use, and none of the base: the target does not answer',
    notes: ['pairs were made anew: 0 runs of the base and 2 of the candidate were invalid'],
  })
  expect(judged({ runs: [...runs, run('base', broken)] })).toMatchObject({ verdict: 'pass' })
})

test('a candidate whose target died, and not that of the base, is no pass', () => {
  const died = run('candidate', { verdict: 'fail', reason: 'it ended by itself', died: true })
  expect(judged({ runs: [run('base'), died] })).toMatchObject({
    verdict: 'inconclusive',
    codes: ['candidate-invalid'],
    notes: ['0 runs of the base and 1 of the candidate failed: it ended by itself'],
  })
  expect(judged({ runs: [run('base', { ...died, side: 'base' }), died] }).verdict).toBe('pass')
})

test('an early end, places that are not compared, runs that failed and a busy machine are told', () => {
  const runs = [
    run('base', { full: 0.4 }),
    run('candidate', { verdict: 'fail', reason: 'p(95)<800 was crossed' }),
  ]
  const comparison = { verdict: 'same', text: 'Same', rows: [], isEnough: true, cut: { vus: 3 } } as const
  expect(judged({ runs, counted: 4, comparison }).notes).toEqual([
    'ended after 4 of 8 pairs: more would not change the answer',
    '3 places of vus are not compared: only the 100 with most samples are',
    '0 runs of the base and 1 of the candidate failed: p(95)<800 was crossed',
    'the machine was busy in 1 run of the base and 0 of the candidate, up to 40 % of the time',
  ])
})

test('a test that has not ended is invalid', () => {
  expect(runningAb(PLAN, facts({ counted: 2 }))).toMatchObject({ state: 'running', exitCode: 96 })
})
