import { expect, test } from 'vitest'
import { holds, parseExpression } from './expression.ts'

test('expressions are read as k6 reads them', () => {
  expect(parseExpression('p(97.5) <= 1.5e3')).toEqual({
    aggregation: 'p(97.5)',
    quantile: 0.975,
    operator: '<=',
    limit: 1500,
  })
  expect(parseExpression(' med>.5')).toEqual({ aggregation: 'med', quantile: 0.5, operator: '>', limit: 0.5 })
  for (const aggregation of ['count', 'rate', 'value', 'avg', 'min', 'max'])
    expect(parseExpression(`${aggregation}!=-1`)).toEqual({ aggregation, operator: '!=', limit: -1 })
  for (const wrong of [
    'p(101)<1',
    'p()<1',
    'p95<1',
    'P(95)<1',
    'sum<1',
    'rate=<1',
    'rate<',
    'rate<1ms',
    '<1',
    'rate<1 2',
  ])
    expect(parseExpression(wrong), wrong).toBeUndefined()
})

test.each([
  ['<', [true, false, false]],
  ['<=', [true, true, false]],
  ['>', [false, false, true]],
  ['>=', [false, true, true]],
  ['==', [false, true, false]],
  ['===', [false, true, false]],
  ['!=', [true, false, true]],
] as const)('1, 2 and 3 %s 2', (operator, expected) => {
  expect([1, 2, 3].map((value) => holds(value, { operator, limit: 2 }))).toEqual(expected)
})
