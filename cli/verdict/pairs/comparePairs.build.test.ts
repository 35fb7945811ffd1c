import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { Measurement, Verdict } from '../../record/index.ts'
import { comparePairs } from './comparePairs.ts'
import { chanceOfFailedRuns, failedRuns } from './failedRuns.ts'
import type { MeasuredPair } from './pairedFigure.ts'

const AT = { journey: 'checkout', step: 'place order', phase: 'steady' } as const
const LEVEL = 0.04

/** So many times from the half to twice so many milliseconds, evenly. */
const times = (ms: number, count = 400, place: object = AT): Measurement => ({
  ...AT,
  ...place,
  ...({ metric: 'group_duration', kind: 'values', unit: 's' } as const),
  values: histogramOf(
    Array.from({ length: count }, (_, at) => (ms / 1000) * (0.5 + 1.5 * ((at + 0.5) / count))),
  ),
})
const failed = (part: number, of = 500): Measurement => ({
  ...AT,
  metric: 'http_req_failed',
  kind: 'share',
  part,
  of,
})

/** The level of the machine in each pair: it halves and doubles, which both runs of a pair share. */
const LEVELS = [200, 400, 210, 300, 150, 220, 380, 260]
/** What is left of noise within a pair. */
const LEFT = [1.01, 0.99, 1.02, 1, 0.985, 1.01, 0.995, 1]

const pairs = (
  slower: number,
  {
    count = 8,
    failures = 1,
    samples = 400,
    verdict = 'pass',
  }: { count?: number; failures?: number; samples?: number; verdict?: Verdict } = {},
): MeasuredPair[] =>
  LEVELS.slice(0, count).map((level, at) => ({
    base: madeUpRun([times(level, samples), failed(1)]),
    candidate: madeUpRun([times(level * LEFT[at]! * slower, samples), failed(failures)], { verdict }),
  }))

const told = (of: readonly MeasuredPair[], level = LEVEL) =>
  Object.fromEntries(
    comparePairs(of, level).rows.map(({ quantity, verdict, reason }) => [
      quantity,
      `${verdict}: ${reason.code}`,
    ]),
  )

test('what is slower in every pair is worse, however the machine changes from pair to pair', () => {
  const { verdict, text, isEnough, rows } = comparePairs(pairs(1.15), LEVEL)
  expect(verdict).toBe('worse')
  expect(isEnough).toBe(true)
  expect(text).toMatch(/^Worse: p\d+ of place order \+15 % \(\d+ → \d+ ms\), and 2 more rows$/)
  expect(rows[0]).toMatchObject({ runs: 8, isCounted: true, judged: true, reason: { code: 'worse' } })
  expect(rows[0]!.reason.text).toMatch(/^\+15 %, in 95 of 100 cases \+1\d(\.\d)? % to \+1\d(\.\d)? %$/)
})

test('what is faster is better, and what is nearly so the same; both need no further pair', () => {
  expect(comparePairs(pairs(0.85), LEVEL)).toMatchObject({ verdict: 'better', isEnough: true })
  const same = comparePairs(pairs(1), LEVEL)
  expect(same).toMatchObject({ verdict: 'same', isEnough: true })
  expect(same.text).toMatch(
    /^Same: no change beyond noise in 4 rows; in most p95 a change of [\d.]+ % would be found$/,
  )
})

test('before it may look, a test calls nothing worse', () => {
  expect(comparePairs(pairs(1.15), 0).verdict).not.toBe('worse')
})

test('fewer than four pairs tell nothing, nor does one alone, nor none', () => {
  expect(told(pairs(1.5, { count: 3 })).p95).toBe('cannot tell: few-pairs')
  expect(told(pairs(1.5, { count: 1 })).p95).toBe('cannot tell: few-pairs')
  expect(comparePairs([], LEVEL)).toMatchObject({ verdict: 'cannot tell', rows: [], isEnough: false })
})

test('a p99 of few samples cannot be told, a p95 can of all pairs together', () => {
  expect(told(pairs(1.15, { samples: 60 }))).toMatchObject({
    p50: 'worse: worse',
    p95: 'worse: worse',
    p99: 'cannot tell: few-samples',
  })
})

test('failures are compared in points, over all pairs', () => {
  expect(told(pairs(1, { failures: 12 })).share).toBe('worse: worse')
  expect(told(pairs(1, { failures: 2 })).share).toBe('same: within-limits')
})

test('a candidate whose runs fail is worse, though its figures are the same', () => {
  const { verdict, text } = comparePairs(pairs(1, { verdict: 'fail' }), LEVEL)
  expect(verdict).toBe('worse')
  expect(text).toBe('Worse: runs that failed +100 points (0 → 100 %)')
})

test('four of four runs that fail, and none of the base, are worse; two of them leave it open or the same', () => {
  const four = pairs(1, { count: 4, verdict: 'fail' })
  expect(comparePairs(four, LEVEL).text).toBe('Worse: runs that failed +100 points (0 → 100 %)')
  const two = [...four.slice(0, 2), ...pairs(1, { count: 4 }).slice(2)]
  expect(comparePairs(two, LEVEL).verdict).not.toBe('worse')
})

