import { expect, test } from 'vitest'
import { narrowedFromNone, sloOwners } from './slos.ts'

test.each([
  [['checks'], ['checks', 'checks{phase:steady}', 'checks{scenario:a}'], []],
  [
    ['checks{step:look}'],
    ['checks{step:look,phase:steady}', 'checks{phase:steady}'],
    ['checks{phase:steady}'],
  ],
  [['http_reqs'], ['http_reqs{phase:steady}', 'http_req_failed'], ['http_req_failed']],
  [['checks{phase:ramp-up}'], ['checks{phase:ramp-up}', 'checks{phase:steady}'], ['checks{phase:steady}']],
  [['checks'], ['checks{step:look}'], ['checks{step:look}']],
  [[], ['journey_failed{phase:steady}'], ['journey_failed{phase:steady}']],
])('of an author’s %j, %j are the environment’s: %j', (authors, keys, environments) => {
  expect(narrowedFromNone(keys, authors)).toEqual(environments)
})

test('the owner of an SLO answers for what it was narrowed to, and for its own limits only', () => {
  const place = 'group_duration{step:pay}'
  const narrowed = 'group_duration{step:pay,phase:steady}'
  const thresholds = { [narrowed]: ['p(95)<500', { threshold: 'p(99)<900' }, 'avg<1'], checks: ['rate>0.9'] }
  const manifest = { slos: [narrowed, 'checks'], options: { scenarios: {}, thresholds } }
  const slos = {
    [place]: { thresholds: ['p(95)<500', 'p(99)<900'], owner: 'team-orders' },
    checks: ['rate>0.9'],
    http_req_failed: { thresholds: ['rate<0.01'], owner: 'team-platform' },
  }
  expect(sloOwners(manifest, slos)).toEqual([
    { metric: narrowed, threshold: 'p(95)<500', owner: 'team-orders' },
    { metric: narrowed, threshold: 'p(99)<900', owner: 'team-orders' },
  ])
})
