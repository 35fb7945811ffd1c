import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Measurement } from '../../record/index.ts'
import type { Block, RolloutFacts } from '../../verdict/index.ts'
import { watchLoad, type LoadWatch, type Made, type Side } from './watchLoad.ts'

/** What a version does in a run: milliseconds of its journey, and failures of 300. */
interface Does {
  readonly ms: number
  readonly failed?: number
  readonly p95?: number
}

const PLACE = { journey: 'checkout', phase: 'steady' } as const

/** A run of a version, whose times differ a little from run to run. */
function blockOf({ ms, failed = 0, p95 = 100 }: Does, number: number): Block {
  const level = ms * (1 + 0.01 * Math.sin(number * 7))
  const times = Array.from({ length: 300 }, (_, at) => (level * (0.8 + at / 750)) / 1000)
  const measurements: Measurement[] = [
    { ...PLACE, metric: 'journey_duration', kind: 'values', unit: 's', values: histogramOf(times) },
    {
      ...PLACE,
      step: 'pay',
      metric: 'group_duration',
      kind: 'values',
      unit: 's',
      values: histogramOf(times),
    },
    { ...PLACE, metric: 'journey_failed', kind: 'share', part: failed, of: 300 },
  ]
  const threshold: ThresholdResult = {
    metric: 'http_req_duration{phase:steady}',
    threshold: 'p(95)<200',
    result: p95 < 200 ? 'pass' : 'fail',
    value: p95,
  }
  return { measured: madeUpRun(measurements), thresholds: [threshold] }
}

const fine = (block: Block): Made => ({ block, isDown: false, isInterrupted: false })

function watchOf(make: (side: Side, number: number) => Does | Partial<Made>, more: Partial<LoadWatch> = {}) {
  const made: Side[] = []
  const told: RolloutFacts[] = []
  const watch: LoadWatch = {
    versions: { canary: 'http://canary', stable: 'http://stable' },
    tolerances: { times: { by: 0.1, unit: 'share' }, failures: { by: 0.005, unit: 'points' }, planned: 6 },
    signal: new AbortController().signal,
    tell: (facts) => told.push(facts),
    make: (side) => {
      made.push(side)
      const does = make(side, made.length)
      const one =
        'ms' in does ? fine(blockOf(does, made.length)) : { isDown: false, isInterrupted: false, ...does }
      return Promise.resolve(one)
    },
    ...more,
  }
  return { watch, made, told }
}

test('the same version is promoted, after pairs in turn and one that warms up', async () => {
  const { watch, made, told } = watchOf(() => ({ ms: 100 }))
  expect(await watchLoad(watch)).toMatchObject({
    decision: 'promote',
    looks: 6,
    reasons: [
      {
        code: 'canary-held',
        data: {
          metrics: [
            'failures of the journey checkout',
            'p95 of the journey checkout',
            'http_req_duration{phase:steady}: p(95)<200',
          ],
        },
      },
    ],
  })
  expect(made.slice(0, 6)).toEqual(['stable', 'canary', 'canary', 'stable', 'stable', 'canary'])
  expect(made).toHaveLength(14)
  expect(told).toHaveLength(6)
})

test('what only the first pair has decides nothing', async () => {
  const { watch } = watchOf((side, number) => ({ ms: number < 3 && side === 'canary' ? 900 : 100 }))
  expect((await watchLoad(watch)).decision).toBe('promote')
})

test('a slower canary is rolled back before the end, by its step', async () => {
  const { watch } = watchOf((side) => ({ ms: side === 'canary' ? 130 : 100 }))
  const { decision, looks, reasons } = await watchLoad(watch)
  expect(decision).toBe('roll back')
  expect(looks).toBeLessThan(6)
  expect(reasons.map(({ data }) => data.metric)).toContain('p95 of pay')
})

test('a canary that is slower by less than is tolerated is not', async () => {
  const { watch } = watchOf((side) => ({ ms: side === 'canary' ? 105 : 100 }))
  expect((await watchLoad(watch)).decision).toBe('promote')
})

test('many failures roll back after two pairs', async () => {
  const { watch } = watchOf((side) => ({ ms: 100, failed: side === 'canary' ? 30 : 1 }))
  expect(await watchLoad(watch)).toMatchObject({
    decision: 'roll back',
    looks: 2,
    text: expect.stringContaining('failures of the journey checkout 0.33 % → 10 % (+9.7 points)') as string,
  })
})

test('a threshold that the canary alone crosses, again and again', async () => {
  const { watch } = watchOf((side) => ({ ms: 100, p95: side === 'canary' ? 250 : 100 }))
  expect(await watchLoad(watch)).toMatchObject({ looks: 3, reasons: [{ code: 'limit-crossed' }] })
  const both = watchOf(() => ({ ms: 100, p95: 250 }))
  expect(await watchLoad(both.watch)).toMatchObject({
    decision: 'hold',
    reasons: [{ code: 'limit-crossed-by-both' }],
  })
})

test('a canary that does not work is rolled back, if the stable version does', async () => {
  const down = { why: 'the target does not answer', isDown: true }
  const { watch } = watchOf((side) => (side === 'canary' ? down : { ms: 100 }))
  expect(await watchLoad(watch)).toMatchObject({
    decision: 'roll back',
    looks: 1,
    text: 'Roll back: the canary does not work: the target does not answer',
  })
  const once = watchOf((side, number) => (side === 'canary' && number < 8 ? down : { ms: 100 }))
  expect((await watchLoad(once.watch)).exitCode).toBe(99)
  const all = watchOf(() => down)
  expect(await watchLoad(all.watch)).toMatchObject({
    decision: 'hold',
    exitCode: 96,
    looks: 3,
    text: 'Hold: nothing was measured: canary: the target does not answer; stable: the target does not answer',
  })
})

test('runs that measure nothing are a hold, never a promotion', async () => {
  const { watch } = watchOf((_, number) =>
    number % 4 === 0 ? { why: '5 % of iterations were dropped' } : { ms: 100 },
  )
  expect(await watchLoad(watch)).toMatchObject({ exitCode: 96, reasons: [{ code: 'nothing-measured' }] })
})

test('Ctrl-C in a run decides nothing', async () => {
  const { watch, made } = watchOf((_, number) => (number === 5 ? { isInterrupted: true } : { ms: 100 }))
  expect(await watchLoad(watch)).toMatchObject({ decision: 'hold', exitCode: 105, looks: 1 })
  expect(made).toHaveLength(5)
})