test('a target that died is a failed run of its side, and nothing else of its pair is compared', () => {
  const died = ['candidate', 'candidate', 'candidate', 'candidate'] as const
  expect(comparePairs([], LEVEL, 4, died).text).toBe('Worse: runs that failed +100 points (0 → 100 %)')
  const base = comparePairs(
    [],
    LEVEL,
    4,
    died.map(() => 'base'),
  )
  expect([base.verdict, base.text, base.isEnough]).toEqual([
    'cannot tell',
    'Cannot tell: 0 pairs with figures of both sides, and 4 are needed',
    false,
  ])
  const once = comparePairs(pairs(1, { count: 4 }), LEVEL, 8, ['candidate'])
  expect(once.isEnough).toBe(false)
  expect(once.rows.find(({ name }) => name === 'runs that failed')).toMatchObject({ runs: 5 })
})

test('the chance of failed runs is that of a coin', () => {
  const of = (fails: number, runs: number) =>
    chanceOfFailedRuns(
      failedRuns(
        Array.from({ length: runs }, (_, at) => ({
          base: madeUpRun([]),
          candidate: madeUpRun([], { verdict: at < fails ? 'fail' : 'pass' }),
        })),
        [],
      )!,
    )
  expect(of(4, 4)).toBeCloseTo(2 * 0.5 ** 8, 12)
  expect(of(5, 8)).toBeCloseTo((2 * (560 + 120 + 16 + 1)) / 2 ** 16, 12)
})

test('noise leaves the answer open, and says between what the change lies', () => {
  const noisy = pairs(1).map(({ base }, at) => ({
    base,
    candidate: madeUpRun([times(LEVELS[at]! * [0.6, 1.7, 0.8, 1.5, 0.7, 1.6, 0.5, 1.4][at]!), failed(1)]),
  }))
  const { verdict, text, isEnough } = comparePairs(noisy, LEVEL)
  expect({ verdict, isEnough }).toEqual({ verdict: 'cannot tell', isEnough: false })
  expect(text).toMatch(
    /^Cannot tell: p95 of place order: the change lies between −\d+ % and \+\d+ %: noise is too large/,
  )
})

test('what the candidate alone has is told, and decides nothing; what every run of the base has leaves the answer open', () => {
  const more = pairs(1).map(({ base, candidate }) => ({
    base: madeUpRun([...base.measurements, times(100, 400, { step: 'old' })]),
    candidate: madeUpRun([...candidate.measurements, times(100, 400, { step: 'new' })]),
  }))
  const { verdict, text, rows: all } = comparePairs(more, LEVEL)
  const rows = all.filter(({ quantity }) => quantity === 'p95')
  expect(Object.fromEntries(rows.map(({ step, reason }) => [step, reason.code]))).toEqual({
    'place order': 'within-limits',
    old: 'only-in-base',
    new: 'only-in-candidate',
  })
  expect(verdict).toBe('cannot tell')
  expect(text).toBe(
    'Cannot tell: p50 of old: 8 of 8 runs of the candidate did not measure it, and each of the base did',
  )
  // One that is seldom is missing by accident.
  const seldom = pairs(1).map(({ base, candidate }) => ({
    base: madeUpRun([...base.measurements, times(100, 3, { step: 'seldom' })]),
    candidate,
  }))
  expect(comparePairs(seldom, LEVEL).verdict).toBe('same')
})

test('a layout shift that was 0 and is poor is worse, by its difference; the least one is none', () => {
  const shifted = (to: number) =>
    pairs(1).map(({ base, candidate }, at) => ({
      base: madeUpRun([...base.measurements, cls(at === 3 ? 0.01 : 0)]),
      candidate: madeUpRun([...candidate.measurements, cls(to)]),
    }))
  const row = (to: number) =>
    comparePairs(shifted(to), LEVEL).rows.find(({ metric }) => metric.endsWith('cls'))!
  expect(row(0.2)).toMatchObject({ verdict: 'worse' })
  expect(row(0.2).change).toBeCloseTo(0.2, 1)
  expect(row(0)).toMatchObject({ verdict: 'same' })
  expect(row(0.005)).toMatchObject({ verdict: 'same' })
})

test('a place that was not kept of one side is not compared, and how many there were is told', () => {
  const cut = (more: object) =>
    comparePairs(
      pairs(1).map(({ base, candidate }) => ({
        base: madeUpRun([...base.measurements, times(100, 400, { step: 'look' })]),
        candidate: { ...candidate, ...more },
      })),
      LEVEL,
    )
  const of = cut({ cut: { group_duration: 7 } })
  expect(of).toMatchObject({ verdict: 'same', cut: { group_duration: 7 } })
  expect(of.rows.filter(({ step }) => step === 'look')).toEqual([])
  expect(cut({})).toMatchObject({ verdict: 'cannot tell', cut: {} })
})

test('a warm-up is shown, and decides nothing; neither does a metric of no known scale that is 0', () => {
  const slow = pairs(1).map(({ base, candidate }) => ({
    base: madeUpRun([...base.measurements, times(100, 400, { phase: 'warm-up' }), cls(0, 'queue')]),
    candidate: madeUpRun([
      ...candidate.measurements,
      times(300, 400, { phase: 'warm-up' }),
      cls(0.2, 'queue'),
    ]),
  }))
  const { verdict, rows } = comparePairs(slow, LEVEL)
  expect(verdict).toBe('same')
  expect(rows.find(({ phase }) => phase === 'warm-up')!.reason.code).toBe('not-judged')
  expect(rows.find(({ metric }) => metric === 'queue')!.reason.code).toBe('no-ratio')
})

const cls = (value: number, metric = 'browser_web_vital_cls'): Measurement => ({
  phase: 'steady',
  scenario: 'browser',
  metric,
  kind: 'values',
  unit: '',
  values: histogramOf(Array.from({ length: 1000 }, () => value)),
})
