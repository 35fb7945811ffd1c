import { expect, test } from 'vitest'
import { memoryFolder } from '../../../test/doubles/memoryFolder.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import type { RunRecord } from '../../record/index.ts'
import { judgedRun, NOBODY } from './judgedRun.ts'

const KEY = 'group_duration{step:place order}'
const CROSSED = { metric: KEY, threshold: 'p(95)<500', result: 'fail', value: 612 } as const
const OWNED = { ...CROSSED, owner: 'orders' }
const NONE = { tolerances: [], waivers: [] }

/** Whose it was, by the run's thresholds and what the gate kept. */
async function ownersOf(more: Partial<RunRecord>, gate?: unknown, ownership = NONE) {
  const files = gate === undefined ? {} : { 'gate.json': JSON.stringify(gate) }
  const record = { ...fakeRecord(() => 0.5), thresholds: [], ...more }
  return Object.fromEntries((await judgedRun(record, memoryFolder(files), ownership)).owners)
}
const row = (outcome: string, owner?: string) => ({
  name: 'p95 of place order',
  metric: 'group_duration',
  step: 'place order',
  outcome,
  owner,
  row: {},
})

test('a threshold is of the owner that its SLO names, else of its tolerance, else of its waiver, else of nobody', async () => {
  const waiver = {
    metric: 'group_duration',
    limit: '+10%',
    raise: { by: 0.1, unit: 'share' },
    reason: '',
    owner: 'migration',
    approvedBy: '',
    ticket: '',
    expires: '2020-01-01',
  } as const
  const tolerance = { metric: 'group_duration', limit: '+5%', owner: 'platform' }
  expect(await ownersOf({ thresholds: [OWNED] })).toEqual({ orders: true })
  expect(
    await ownersOf({ thresholds: [CROSSED] }, undefined, { ...NONE, tolerances: [tolerance] } as never),
  ).toEqual({
    platform: true,
  })
  expect(
    await ownersOf({ thresholds: [CROSSED] }, undefined, { ...NONE, waivers: [waiver] } as never),
  ).toEqual({
    migration: true,
  })
  expect(await ownersOf({ thresholds: [CROSSED] })).toEqual({ [NOBODY]: true })
})

test('a row that is worse at the gate is a violation; one that was held is none', async () => {
  const passed = { verdict: 'pass' } as const
  expect(await ownersOf(passed, { cases: [row('failed', 'orders'), row('held', 'shop')] })).toEqual({
    orders: true,
    shop: false,
  })
})

test('what a waiver let through is no violation', async () => {
  const waived = { name: `${KEY}: p(95)<500`, metric: 'group_duration', outcome: 'waived' }
  expect(await ownersOf({ thresholds: [OWNED] }, { cases: [waived] })).toEqual({ orders: false })
})

test('a run that failed for another reason is nobody’s; one that judged nothing is of none', async () => {
  expect(await ownersOf({})).toEqual({ [NOBODY]: true })
  expect(await ownersOf({ verdict: 'invalid', thresholds: [OWNED] })).toEqual({})
  expect(await ownersOf({ state: 'running', thresholds: [OWNED] })).toEqual({})
})

test('what the gate kept may be anything', async () => {
  for (const gate of ['', 7, [], { cases: 7 }, { cases: [null, 7, { metric: 7 }, { metric: 'a', row: 7 }] }])
    expect(await ownersOf({ thresholds: [OWNED] }, gate)).toEqual({ orders: true })
})
