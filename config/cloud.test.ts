import { expect, test } from 'vitest'
import { cloudProblems } from './cloud.ts'
import { sentence } from './problem/problem.ts'

const problems = (value: unknown): string[] => cloudProblems(value, 'c: cloud').map(sentence)
const zone = (percent: unknown, loadZone: unknown = 'amazon:us:palo alto') => ({ loadZone, percent })

test('what a project may say of the cloud', () => {
  expect(problems({})).toEqual([])
  expect(
    problems({ project: 1, stack: 2, note: 'n', distribution: { a: zone(60), b: zone(40, 'my-cluster') } }),
  ).toEqual([])
  expect(problems({ project: undefined })).toEqual([])
})

test.each([
  [7, 'c: cloud: got "7"; allowed: an object such as { project: 12, stack: 34 }'],
  [
    { projekt: 1 },
    'c: cloud: got "projekt"; allowed: project, stack, distribution, note. Did you mean "project"?',
  ],
  [{ project: '1' }, 'c: cloud.project: got "1"; allowed: a whole number above 0'],
  [{ stack: 2 ** 31 }, 'c: cloud.stack: got "2147483648"; allowed: a whole number above 0'],
  [{ note: ' ' }, 'c: cloud.note: got " "; allowed: a text'],
  [{ distribution: {} }, 'c: cloud.distribution: got "{}"; allowed: load zones by label, such as'],
  [
    { distribution: { a: 'x' } },
    'c: cloud.distribution.a: got "x"; allowed: an object { loadZone, percent }',
  ],
  [
    { distribution: { a: { loadZone: 'x' } } },
    'c: cloud.distribution.a.percent: got nothing; allowed: whole percents',
  ],
  [
    { distribution: { a: zone(0.5) } },
    'c: cloud.distribution.a.percent: got "0.5"; allowed: whole percents, 1 to 100',
  ],
  [
    { distribution: { a: zone(100, ' a') } },
    'c: cloud.distribution.a.loadZone: got " a"; allowed: a load zone',
  ],
  [
    { distribution: { a: zone(60), b: zone(30) } },
    'c: cloud.distribution: got 90 percent together; allowed: 100',
  ],
])('%j is refused', (value, words) => {
  expect(problems(value)).toEqual([expect.stringContaining(words)])
})
