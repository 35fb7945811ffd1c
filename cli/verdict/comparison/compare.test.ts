import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf, type Histogram } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { compareRuns } from './compare.ts'

const AT = { journey: 'checkout', step: 'place order', phase: 'steady' } as const

/** 1,200 times from the half to twice so many milliseconds, evenly. */
const times = (ms: number, count = 1200): Measurement => ({
  ...AT,
  metric: 'group_duration',
  kind: 'values',
  unit: 's',
  values: histogramOf(
    Array.from({ length: count }, (_, at) => (ms / 1000) * (0.5 + 1.5 * ((at + 0.5) / count))),
  ),
})
const failed = (part: number, of = 2000): Measurement => ({
  ...AT,
  metric: 'http_req_failed',
  kind: 'share',
  part,
  of,
})

const run = (measurements: readonly Measurement[], more: Partial<MeasuredRun> = {}): MeasuredRun =>
  madeUpRun(measurements, more)
/** Five runs around 200 ms, with two failures each. */
const base = [200, 202, 199, 201, 198].map((ms) => run([times(ms), failed(2)]))

const told = (candidate: MeasuredRun, of = base) =>
  Object.fromEntries(
    compareRuns(of, candidate, 'before').rows.map(({ quantity, verdict, reason }) => [
      quantity,
      `${verdict}: ${reason.code}`,
    ]),
  )

test('what is slower is worse, by name, and first', () => {
  const { verdict, text, rows } = compareRuns(base, run([times(240), failed(2)]), 'before')
  expect(verdict).toBe('worse')
  expect(text).toBe('Worse: p95 of place order +21 % (385 → 465 ms), and 2 more rows')
  expect(rows.map(({ quantity, verdict }) => `${quantity} ${verdict}`)).toEqual([
    'p95 worse',
    'p50 worse',
    'p99 worse',
    'share same',
  ])
  expect(rows[0]).toMatchObject({ name: 'p95 of place order', runs: 5, samples: 1200, isCounted: true })
})

test('what is faster is better, and what is nearly so the same', () => {
  expect(compareRuns(base, run([times(160), failed(2)]), 'before').verdict).toBe('better')
  const { verdict, text } = compareRuns(base, run([times(205), failed(3)]), 'before')
  expect(verdict).toBe('same')
  expect(text).toMatch(
    /^Same: no change beyond noise in 4 rows; in most p95 a change of [\d.]+ % would be found$/,
  )
})

test('one run tells nothing of noise: figures stand beside each other', () => {
  const { verdict, text, rows } = compareRuns(base.slice(0, 1), run([times(240), failed(2)]), 'one')
  expect(verdict).toBe('cannot tell')
  expect(text).toMatch(
    /^Cannot tell: 1 comparable run does not tell how large noise is: 5 are needed\. The largest change: p\d+ of place order \+2[01] %/,
  )
  expect(rows.every(({ noise, verdict }) => noise === undefined && verdict === 'cannot tell')).toBe(true)
  expect(rows[0]?.reason).toMatchObject({ code: 'insufficient-baseline', data: { runs: 1, needed: 5 } })
})

test('shares: one percentage point more is worse; a few failures after none are nothing', () => {
  expect(told(run([times(200), failed(40)])).share).toBe('worse: worse')
  const clean = base.map(({ measurements: [one] }) => run([one!, failed(0)]))
  expect(told(run([times(200), failed(4, 500)]), clean).share).toBe('cannot tell: few-failures')
  expect(told(run([times(200), failed(30)]), clean).share).toBe('worse: worse')
  expect(told(run([times(200), failed(0)]), clean).share).toBe('same: within-limits')
  expect(told(run([times(200), failed(0, 40)]), clean).share).toBe('cannot tell: too-noisy')
})

test('checks: one that held and fails now is worse, by its name; one that never failed is no row', () => {
  const check = (name: string, part: number): Measurement => ({
    ...failed(part, 1000),
    metric: 'checks_failed',
    check: name,
  })
  const before = base.map(({ measurements }) =>
    run([...measurements, check('is up', 0), check('is complete', 0)]),
  )
  const now = run([times(200), failed(2), check('is up', 0), check('is complete', 30)])
  const { text, rows } = compareRuns(before, now, 'before')
  expect(text).toBe('Worse: failed checks “is complete” of place order +3 points (0 → 3 %)')
  expect(rows.filter((row) => row.check !== undefined)).toHaveLength(1)
})

