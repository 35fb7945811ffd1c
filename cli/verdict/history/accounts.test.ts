import { expect, test } from 'vitest'
import type { AuditEntry } from '../../record/index.ts'
import type { Waiver } from '../gate/waiver.ts'
import { accountsOf } from './accounts.ts'
import { NOBODY, type JudgedRun } from './judgedRun.ts'

const run = (day: number, owners: Record<string, boolean>, name = 'shop · load · staging'): JudgedRun => ({
  id: `shop-${day}`,
  startedAt: `2026-11-0${day}T00:00:00.000Z`,
  verdict: 'pass',
  name,
  owners: new Map(Object.entries(owners)),
})
const entry = (more: Partial<AuditEntry>): AuditEntry => ({
  line: 1,
  previous: '',
  hash: '',
  at: '2026-11-05T00:00:00.000Z',
  action: 'override',
  run: 'shop-2',
  verdict: 'fail',
  by: {},
  reason: 'must go',
  failing: [],
  ...more,
})
const waiver = (owner: string, expires: string): Waiver => ({
  metric: 'group_duration',
  limit: '+10%',
  raise: { by: 0.1, unit: 'share' },
  reason: 'r',
  owner,
  approvedBy: 'lead',
  ticket: 'T-1',
  expires,
})
const accounts = (more: Partial<Parameters<typeof accountsOf>[0]>) =>
  accountsOf({ runs: [], entries: [], waivers: [], now: new Date('2026-11-09T12:00:00Z'), ...more })

test('of each owner: runs, violations, and how long it took until it was right again', () => {
  const runs = [
    run(1, { orders: false, [NOBODY]: true }),
    run(2, { orders: true }),
    run(3, { orders: true }),
    run(4, { orders: false }),
    run(5, { orders: true }),
  ]
  expect(accounts({ runs })).toMatchObject([
    {
      owner: 'orders',
      runs: 5,
      violations: 3,
      recoveries: 1,
      recoveredAfterMs: 2 * 86_400_000,
      failing: [{ name: 'shop · load · staging', since: '2026-11-05T00:00:00.000Z' }],
    },
    { owner: NOBODY, runs: 1, violations: 1, recoveries: 0 },
  ])
})

test('what is right in one environment does not make it right in another', () => {
  const runs = [run(1, { orders: true }), run(2, { orders: false }, 'shop · load · production')]
  expect(accounts({ runs })[0]).toMatchObject({ violations: 1, recoveries: 0, failing: [{}] })
})

test('overrides are of those whose it was, as the log or the run says; uses of a waiver count once a run', () => {
  const [paid, used] = [entry({ owners: ['pay'] }), entry({ action: 'waiver', waiver: { owner: 'pay' } })]
  const entries = [paid, entry({}), entry({ run: 'gone' }), used, { ...used, line: 5 }]
  const all = accounts({ runs: [run(2, { orders: true, pay: false })], entries })
  expect(all.map(({ owner, overrides, waived }) => [owner, overrides, waived])).toEqual([
    ['orders', 1, 0],
    ['pay', 1, 1],
    [NOBODY, 1, 0],
  ])
})

test('waivers are in force until their last day is over', () => {
  const waivers = [waiver('orders', '2026-11-09'), waiver('orders', '2026-11-08')]
  const [account] = accounts({ waivers })
  expect(account!.inForce.map(({ expires }) => expires)).toEqual(['2026-11-09'])
  expect(account!.expired.map(({ expires }) => expires)).toEqual(['2026-11-08'])
})
