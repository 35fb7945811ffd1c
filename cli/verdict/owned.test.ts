import { expect, test } from 'vitest'
import { fakeRecord } from '../../test/doubles/runRecord.ts'
import { owned } from './owned.ts'

const held = { metric: 'checks{phase:steady}', threshold: 'rate>0.9', result: 'pass', value: 1 } as const
const other = { ...held, metric: 'http_reqs', threshold: 'count>0' }

test('a threshold says who set it, and who answers for it', () => {
  const record = fakeRecord(() => 0.5)
  const declared = { metrics: [], pools: [], scenarios: {}, phases: {}, slos: [held.metric] }
  const owners = [{ metric: held.metric, threshold: held.threshold, owner: 'team-orders' }]
  expect(owned([held, other], { ...record, declared: { ...declared, owners } })).toEqual([
    { ...held, source: 'environment', owner: 'team-orders' },
    { ...other, source: 'suite' },
  ])
  expect(owned([held], { ...record, script: 'a.js', declared })).toEqual([held])
  expect(owned([held], {})).toEqual([held])
})
