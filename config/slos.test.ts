import { expect, test } from 'vitest'
import { sentence } from './problem/problem.ts'
import { sloProblems } from './slos.ts'

const problems = (slos: unknown): string[] => sloProblems(slos, 'environments.qa.slos').map(sentence)

test('an entry is a list, or has limits and who answers for them', () => {
  const slos = {
    journey_failed: ['rate<0.001'],
    'group_duration{step:place order}': { thresholds: ['p(95)<500', 'p(99)<900'], owner: 'team-orders' },
    'group_duration{step:place order,journey:checkout}': [],
  }
  expect(problems(slos)).toEqual([])
})

test('what is wrong is told with what is allowed', () => {
  const slos = {
    checks: 'rate<1',
    http_reqs: { thresholds: ['count>1'], owner: ' ' },
    http_req_failed: { threshold: ['rate<1'], owner: 'team-orders' },
    vus: { thresholds: 'value<1', ownr: 'team-orders' },
    'group_duration{step}': ['p(95)<1'],
    'group_duration{step:a,journey:b}': ['p(95)<1'],
    'group_duration{journey:b, step:"a"}': ['p(95)<2'],
  }
  expect(problems(slos)).toMatchInlineSnapshot(`
    [
      "environments.qa.slos["checks"]: got "rate<1"; allowed: ['p(95)<500'] or { thresholds: ['p(95)<500'], owner: 'team-orders' }",
      "environments.qa.slos["http_reqs"].owner: got " "; allowed: who answers for it, such as team-orders",
      "environments.qa.slos["http_req_failed"].thresholds: got nothing; allowed: thresholds such as ['p(95)<500']",
      "environments.qa.slos["http_req_failed"]: got "threshold"; allowed: thresholds, owner. Did you mean "thresholds"?",
      "environments.qa.slos["vus"].owner: got nothing; allowed: who answers for it, such as team-orders",
      "environments.qa.slos["vus"].thresholds: got "value<1"; allowed: thresholds such as ['p(95)<500']",
      "environments.qa.slos["vus"]: got "ownr"; allowed: thresholds, owner. Did you mean "owner"?",
      "environments.qa.slos: got "group_duration{step}"; allowed: metric or metric{tag:value,…}, such as group_duration{step:place order}",
      "environments.qa.slos["group_duration{journey:b, step:\\"a\\"}"]: got the same as "group_duration{step:a,journey:b}"; allowed: each metric and place once",
    ]
  `)
  expect(problems([])).toMatchInlineSnapshot(`
    [
      "environments.qa.slos: got "[]"; allowed: thresholds such as { journey_failed: ['rate<0.01'] }",
    ]
  `)
})
