import { expect, test } from 'vitest'
import { sentence } from '../../../config/problem/problem.ts'
import { workloadProblems } from './workloadProblems.ts'

test.each([
  { load: { rate: 0.1 } },
  { load: { vus: 3 }, profile: undefined },
  {
    load: {
      rate: 5,
      pattern: [
        { times: 0, share: 0.2 },
        { times: 2, share: 0.8 },
      ],
    },
  },
  { load: { rate: 5 }, profile: { PROFILE: 'load', SCALE: 0.5, DURATION: 1000 } },
  {
    load: { rate: 5 },
    startTime: '1m',
    gracefulStop: '0s',
    env: { USER: 'new' },
    tags: { team: 'checkout' },
  },
])('%j is a workload', (workload) => {
  expect(workloadProblems(workload, 'a')).toEqual([])
})

test.each<[Record<string, unknown>, string]>([
  [{}, 'a.load: got nothing; allowed: { rate }, iterations per second'],
  [{ load: undefined }, 'a.load: got nothing'],
  [{ load: 5 }, 'a.load: got "5"'],
  [{ load: {} }, 'a.load: got "{}"'],
  [{ load: { rate: 0 } }, 'a.load: got "{\\"rate\\":0}"'],
  [{ load: { vus: '3' } }, 'a.load: got "{\\"vus\\":\\"3\\"}"'],
  [{ load: { rate: NaN } }, 'a.load: got'],
  [{ load: { rate: 5, vus: 3 } }, 'a.load: got'],
  [{ load: { rate: 5, pattern: [] } }, 'allowed: { rate, pattern }, with a pattern such as'],
  [{ load: { vus: 5, pattern: [{ times: 1, share: 1 }] } }, 'allowed: { rate, pattern }'],
  [{ load: { rate: 5, pattern: [{ times: -1, share: 1 }] } }, 'allowed: { rate, pattern }'],
  [{ load: { rate: 5, pattern: [{ times: 1, share: 0.5 }] } }, 'allowed: { rate, pattern }'],
  [{ load: { rate: 5 }, profile: 'load' }, 'a.profile: got "load"'],
  [{ load: { rate: 5 }, profile: { PROFILE: 'laod', SCALE: 1 } }, 'a.profile: got'],
  [{ load: { rate: 5 }, startTime: 5 }, 'a.startTime: got "5"; allowed: a duration'],
  [{ load: { rate: 5 }, env: { USER: 5 } }, 'a.env: got "{\\"USER\\":5}"; allowed: variables as texts'],
  [{ load: { rate: 5 }, gracefulstop: '5s' }, 'a: got "gracefulstop"'],
])('%j is none, and a sentence says why', (workload, told) => {
  expect(workloadProblems(workload, 'a').map(sentence)).toEqual([expect.stringContaining(told)])
})