test('few samples, and what only one side has, cannot be told', () => {
  expect(told(run([times(240, 100), failed(2)]))).toMatchObject({
    p50: 'worse: worse',
    p95: 'cannot tell: fewer-samples',
    p99: 'cannot tell: few-samples',
  })
  expect(told(run([failed(2)])).p95).toBe('cannot tell: only-in-baseline')
  const other = { ...times(200), step: 'pay' }
  const rows = compareRuns(base, run([times(200), other, failed(2)]), 'before').rows
  expect(rows.find(({ step, quantity }) => step === 'pay' && quantity === 'p95')?.reason.code).toBe(
    'only-in-candidate',
  )
})

test('of noise nothing is made: neither worse, nor the same', () => {
  const noisy = [200, 260, 150, 230, 170].map((ms) => run([times(ms), failed(2)]))
  expect(told(run([times(240), failed(2)]), noisy).p95).toBe('cannot tell: too-noisy')
})

test('what is not comparable, or measured nothing, gets no verdict, and what differs is told', () => {
  const other = run([times(240)], {
    conditions: { ...base[0]!.conditions, profile: 'stress' },
    about: { version: '2.5.0' },
  })
  const { differences, rows } = compareRuns(base, other, 'before')
  expect(differences).toEqual([
    { what: 'profile', base: ['load'], candidate: 'stress', decisive: true },
    { what: 'version', base: [''], candidate: '2.5.0', decisive: false },
  ])
  expect(rows[0]?.reason.text).toBe('the runs are not comparable: they differ in profile')
  expect(told(run([times(240)], { verdict: 'invalid' })).p95).toBe('cannot tell: candidate-invalid')
})

test('a machine that was busier than before explains what is slower', () => {
  const quiet = base.map((one) => ({ ...one, full: 0.05 }))
  expect(told(run([times(240), failed(2)], { full: 0.6 }), quiet).p95).toBe('cannot tell: machine-busy')
  expect(told(run([times(160), failed(2)], { full: 0.6 }), quiet).p95).toBe('better: better')
  expect(told(run([times(700), failed(2)], { full: 0.6 }), quiet).p50).toBe('worse: worse')
  const full = base.map((one) => ({ ...one, full: 0.9 }))
  expect(told(run([times(240), failed(2)], { full: 0.9 }), full).p95).toBe('cannot tell: machine-busy')
  expect(told(run([times(240), failed(2)], { full: 0.4 }), full).p95).toBe('worse: worse')
  // A median that is three times as long, and what fails, no busy machine makes alone.
  expect(told(run([times(700), failed(40)], { full: 0.9 }), full)).toMatchObject({
    p50: 'worse: worse',
    p95: 'cannot tell: machine-busy',
    share: 'worse: worse',
  })
})

test('many more failures are no matter of the machine, which they fill; of an unknown machine nothing is explained', () => {
  const quiet: MeasuredRun[] = base.map((one) => ({ ...one, full: 0.05 }))
  const spread = (part: number): Measurement =>
    ({ ...failed(part), dispersion: 1, within: 60 }) as Measurement
  const told = (candidate: MeasuredRun, of = quiet) =>
    compareRuns(of, candidate, 'before').rows.map(({ quantity, reason }) => `${quantity} ${reason.code}`)
  expect(told(run([times(200), spread(200)], { full: 0.6 }))).toContain('share worse')
  expect(told(run([times(200), spread(60)], { full: 0.6 }))).toContain('share machine-busy')
  // A baseline of an older version, and one that was not watched.
  expect(told(run([times(240), failed(2)], { full: 0.3 }), base)).toContain('p95 worse')
  const { rows } = compareRuns(base, run([times(240), failed(2)], { full: 0.6 }), 'before')
  expect(rows[0]?.reason.text).toMatch(
    /had no CPU left for 60 % of the time, before for an unknown part\. If the candidate itself used it, loadwright ab tells$/,
  )
})

