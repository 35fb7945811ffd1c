import { expect, test } from 'vitest'
import { loadOf } from './load.ts'
import type { Plan } from './plan.ts'

const suite = { manifest: { options: { scenarios: {}, thresholds: {} } } } as unknown as Plan

test.each([
  [['-i', '1'], true, true],
  [['-i1', '-u=1', '-d', '10s'], true, true],
  [['--iterations=1', '--vus', '2'], true, false],
  [['-i', '1', '-s', '1s:1'], true, false],
  [['-qd5s'], true, false],
  [['--quiet', '-e', '-i=1', '--tag', 'u=1'], false, false],
])('%j: whether it replaces the scenarios, whether it is a single pass', (args, replaced, single) => {
  expect(loadOf(args, suite)).toMatchObject({ replaced, singlePass: single })
  // A plain script is not made by the library: its only iteration is judged as any other.
  expect(loadOf(args, { ...suite, script: 'x.js' })).toMatchObject({ replaced, singlePass: false })
})

test.each([
  [['-u', '3', '-d', '5s'], { executor: 'constant-vus', vus: 3, duration: '5s' }],
  [['-i', '9', '-u3'], { executor: 'shared-iterations', vus: 3, iterations: 9 }],
  [
    ['-s', '1s:5,2s:0', '--stage', '3s:1'],
    {
      executor: 'ramping-vus',
      startVUs: 1,
      stages: [
        { duration: '1s', target: 5 },
        { duration: '2s', target: 0 },
        { duration: '3s', target: 1 },
      ],
    },
  ],
])('%j makes k6 run one scenario', (args, scenario) => {
  expect(loadOf(args, suite).scenarios).toEqual({ default: scenario })
  expect(loadOf(['--quiet'], suite)).toEqual({ replaced: false, singlePass: false })
})

test('an execution segment is the share of the test that it is, by a flag or by the suite’s own options', () => {
  const flag = ['--execution-segment', '1/4:1/2']
  expect(loadOf(flag, suite).segment).toEqual({ text: '1/4:1/2', share: 0.25 })
  const own = { manifest: { options: { executionSegment: '50%' } } } as unknown as Plan
  expect(loadOf([], own).segment).toEqual({ text: '50%', share: 0.5 })
  expect(loadOf(['--execution-segment', '0:1'], suite)).not.toHaveProperty('segment')
})
