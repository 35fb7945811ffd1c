import { expect, test } from 'vitest'
import type { Tolerance } from '../../../config/gate.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import type { RunRecord } from '../../record/index.ts'
import type { Comparison } from '../comparison/compare.ts'
import type { Row } from '../comparison/row.ts'
import { approved, decide } from './decide.ts'
import { USUAL_POLICY, type GatePolicy } from './policy.ts'
import type { Waiver } from './waiver.ts'

const record: RunRecord = { ...fakeRecord(() => 0.5), verdict: 'pass', reasons: [], thresholds: [] }
const NOW = new Date('2026-11-26T09:30:00Z')

const ROW: Row = {
  name: 'p95 of place order',
  metric: 'group_duration',
  quantity: 'p95',
  unit: 'ms',
  journey: 'checkout',
  step: 'place order',
  phase: 'steady',
  judged: true,
  verdict: 'worse',
  reason: { code: 'worse', text: '+42 % is more than 16 %', data: {} },
  runs: 8,
  samples: 1200,
  isCounted: true,
  base: 430,
  candidate: 612,
  change: 182,
  limit: 70,
}
const open = (code: string): Row => ({
  ...ROW,
  verdict: 'cannot tell',
  reason: { code, text: 'run again', data: {} },
})
const SAME: Row = { ...ROW, verdict: 'same', reason: { code: 'within-limits', text: 'little', data: {} } }

const comparison = (...rows: Row[]): Comparison => ({
  schema: 1,
  verdict: rows.some(({ verdict }) => verdict === 'worse') ? 'worse' : 'same',
  text: '',
  base: { name: 'before', runs: Array.from({ length: 8 }, (_, index) => `run-${index}`) },
  candidate: { id: record.id, startedAt: record.startedAt, verdict: 'pass' },
  differences: [],
  rows,
})

const WAIVER: Waiver = {
  metric: 'group_duration',
  step: 'place order',
  limit: '+50%',
  raise: { by: 0.5, unit: 'share' },
  reason: 'migration',
  owner: 'team-shop',
  approvedBy: 'lead',
  ticket: 'SHOP-1',
  expires: '2026-11-26',
}

const decision = (
  more: Partial<RunRecord>,
  given: {
    compared?: Comparison
    waivers?: Waiver[]
    tolerances?: Tolerance[]
    policy?: Partial<GatePolicy>
    confirmedBy?: string
  } = {},
) =>
  decide({
    record: { ...record, ...more },
    comparison: given.compared,
    waivers: given.waivers ?? [],
    tolerances: given.tolerances ?? [],
    policy: { ...USUAL_POLICY, ...given.policy },
    now: NOW,
    confirmedBy: given.confirmedBy,
  })
const short = (...args: Parameters<typeof decision>) => {
  const { verdict, exitCode, reasons, notes } = decision(...args)
  return [verdict, exitCode, ...[...reasons, ...notes].map(({ code }) => code)]
}

const CROSSED = {
  metric: 'http_req_duration{journey:checkout,step:place order,phase:steady}',
  threshold: 'p(95)<500',
  result: 'fail',
  value: 550,
} as const
const FAILED: Partial<RunRecord> = {
  verdict: 'fail',
  thresholds: [CROSSED],
  reasons: [{ code: 'threshold-crossed', text: 'crossed', data: { metric: CROSSED.metric } }],
}

test('a row that is worse fails, with its figures', () => {
  const { text, verdict, exitCode } = decision({}, { compared: comparison(ROW, SAME) })
  expect([text, verdict, exitCode]).toEqual([
    'Fail: worse: p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %)',
    'fail',
    99,
  ])
})

test('a threshold that was crossed fails, also where nothing is worse', () => {
  expect(short(FAILED, { compared: comparison(SAME) })).toEqual(['fail', 99, 'slo-crossed'])
  const marked = { code: 'marked-as-failed', text: 'marked', data: {} }
  expect(short({ verdict: 'fail', reasons: [marked] }, { compared: comparison(SAME) })).toEqual([
    'fail',
    99,
    'run-failed',
  ])
})

test('the owner of an SLO is named with what fell, and beside what is worse at its place', () => {
  const owned = { ...FAILED, thresholds: [{ ...CROSSED, owner: 'team-orders' }] }
  const { reasons } = decision(owned, { compared: comparison({ ...ROW, metric: 'http_req_duration' }) })
  expect(reasons.map(({ text }) => text)).toEqual([
    'worse: p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %) [team-orders]',
    `${CROSSED.metric}: p(95)<500 was crossed (550) [team-orders]`,
  ])
})

test('of what is worse, a step is named before an own metric', () => {
  const { step: _, ...own } = { ...ROW, name: 'p95 of own_duration', metric: 'own_duration' }
  const { reasons } = decision({}, { compared: comparison(own, ROW) })
  expect(reasons.map(({ data }) => data.case)).toEqual(['p95 of place order', 'p95 of own_duration'])
})

