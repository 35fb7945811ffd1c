import { expectTypeOf, test } from 'vitest'
import type { Expression, Thresholds } from './thresholds.ts'

test('each kind of metric has its own expressions', () => {
  expectTypeOf<'p(95)<800'>().toExtend<Expression<'trend'>>()
  expectTypeOf<'avg >= 1.5'>().toExtend<Expression<'trend'>>()
  expectTypeOf<'p(95)<800'>().not.toExtend<Expression<'rate'>>()
  expectTypeOf<'rate<0.01'>().toExtend<Expression<'rate'>>()
  expectTypeOf<'rate<0.01'>().toExtend<Expression<'counter'>>()
  expectTypeOf<'rate<0.01'>().not.toExtend<Expression<'gauge'>>()
  expectTypeOf<'count>0'>().not.toExtend<Expression<'rate'>>()
  expectTypeOf<'value<5'>().toExtend<Expression<'gauge'>>()
  expectTypeOf<'rate<1%'>().not.toExtend<Expression<'rate'>>()
  expectTypeOf<'rate=1'>().not.toExtend<Expression<'rate'>>()
})

declare function thresholdsOf(thresholds: Thresholds<{ ok: 'rate' }>): void

test('thresholds are typed by the metric that their key names', () => {
  const good = {
    ok: ['rate<0.01'],
    'wait{step:pay}': ['p(95)<1', { threshold: 'med<1', abortOnFail: true }],
  } as const
  expectTypeOf(good).toExtend<Thresholds<{ ok: 'rate'; wait: 'trend' }>>()

  // @ts-expect-error a rate has no percentiles
  thresholdsOf({ ok: ['p(95)<1'] })
  // @ts-expect-error nor has it with a tag
  thresholdsOf({ 'ok{a:b}': ['p(95)<1'] })
  // @ts-expect-error there is no such metric
  thresholdsOf({ okay: ['rate<1'] })
})
