import { expect, test } from 'vitest'
import { decideRollout } from './decide.ts'
import { judgeMetric } from './judge.ts'
import type { Look, RolloutMetric } from './metric.ts'
import type { RolloutFacts } from './rules.ts'

const ERRORS: RolloutMetric = {
  name: 'error rate',
  unit: 'share',
  better: 'lower',
  tolerance: { by: 0.01, unit: 'points' },
  floor: 0,
  limit: { operator: '<', bound: 0.02 },
  fresh: 1,
  isMain: true,
}
const P95: RolloutMetric = {
  name: 'p95',
  unit: 's',
  better: 'lower',
  tolerance: { by: 0.1, unit: 'share' },
  floor: 0,
  fresh: 1,
  isMain: true,
}
const PLANNED = 10
const NOW = new Date('2026-11-26T09:30:00Z')

/** Looks at a stable version around a value, and at a canary by a factor of it: a little noise, the same each time. */
const looksAt = (stable: number, factor: number, count = PLANNED): Look[] =>
  Array.from({ length: count }, (_, index) => ({
    stable: stable * (1 + 0.011 * Math.sin(index * 5)),
    canary: stable * factor * (1 + 0.013 * Math.cos(index * 3)),
  }))

function decide(errors: readonly Look[], times: readonly Look[], more: Partial<RolloutFacts> = {}) {
  const size = { looks: PLANNED, metrics: 2 }
  return decideRollout(
    {
      canary: 'v2',
      stable: 'v1',
      planned: PLANNED,
      isInterrupted: false,
      looks: times.length,
      rows: [judgeMetric(ERRORS, errors, size), judgeMetric(P95, times, size)],
      unanswered: { inARow: 0, why: '' },
      unmeasured: undefined,
      down: undefined,
      isTrafficKnown: true,
      ...more,
    },
    NOW,
  )
}
const told = (...given: Parameters<typeof decide>) => {
  const made = decide(...given)
  return made && [made.decision, made.exitCode, ...made.reasons.map(({ code }) => code)]
}

const GOOD = looksAt(0.002, 1)
const SAME = looksAt(0.4, 1)

test('a canary like the stable version is promoted, at the end and not before', () => {
  expect(decide(GOOD, SAME)).toMatchObject({
    decision: 'promote',
    exitCode: 0,
    text: 'Promote: not worse by more than is tolerated: error rate, p95',
    notes: [],
  })
  expect(told(GOOD.slice(0, 9), SAME.slice(0, 9))).toBeUndefined()
})

test('a slower one is rolled back as soon as it is known, with its figures', () => {
  const made = decide(GOOD.slice(0, 4), looksAt(0.4, 1.3, 4))
  expect(made).toMatchObject({ decision: 'roll back', exitCode: 99 })
  expect(made?.text).toBe('Roll back: worse: p95 399 ms → 520 ms (+30 %), and +10 % is tolerated')
  expect(told(GOOD.slice(0, 1), looksAt(0.4, 5, 1))).toBeUndefined()
})

test('more errors, within the limit or beyond it', () => {
  expect(told(looksAt(0.002, 8, 5), looksAt(0.4, 1, 5))).toEqual(['roll back', 99, 'canary-worse'])
  expect(told(looksAt(0.002, 200, 2), looksAt(0.4, 1, 2))).toEqual(['roll back', 99, 'limit-crossed'])
})

test('a limit that is crossed now and then holds it up; crossed by both, too', () => {
  const spike = GOOD.map((look, index) => (index % 3 === 0 ? { ...look, canary: 0.025 } : look))
  expect(told(spike, SAME)).toEqual(['hold', 95, 'limit-unsettled'])
  expect(
    told(
      GOOD.map(() => ({ stable: 0.5, canary: 0.5 })),
      SAME,
    ),
  ).toEqual(['hold', 95, 'stale'])
  expect(told(looksAt(0.5, 1), SAME)).toEqual(['hold', 95, 'limit-crossed-by-both'])
})

