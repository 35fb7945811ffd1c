import { expect, test } from 'vitest'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { confirmCommand } from './confirm.ts'

const record = { ...fakeRecord(() => 0.5), id: 'boutique-1', embedded: true, faults: ['latency=/cart:20'] }
const OPEN: GateCase = {
  name: 'p95 of place order',
  metric: 'group_duration',
  outcome: 'open',
  code: 'one-of-many',
  text: 'run again',
}
const decision: Decision = {
  schema: 1,
  run: record,
  decidedAt: record.startedAt,
  verdict: 'inconclusive',
  exitCode: 95,
  text: '',
  reasons: [],
  notes: [],
  cases: [OPEN],
}

test('a borderline decision asks for the same run once more, and for both together', () => {
  const told = { ...record, variables: ['PROFILE=load', 'BASE_URL=http://127.0.0.1:1', 'RUN_ID=x'] }
  expect(confirmCommand(decision, told)).toBe(
    'npx loadwright run boutique -e PROFILE=load --fault latency=/cart:20; npx loadwright gate boutique-1 --confirm latest',
  )
})

test('nothing is asked for where both decided, the machine was busy, or the verdict is another one', () => {
  expect(confirmCommand({ ...decision, confirmedBy: 'boutique-2' }, record)).toBeUndefined()
  expect(confirmCommand({ ...decision, cases: [{ ...OPEN, code: 'machine-busy' }] }, record)).toBeUndefined()
  expect(confirmCommand({ ...decision, verdict: 'fail' }, record)).toBeUndefined()
})
