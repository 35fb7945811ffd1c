import { expect, test } from 'vitest'
import { sentence } from '../../config/problem/problem.ts'
import { boundProblems, pairProblems } from './bounds.ts'
import { resolveSettings } from './variables.ts'

test.each([
  ['REQUEST_TIMEOUT=0', 'REQUEST_TIMEOUT: got 0s; allowed: from 1ms to 365d'],
  ['TIME_BUDGET=0s', 'TIME_BUDGET: got 0s; allowed: from 1ms to 365d'],
  ['DURATION=0', 'DURATION: got 0s; allowed: from 1ms to 365d'],
  ['RAMP_UP=99999999999d', 'RAMP_UP: got 8639999999913600000; allowed: from 0s to 365d'],
  ['SCALE=1e308', 'SCALE: got 1e+308; allowed: from 0.000001 to 1000000'],
  ['RATE=1e-300', 'RATE: got 1e-300; allowed: from 0.000001 to 1000000'],
  ['VUS=10000000', 'VUS: got 10000000; allowed: from 1 to 1000000'],
])('%s is refused', (pair, told) => {
  expect(resolveSettings({ flags: {}, set: [pair] }, {}, {}).problems.map(sentence)).toEqual([told])
})

test('a scale of the config is bounded too, and what is inside its bounds has no problem', () => {
  const config = { environments: { shop: { scale: 1e300 } } }
  expect(resolveSettings({ flags: {}, set: [] }, {}, config).problems).toMatchObject([{ where: 'SCALE' }])
  expect(boundProblems({ RAMP_UP: 0, DURATION: 1, SCALE: 0.01, VUS: 1 })).toEqual([])
})

test('a variable that k6 would refuse, or take as empty, is refused without its value', () => {
  const told = pairProblems(['A=1', '_b=', '=', '=hunter2', 'constructor', '1a=hunter2', 'A B=x']).map(
    sentence,
  )
  expect(told.map((one) => one.split(';')[0])).toEqual([
    '-e: got "" as a name',
    '-e: got "" as a name',
    '-e: got "constructor" without a value',
    '-e: got "1a" as a name',
    '-e: got "A B" as a name',
  ])
  expect(told.join()).not.toContain('hunter2')
})
