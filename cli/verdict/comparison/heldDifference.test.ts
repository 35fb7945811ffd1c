import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { compareRuns } from './compare.ts'

/** A hundred visits, of which the last ones shift the layout by so much. */
const visits = (shifted: number, by: number, metric = 'browser_web_vital_cls'): MeasuredRun => {
  const values = histogramOf(Array.from({ length: 100 }, (_, at) => (at < 100 - shifted ? 0 : by)))
  const one: Measurement = { metric, request: 'home', phase: 'steady', kind: 'values', unit: '', values }
  return madeUpRun([one])
}
const told = (base: readonly MeasuredRun[], candidate: MeasuredRun): Record<string, string> =>
  Object.fromEntries(
    compareRuns(base, candidate, 'before').rows.map(({ quantity, verdict, reason }) => [
      quantity,
      `${verdict}: ${reason.code}`,
    ]),
  )
const none = Array.from({ length: 6 }, () => visits(0, 0))

test('a layout that did not shift, and shifts now in each visit, is worse, with its figures', () => {
  const { verdict, text } = compareRuns(none, visits(100, 0.4), 'before')
  expect([verdict, text]).toEqual([
    'worse',
    expect.stringMatching(/^Worse: p75 of CLS of home \+0\.\d+ \(0 → 0\.\d+\)/),
  ])
  expect(told(none, visits(100, 0.4))).toEqual({ p50: 'worse: worse', p75: 'worse: worse' })
  expect(told(none, visits(0, 0))).toEqual({ p50: 'same: within-limits', p75: 'same: within-limits' })
  expect(told(none, visits(100, 0.015))).toEqual({ p50: 'same: within-limits', p75: 'same: within-limits' })
  // Shifts that are gone are better.
  const all = Array.from({ length: 6 }, () => visits(100, 0.4))
  expect(told(all, visits(0, 0)).p75).toBe('better: better')
})

test('a quantile that leaves 0 by a few visits more is open, and is no finding', () => {
  const some = Array.from({ length: 6 }, (_, at) => visits(20 + at / 2, 0.2))
  expect(told(some, visits(27, 0.2)).p75).toBe('cannot tell: one-of-many')
  expect(told(some, visits(60, 0.2)).p75).toBe('worse: worse')
  // Where runs differ so much, it is within noise, or cannot be told.
  const mixed = [0, 30, 10, 40, 0, 28].map((shifted) => visits(shifted, 0.2))
  expect(told(mixed, visits(35, 0.2)).p75).toMatch(/^(same|cannot tell: too-noisy)/)
})

test('a small layout shift that doubles is the same; of an own metric nobody knows which difference matters', () => {
  const small = Array.from({ length: 6 }, () => visits(100, 0.004))
  expect(told(small, visits(100, 0.008)).p75).toBe('same: within-limits')
  const own = Array.from({ length: 6 }, () => visits(10, 3, 'shop_retries'))
  expect(told(own, visits(60, 3, 'shop_retries')).p50).toBe('cannot tell: no-ratio')
  expect(told(own, visits(10, 3, 'shop_retries')).p50).toBe('same: within-limits')
  expect(compareRuns(own, visits(60, 3, 'shop_retries'), 'before').verdict).toBe('cannot tell')
})
