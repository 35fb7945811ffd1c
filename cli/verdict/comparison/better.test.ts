import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { betterByThresholds } from '../../record/baselines/betterByThresholds.ts'
import { compareRuns } from './compare.ts'

const paid = (part: number, more: Partial<MeasuredRun> = {}): MeasuredRun => {
  const share: Measurement = { metric: 'payment_failed', phase: 'steady', kind: 'share', part, of: 1000 }
  return madeUpRun([{ ...share, dispersion: 1, within: 60 }], more)
}
const base = Array.from({ length: 6 }, () => paid(2))
const told = (...args: Parameters<typeof paid>): string => {
  const { verdict, rows } = compareRuns(base, paid(...args), 'before')
  return `${verdict}: ${rows[0]?.reason.code}`
}

test('an own rate that changed is open until a threshold says which way is better', () => {
  expect(told(500)).toBe('cannot tell: rate-without-direction')
  expect(told(2)).toBe('same: within-limits')
  expect(told(500, { better: { payment_failed: 'lower' } })).toBe('worse: worse')
  expect(told(500, { better: { payment_failed: 'higher' } })).toBe('better: better')
})

test('thresholds say it by their signs, of whichever tags; of both signs none does', () => {
  const of = (metric: string, threshold: string) => ({ metric, threshold })
  expect(
    betterByThresholds([
      of('payment_failed', 'rate<0.01'),
      of('payment_failed{phase:steady}', 'rate <= 0.02'),
      of('shop_accepted{phase:steady}', 'rate>0.99'),
      of('shop_basket', 'avg>2'),
      of('shop_basket', 'p(95)<20'),
      of('broken{', 'rate<0.01'),
    ]),
  ).toEqual({ payment_failed: 'lower', shop_accepted: 'higher' })
  expect(betterByThresholds([])).toBeUndefined()
})