test('no data, few data, stale data: never promoted', () => {
  const none = ({ stable = 0 }: Look): Look => ({ stable, why: 'no series of v2' })
  const noStable = ({ canary }: Look): Look => ({ why: 'no series of v1', ...(canary ? { canary } : {}) })
  expect(told(GOOD.map(none), SAME.map(none))).toEqual(['hold', 95, 'canary-no-data', 'canary-no-data'])
  expect(told(GOOD, SAME.map(noStable))).toEqual(['hold', 95, 'stable-no-data'])
  const gaps = SAME.map((look, index) => (index === 4 ? { why: 'the server answers 503' } : look))
  expect(decide(GOOD, gaps)).toMatchObject({
    decision: 'promote',
    notes: [{ code: 'looks-missing', text: 'p95: 1 of 10 looks gave no figure: the server answers 503' }],
  })
  const stuck = SAME.map((look) => ({ ...look, canary: 0.41 }))
  expect(told(GOOD, stuck)).toEqual(['hold', 95, 'stale'])
})

test('figures of 0 alone say nothing, unless somebody asked for traffic', () => {
  const zero = GOOD.map(() => ({ stable: 0, canary: 0 }))
  expect(told(zero, zero, { isTrafficKnown: false })).toEqual(['hold', 95, 'no-traffic'])
  expect(told(zero, zero)).toEqual(['promote', 0, 'canary-held'])
  expect(decide(zero, SAME, { isTrafficKnown: false })).toMatchObject({
    decision: 'promote',
    notes: [{ code: 'traffic-unknown' }],
  })
})

test('too much noise to tell is a hold that says how much worse it may be', () => {
  const noisy = SAME.map((look, index) => ({ ...look, canary: 0.4 * (1 + 0.5 * Math.sin(index * 2)) }))
  const made = decide(GOOD, noisy)
  expect(made?.decision).toBe('hold')
  expect(made?.reasons[0]).toMatchObject({ code: 'too-noisy' })
  expect(made?.text).toMatch(/^Hold: cannot tell: p95 .*; it may be \+\d+ % worse, and \+10 % is tolerated$/)
})

test('looks that overlap are too few', () => {
  const size = { looks: PLANNED, metrics: 1 }
  expect(judgeMetric({ ...P95, fresh: 0.2 }, SAME, size).finding).toBe('few-looks')
})

test('nobody answers, interrupted, nothing measured, down', () => {
  const few = [GOOD.slice(0, 4), SAME.slice(0, 4)] as const
  const why = 'does not answer (ECONNREFUSED)'
  expect(decide(...few, { unanswered: { inARow: 4, why } })).toMatchObject({
    exitCode: 95,
    text: `Hold: no answer in 4 looks in a row: ${why}`,
  })
  expect(told(...few, { unanswered: { inARow: 3, why } })).toBeUndefined()
  expect(told(...few, { isInterrupted: true })).toEqual(['hold', 105, 'watch-interrupted'])
  expect(told(...few, { unmeasured: 'dropped iterations' })).toEqual(['hold', 96, 'nothing-measured'])
  expect(told(...few, { down: 'no answer' })).toEqual(['roll back', 99, 'canary-down'])
  expect(told([], [], { rows: [], looks: PLANNED })).toEqual(['hold', 95, 'nothing-asked'])
})

test('rows that are not main roll back, but hold nothing up', () => {
  const size = { looks: PLANNED, metrics: 2 }
  const side = { ...P95, name: 'p95 of pay', isMain: false }
  const noisy = SAME.map((look, index) => ({ ...look, canary: 0.4 * (1 + 0.5 * Math.sin(index * 2)) }))
  const main = judgeMetric(P95, SAME, size)
  expect(told([], SAME, { rows: [main, judgeMetric(side, noisy, size)] })?.[0]).toBe('promote')
  expect(told([], SAME, { rows: [main, judgeMetric(side, looksAt(0.4, 1.4), size)] })?.[0]).toBe('roll back')
})
