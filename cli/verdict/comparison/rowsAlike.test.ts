import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { compareRuns } from './compare.ts'

const STEPS = ['open home', 'view product', 'add to cart', 'place order']

const times = (more: object, seconds: number): Measurement => ({
  metric: 'group_duration',
  phase: 'steady',
  kind: 'values',
  unit: 's',
  values: histogramOf(Array.from({ length: 400 }, (_, at) => seconds * (0.8 + at / 1000))),
  ...more,
})

/** Four steps, of which the last one is slower, and metrics of the author's own. */
const run = (factor: number, slower = 1, own: readonly number[] = []): MeasuredRun =>
  madeUpRun([
    ...STEPS.map((step) =>
      times({ journey: 'checkout', step }, 0.2 * factor * (step === 'place order' ? slower : 1)),
    ),
    ...own.map((seconds, at) => times({ metric: `own_${at}` }, seconds)),
  ])

const FACTORS = [1, 1.01, 0.99, 1.01, 0.99]
const NOISY = [0.2, 0.9, 0.1, 0.5, 0.3]
const told = (base: readonly MeasuredRun[], candidate: MeasuredRun): string[] =>
  compareRuns(base, candidate, 'before')
    .rows.filter(({ quantity }) => quantity === 'p95')
    .map(({ step, metric, verdict }) => `${step ?? metric} ${verdict}`)

test('own metrics that are far noisier than steps hide nothing of the steps', () => {
  const noisy = FACTORS.map((factor, at) => run(factor, 1, [NOISY[at]!, NOISY[(at + 2) % 5]!]))
  expect(told(noisy, run(1, 1.2, [0.4, 0.3]))[0]).toBe('place order worse')
  const before = FACTORS.map((factor) => run(factor))
  expect(told(before, run(1, 1.2))[0]).toBe('place order worse')
})

test('so it is with one step that is far noisier than the others; it is not worse by what a few runs of it say', () => {
  const withSearch = (one: MeasuredRun, seconds: number): MeasuredRun => ({
    ...one,
    measurements: [...one.measurements, times({ journey: 'checkout', step: 'search' }, seconds)],
  })
  const base = FACTORS.map((factor, at) => withSearch(run(factor), 0.2 * (1 + at / 10)))
  const found = told(base, withSearch(run(1, 1.2), 0.42))
  expect(found[0]).toBe('place order worse')
  expect(found).toContain('search cannot tell')
})
