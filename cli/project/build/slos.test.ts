import { expect, test } from 'vitest'
import { environmentKeys } from './slos.ts'

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
  expect(environmentKeys(keys, authors)).toEqual(environments)
})