test('rows of a phase that is not judged decide nothing', () => {
  expect(short({}, { compared: comparison({ ...ROW, judged: false }, SAME) })).toEqual([
    'pass',
    0,
    'gate-held',
  ])
})

test('an invalid run is invalid, whatever is worse', () => {
  const invalid: Partial<RunRecord> = {
    verdict: 'invalid',
    reasons: [{ code: 'iterations-dropped', text: 'dropped', data: {} }],
  }
  expect(short(invalid, { compared: comparison(ROW) })).toEqual(['invalid', 96, 'run-invalid'])
  expect(short(invalid, { compared: comparison(ROW), policy: { invalid: 'fail' } })[1]).toBe(99)
})

test('too few comparable runs are told, and fail only if it is asked for', () => {
  expect(short({})).toEqual(['pass', 0, 'gate-held', 'insufficient-baseline'])
  const unlike = { id: 'run-0', why: 'it differs in load' }
  const { notes } = decide({
    record,
    comparison: undefined,
    unlike,
    waivers: [],
    tolerances: [],
    policy: USUAL_POLICY,
    now: NOW,
  })
  expect(notes[0]?.text).toBe(
    'no comparable run to compare it with, and 5 are needed: only thresholds were judged (not comparable is run-0: it differs in load)',
  )
  const policy = { insufficientBaseline: 'inconclusive' } as const
  expect(short({}, { policy })).toEqual(['inconclusive', 95, 'insufficient-baseline'])
  expect(short({}, { policy: { insufficientBaseline: 'fail' } })).toEqual([
    'fail',
    99,
    'insufficient-baseline',
  ])
})

test('a borderline row is inconclusive, until a second run is in the figures', () => {
  const compared = comparison(open('one-of-many'), SAME)
  expect(short({}, { compared })).toEqual(['inconclusive', 95, 'borderline'])
  expect(short({}, { compared, policy: { inconclusive: 'pass' } })[1]).toBe(0)
  expect(short({}, { compared, confirmedBy: 'run-9' })).toEqual(['pass', 0, 'gate-held', 'not-confirmed'])
  const busy = comparison(open('machine-busy'), SAME)
  expect(short({}, { compared: busy, confirmedBy: 'run-9' })).toEqual(['inconclusive', 95, 'borderline'])
})

test('a comparison that cannot tell, or is with other conditions, is inconclusive', () => {
  const noisy = {
    ...comparison(open('too-noisy')),
    verdict: 'cannot tell',
    text: 'Cannot tell: noise',
  } as const
  expect(short({}, { compared: noisy })).toEqual(['inconclusive', 95, 'comparison-unclear'])
  const differences = [{ what: 'target', base: ['a'], candidate: 'b', decisive: true }]
  expect(short({}, { compared: { ...noisy, differences } })).toEqual([
    'inconclusive',
    95,
    'conditions-differ',
  ])
})

test('a baseline of other conditions is inconclusive, says what changed, and how to start a new one', () => {
  const load = { what: 'load', base: ['1a'], candidate: '2b', decisive: true }
  const rate = { what: 'load of buy', base: ['rate,10'], candidate: 'rate,20', decisive: false }
  const k6 = { what: 'minor version of k6', base: ['v2.1'], candidate: 'v2.2', decisive: true }
  const given = { waivers: [], tolerances: [], policy: USUAL_POLICY, now: NOW }
  const unlikeBase = { name: 'baseline shop', differences: [load, k6, rate], anew: 'loadwright baseline set' }
  const { text, exitCode } = decide({ record, comparison: undefined, unlikeBase, ...given })
  expect([text, exitCode]).toEqual([
    'Inconclusive: baseline shop is of other conditions: load of buy was rate,10, and is rate,20; minor version of k6 was v2.1, and is v2.2: nothing was compared. If that is so for good, start a new one: loadwright baseline set',
    95,
  ])
  expect(short({}, {})[0]).toBe('pass')
})

test('places that are not compared, because there are too many, are told', () => {
  const { verdict, notes } = decision({}, { compared: { ...comparison(SAME), cut: { checks: 1 } } })
  expect([verdict, notes.map(({ text }) => text)]).toEqual([
    'pass',
    ['1 place of checks is not compared: only the 100 with most samples are'],
  ])
})