test('what all steps of a run have in common is the machine’s: beside the others one step is found', () => {
  const steps = ['open home', 'view product', 'add to cart', 'view cart']
  /** Runs of which each is as a whole faster or slower. */
  const shop = (factor: number, order = 1): MeasuredRun =>
    run([times(200 * factor * order), ...steps.map((step) => ({ ...times(200 * factor), step }))])
  const noisy = [1, 1.06, 0.95, 1.04, 0.96, 1.05].map((factor) => shop(factor))
  const worse = (candidate: MeasuredRun): (string | undefined)[] => [
    ...new Set(
      compareRuns(noisy, candidate, 'before')
        .rows.filter(({ verdict }) => verdict === 'worse')
        .map(({ step }) => step),
    ),
  ]
  expect(worse(shop(0.98, 1.15))).toEqual(['place order'])
  expect(worse(shop(1.05))).toEqual([])
  expect(worse(shop(1.4)).sort()).toEqual([...steps, 'place order'].sort())
  // Two others do not tell what they have in common.
  const two = (one: MeasuredRun): MeasuredRun => ({ ...one, measurements: one.measurements.slice(0, 3) })
  expect(compareRuns(noisy.map(two), two(shop(0.98, 1.15)), 'before').verdict).toBe('same')
})

test('of rows that are worse, steps come before own metrics that have their time', () => {
  const own = (ms: number): Measurement => ({
    phase: 'steady',
    metric: 'shop_order',
    kind: 'values',
    unit: 's',
    values: (times(ms) as { values: Histogram }).values,
  })
  const before = base.map((one) => run([...one.measurements, own(200)]))
  const { rows } = compareRuns(before, run([times(240), failed(2), own(260)]), 'before')
  expect(rows.slice(0, 6).map(({ metric }) => metric)).toEqual(
    ['group_duration', 'shop_order'].flatMap((metric) => Array<string>(3).fill(metric)),
  )
})

test('other phases are told and decide nothing; a metric whose better way is unknown is no verdict', () => {
  const warm = (ms: number): Measurement => ({ ...times(ms), phase: 'warm-up' })
  const own = (value: number): Measurement => ({
    phase: 'steady',
    metric: 'shop_basket',
    kind: 'values',
    unit: '',
    values: histogramOf(Array<number>(1200).fill(value)),
  })
  const before = base.map(({ measurements }) => run([...measurements, warm(200), own(20)]))
  const { verdict, rows } = compareRuns(before, run([times(200), failed(2), warm(400), own(40)]), 'before')
  expect(verdict).toBe('same')
  expect(rows.filter(({ judged }) => !judged).map(({ name }) => name)).toContain(
    'p95 of place order in warm-up',
  )
  expect(rows.find(({ metric }) => metric === 'shop_basket')?.reason.code).toBe('no-direction')
})

test('rows of sockets and of GraphQL say what they are of, and less is better', () => {
  const place = { journey: 'talk', phase: 'steady' }
  const measurements = (ms: number, part: number): Measurement[] => [
    {
      ...place,
      request: 'chat',
      metric: 'ws_connecting',
      kind: 'values',
      unit: 's',
      values: histogramOf(Array.from({ length: 200 }, (_, at) => (ms / 1000) * (0.9 + at / 1000))),
    },
    { ...place, step: 'ask', metric: 'graphql_operation_failed', kind: 'share', part, of: 1000 },
  ]
  const before = [100, 101, 99, 100, 100].map((ms) => run(measurements(ms, 2)))
  const { rows } = compareRuns(before, run(measurements(200, 90)), 'before')
  expect(rows.map(({ name, verdict }) => `${name}: ${verdict}`).sort()).toEqual([
    'failed GraphQL operations of ask: worse',
    'p50 of connecting of chat in talk: worse',
    'p95 of connecting of chat in talk: worse',
    // Of 200 samples nobody knows it.
    'p99 of connecting of chat in talk: cannot tell',
  ])
})

test('a Web Vital is compared by page, at its median and its 75th percentile, and less is better', () => {
  const visits = (score: number): Measurement => ({
    journey: 'buy',
    request: 'home',
    phase: 'steady',
    metric: 'browser_web_vital_cls',
    kind: 'values',
    unit: '',
    values: histogramOf(Array.from({ length: 200 }, (_, at) => score * (0.9 + at / 1000))),
  })
  const before = [0.1, 0.101, 0.099, 0.1, 0.1].map((score) => run([visits(score)]))
  const { rows, verdict } = compareRuns(before, run([visits(0.2)]), 'before')
  expect(verdict).toBe('worse')
  expect(rows.map(({ name }) => name).sort()).toEqual([
    'p50 of CLS of home in buy',
    'p75 of CLS of home in buy',
  ])
})
