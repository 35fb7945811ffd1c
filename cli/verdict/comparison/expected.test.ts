import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement, RunRecord } from '../../record/index.ts'
import { decide, type Decision } from '../gate/decide.ts'
import { USUAL_POLICY } from '../gate/policy.ts'
import { pooled } from '../gate/pooled.ts'
import { compareRuns } from './compare.ts'

/** A step in which so many times around 200 ms were taken, and none failed. */
function step(name: string, count: number): Measurement[] {
  const place = { journey: 'checkout', step: name, phase: 'steady' }
  const times = Array.from({ length: count }, (_, at) => 0.2 * (0.8 + (0.4 * at) / count))
  return count === 0
    ? []
    : [
        { ...place, metric: 'group_duration', kind: 'values', unit: 's', values: histogramOf(times) },
        { ...place, metric: 'http_req_failed', kind: 'share', part: 0, of: count },
      ]
}
const rate = (of: number): Measurement[] =>
  of === 0 ? [] : [{ metric: 'shop_paid', phase: 'steady', kind: 'share', part: 0, of }]
const run = (order: number, pay: number, paid = 400): MeasuredRun =>
  madeUpRun([...step('place order', order), ...step('pay', pay), ...rate(paid)])

const base = Array.from({ length: 6 }, (_, at) => run(400 + at, 220 + at))
const record: RunRecord = { ...fakeRecord(() => 0.5), verdict: 'pass', reasons: [], thresholds: [] }

const open = (candidate: MeasuredRun, of = base): string[] => {
  const { rows, verdict } = compareRuns(of, candidate, 'before')
  const missed = rows.filter(({ reason }) => /^(not-measured|fewer-samples)$/.test(reason.code))
  return [verdict, ...missed.map(({ name, reason }) => `${name}: ${reason.text}`)]
}
const gate = (candidate: MeasuredRun, confirmedBy?: string): Decision =>
  decide({
    record,
    comparison: compareRuns(base, candidate, 'before'),
    confirmedBy,
    waivers: [],
    policy: USUAL_POLICY,
    now: new Date('2026-11-26T09:30:00Z'),
    tolerances: [{ metric: 'group_duration', limit: '+50%', owner: 'team-shop' }],
  })

test('a step that every run of the baseline has, and the candidate has not, leaves the whole open: once, by its name', () => {
  expect(open(run(400, 0))).toEqual([
    'cannot tell',
    'p50 of pay: it was not measured, and each of 6 runs of the baseline has it',
  ])
  expect(open(run(400, 220, 0))).toEqual([
    'cannot tell',
    'share of shop_paid: it was not measured, and each of 6 runs of the baseline has it',
  ])
  // It may be that it was renamed: then the next run is one of several that do not have it.
  expect(open(run(400, 0), [...base, run(400, 0)])).toEqual(['same'])
  expect(open(run(400, 220))).toEqual(['same'])
})

test('far fewer samples than any run of the baseline has leave the whole open; a few less are an accident', () => {
  expect(open(run(400, 120))).toEqual([
    'cannot tell',
    'p95 of pay: 120 samples are too few: 200 are needed, and each run of the baseline has 220 or more',
  ])
  expect(open(run(400, 8))).toEqual([
    'cannot tell',
    'p50 of pay: 8 samples are too few: 10 are needed, and each run of the baseline has 220 or more',
  ])
  expect(open(run(400, 190))).toEqual(['same'])
})

test('the gate passes neither, with a second run or a tolerance; of what it could not judge it tells the names', () => {
  expect(gate(run(400, 0)).verdict).toBe('inconclusive')
  expect(gate(run(400, 0)).reasons.map(({ text }) => text)).toEqual([
    'cannot tell: p50 of pay: it was not measured, and each of 6 runs of the baseline has it',
  ])
  expect(gate(pooled(run(400, 0), run(400, 220)), 'second').verdict).toBe('inconclusive')
  expect(gate(run(400, 60)).verdict).toBe('inconclusive')
  expect(gate(pooled(run(400, 60), run(400, 60)), 'second').verdict).toBe('inconclusive')
  expect(gate(pooled(run(400, 120), run(400, 120)), 'second').verdict).toBe('pass')
  const { verdict, notes } = gate(run(400, 190))
  expect([verdict, ...notes.map(({ text }) => text)]).toEqual([
    'pass',
    '1 row was not judged: p95 of pay (--all says why)',
  ])
})