test('a waiver raises a limit until its last day: of rows and of thresholds, and not further', () => {
  const compared = comparison(ROW, SAME)
  expect(short({}, { compared, waivers: [WAIVER] })).toEqual(['pass', 0, 'gate-held', 'waived'])
  const little: Waiver = { ...WAIVER, limit: '+20%', raise: { by: 0.2, unit: 'share' } }
  expect(short({}, { compared, waivers: [little] })).toEqual(['fail', 99, 'regression', 'waiver-exceeded'])
  const elsewhere: Waiver = { ...WAIVER, step: 'open home' }
  expect(short({}, { compared, waivers: [elsewhere] })).toEqual(['fail', 99, 'regression'])
  const slo: Waiver = { ...little, metric: 'http_req_duration' }
  expect(short(FAILED, { compared: comparison(SAME), waivers: [slo] })).toEqual([
    'pass',
    0,
    'gate-held',
    'waived',
  ])
  const over: Waiver = { ...slo, limit: '+5%', raise: { by: 0.05, unit: 'share' } }
  expect(short(FAILED, { compared: comparison(SAME), waivers: [over] })[0]).toBe('fail')
})

test('a journey does not share the waiver of its step, and says what it needs', () => {
  const { step: _, ...journey } = { ...ROW, name: 'p95 of the journey checkout', metric: 'journey_duration' }
  const median: Row = { ...journey, name: 'p50 of the journey checkout', quantity: 'p50' }
  const compared = comparison(ROW, journey, median)
  const { verdict, notes } = decision({}, { compared, waivers: [WAIVER] })
  expect(verdict).toBe('fail')
  expect(notes.map(({ text }) => text).slice(1)).toEqual([
    'not waived: the journey checkout, whose step place order is: the waiver (SHOP-1) is of the step alone. The journey needs one of its own: metric: journey_duration, journey: checkout',
  ])
  const both = [WAIVER, { ...WAIVER, metric: 'journey_duration', journey: 'checkout', step: undefined }]
  expect(short({}, { compared, waivers: both as Waiver[] })[0]).toBe('pass')
})

test('a waiver on a name that is nearly one of the run is told', () => {
  const journeys = [{ ...record.journeys[0], name: 'checkout', steps: [{ name: 'place order' }] }]
  const misspelt = { ...WAIVER, step: 'place ordr' }
  const more = { journeys } as unknown as RunRecord
  const { verdict, notes } = decision(more, { compared: comparison(ROW), waivers: [misspelt] })
  expect([verdict, notes.map(({ text }) => text)]).toEqual([
    'fail',
    [
      'a waiver (SHOP-1) is on the step "place ordr", which this run does not have: did you mean "place order"?',
    ],
  ])
})

test('what the config tolerates is no failure, and is told; beyond it, its owner is named', () => {
  const tolerance: Tolerance = {
    metric: 'group_duration',
    step: 'place order',
    limit: '+50%',
    owner: 'team-orders',
  }
  const compared = comparison(ROW, SAME)
  expect(short({}, { compared, tolerances: [tolerance] })).toEqual(['pass', 0, 'gate-held', 'tolerated'])
  const { environment } = record
  const strict: Tolerance = { ...tolerance, limit: '+10%', environment }
  const { verdict, text } = decision({}, { compared, tolerances: [tolerance, strict] })
  expect([verdict, text]).toEqual([
    'fail',
    'Fail: worse: p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %) [team-orders]',
  ])
  const elsewhere = { ...strict, environment: 'elsewhere' }
  expect(short({}, { compared, tolerances: [tolerance, elsewhere] })[0]).toBe('pass')
})

test('an expired waiver allows nothing, and is told', () => {
  const waivers = [{ ...WAIVER, expires: '2026-11-25' }]
  const { notes } = decision({}, { compared: comparison(ROW), waivers })
  expect(short({}, { compared: comparison(ROW), waivers })).toEqual([
    'fail',
    99,
    'regression',
    'waiver-expired',
  ])
  expect(notes[0]?.text).toBe(
    'the waiver on group_duration of place order (SHOP-1, team-shop) expired on 2026-11-25, and allows nothing any more',
  )
})

test('shares are waived in points, and the counts of failures guard a baseline without any', () => {
  const share: Row = {
    ...ROW,
    metric: 'http_req_failed',
    quantity: 'share',
    unit: 'share',
    base: 0,
    candidate: 0.008,
    change: 0.008,
  }
  const points: Waiver = {
    ...WAIVER,
    metric: 'http_req_failed',
    limit: '+1 points',
    raise: { by: 0.01, unit: 'points' },
  }
  expect(short({}, { compared: comparison(share), waivers: [points] })).toEqual([
    'pass',
    0,
    'gate-held',
    'waived',
  ])
  const few = { ...share, ...open('few-failures'), metric: 'http_req_failed' }
  expect(short({}, { compared: comparison(few) })).toEqual(['inconclusive', 95, 'borderline'])
})

test('an approved decision keeps its verdict, and exits with 0', () => {
  const made = approved(decision(FAILED), { reason: 'it must go out', by: 'lead' })
  expect([made.verdict, made.exitCode, made.approval?.by]).toEqual(['fail', 0, 'lead'])
})
