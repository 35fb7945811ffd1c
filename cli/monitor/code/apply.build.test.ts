import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Monitor, Monitors } from '../../../config/monitor/monitor.ts'
import { UserError } from '../../base/index.ts'
import type { Project } from '../../project/index.ts'
import { applyMonitors, livePlan, pruneMonitors, type AppliedChange } from './apply.ts'
import { scriptOf, sha256 } from './monitorCheck.ts'
import { startFakeMonitoring } from '../../../test/doubles/syntheticMonitoring.ts'
import { offlinePlan } from './offline.ts'
import { planText } from './planText.ts'
import { examined, readyMonitors, type Examined } from './ready.ts'
import { openSession } from './session.ts'
import { readState, STATE_FILE, writeState } from './state.ts'
import { LEAST, testProject, withMonitors } from '../../../test/doubles/monitoredProject.ts'

// Suites are built here, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const ALERT = { name: 'ProbeFailedExecutionsTooHigh', threshold: 2, period: '15m' } as const
const SHOP: Monitor = {
  ...LEAST,
  alerts: [ALERT],
  labels: { team: 'shop' },
  channel: 'v2',
  folderUid: 'f1',
}
const FULL: Monitors = {
  shop: SHOP,
  docs: { ...LEAST, every: '10m', timeout: '15s', enabled: false },
}

let base: Project
/** What was built, by what was declared: a build takes longer than all else here. */
const built = new Map<string, Promise<Examined[]>>()
const ready = (monitors: Monitors): Promise<Examined[]> => {
  const key = JSON.stringify(monitors)
  if (!built.has(key)) built.set(key, readyMonitors(withMonitors(base, monitors)).then(examined))
  return built.get(key) as Promise<Examined[]>
}
let fake: Awaited<ReturnType<typeof startFakeMonitoring>>
beforeAll(async () => {
  base = await testProject({})
})
afterAll(() => rm(base.folder, { recursive: true }))
beforeEach(async () => {
  fake = await startFakeMonitoring()
})
afterEach(async () => {
  await fake.close()
  await rm(join(base.folder, '.loadwright'), { recursive: true, force: true })
})

const open = () =>
  openSession(base, { env: fake.env, state: STATE_FILE, patience: { timeoutMs: 60_000, firstMs: 1 } })
/** As the command applies. */
const apply = async (monitors: Monitors, prune = false): Promise<AppliedChange[]> => {
  const made: AppliedChange[] = []
  const work = {
    ...(await open()),
    keep: (state: Parameters<typeof writeState>[1]) => writeState(base.folder, state),
    done: (change: AppliedChange) => void made.push(change),
  }
  const all = await ready(monitors)
  const { undeclared } = livePlan(all, work)
  const state = await applyMonitors(all, work)
  if (prune) await pruneMonitors(undeclared, work, state)
  return made
}
const actions = (made: readonly AppliedChange[]) => made.map(({ action, job }) => `${action} ${job}`)
const stored = (job: string) => [...fake.checks.values()].find((check) => check.job === job)
const stateNow = () => readState(base.folder)

test('a first apply adds each check as it is declared, with the bytes that were hashed', async () => {
  const [shop, docs] = await ready(FULL)
  const made = await apply(FULL)
  expect(made).toEqual([
    {
      action: 'created',
      job: 'shop',
      target: LEAST.target,
      id: stored('shop')?.id,
      sha256: shop?.manifest.sha256,
    },
    {
      action: 'created',
      job: 'docs',
      target: LEAST.target,
      id: stored('docs')?.id,
      sha256: docs?.manifest.sha256,
    },
  ])
  const { settings, alerts, created, modified, ...check } = stored('shop')!
  expect(check).toEqual({
    id: check.id,
    tenantId: 77,
    job: 'shop',
    target: 'https://shop.example.com',
    enabled: true,
    offset: 0,
    frequency: 300_000,
    timeout: 30_000,
    probes: [1, 2],
    basicMetricsOnly: true,
    alertSensitivity: 'none',
    labels: [{ name: 'team', value: 'shop' }],
    channels: { k6: { id: 'v2' } },
    folderUid: 'f1',
  })
  expect([created, modified].every(Number.isFinite)).toBe(true)
  expect(sha256(scriptOf({ settings }) ?? '')).toBe(shop?.manifest.sha256)
  expect(scriptOf({ settings })).toBe(shop?.code)
  expect(alerts).toMatchObject([ALERT])
  expect(stored('docs')).toMatchObject({ enabled: false, frequency: 600_000, timeout: 15_000, alerts: [] })
  expect(fake.writes()).toEqual(['POST /check/add', `PUT /check/${check.id}/alerts`, 'POST /check/add'])
})

test('a second apply changes nothing, with or without the state', async () => {
  await apply(FULL)
  const state = await readFile(join(base.folder, STATE_FILE), 'utf8')
  const before = structuredClone([...fake.checks])
  fake.log.length = 0
  expect(actions(await apply(FULL))).toEqual(['kept shop', 'kept docs'])
  expect(fake.writes()).toEqual([])
  await rm(join(base.folder, STATE_FILE))
  expect(actions(await apply(FULL))).toEqual(['kept shop', 'kept docs'])
  expect(fake.writes()).toEqual([])
  expect([...fake.checks]).toEqual(before)
  expect(await readFile(join(base.folder, STATE_FILE), 'utf8')).toBe(state)
})

test('only what differs is changed, and what is not declared stays as it is in the tenant', async () => {
  const { id } = fake.put({
    job: 'shop',
    target: LEAST.target,
    folderUid: 'theirs',
    offset: 5,
    alerts: [],
  } as object)
  fake.checks.get(id)!.alerts = [{ name: 'TLSTargetCertificateCloseToExpiring', threshold: 14 }]
  expect(actions(await apply({ shop: LEAST }))).toEqual(['updated shop'])
  expect(fake.checks.get(id)).toMatchObject({
    folderUid: 'theirs',
    offset: 5,
    probes: [1, 2],
    frequency: 300_000,
    alerts: [{ name: 'TLSTargetCertificateCloseToExpiring', threshold: 14 }],
  })
  fake.log.length = 0
  await apply({ shop: { ...LEAST, alerts: [ALERT] } })
  expect(fake.writes()).toEqual([`PUT /check/${id}/alerts`])
})

test('alerts that are no longer declared go, where they were ours', async () => {
  await apply({ shop: { ...LEAST, alerts: [ALERT] } })
  expect(stored('shop')?.alerts).toHaveLength(1)
  await apply({ shop: LEAST })
  expect(stored('shop')?.alerts).toEqual([])
  stored('shop')!.alerts = [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 1, period: '5m' }]
  expect(actions(await apply({ shop: LEAST }))).toEqual(['kept shop'])
  expect(stored('shop')?.alerts).toHaveLength(1)
})

test('an apply that breaks off loses nothing: the state has what was done, the next one does the rest', async () => {
  fake.fault('PUT ', { status: 400, body: { code: 400, msg: 'no', err: 'rules are locked' } })
  await expect(apply(FULL)).rejects.toThrow(
    /^alerts of check \d+: the API refused it \(400: no: rules are locked\)$/,
  )
  expect((await stateNow())?.monitors).toMatchObject([{ job: 'shop', id: stored('shop')?.id }])
  expect((await stateNow())?.monitors[0]?.shape.alerts).toBeUndefined()
  expect(stored('docs')).toBeUndefined()
  fake.log.length = 0
  expect(actions(await apply(FULL))).toEqual(['updated shop', 'created docs'])
  expect(fake.writes()).toEqual([`PUT /check/${stored('shop')?.id}/alerts`, 'POST /check/add'])
  expect(actions(await apply(FULL))).toEqual(['kept shop', 'kept docs'])
})

test('only this project’s own checks are deleted, only when asked, and told with what goes', async () => {
  await apply(FULL)
  const mine = fake.put({ job: 'labelled', labels: [{ name: 'managed_by', value: 'loadwright:acme-load' }] })
  const others = [
    fake.put({ job: 'by hand' }),
    fake.put({ job: 'another project', labels: [{ name: 'managed_by', value: 'loadwright:other' }] }),
    fake.put({ job: 'http', settings: { http: {} } }),
  ]
  const gone = stored('shop')!
  const docs = { docs: FULL.docs! }
  expect(actions(await apply(docs))).toEqual(['kept docs'])
  expect(fake.checks.size).toBe(6)

  const plan = livePlan(await ready(docs), await open())
  expect(plan.undeclared.filter(({ own }) => own).map(({ id }) => id)).toEqual([gone.id, mine.id])
  expect(planText(plan, 'loadwright:acme-load')).toContain(
    `shop → https://shop.example.com  no longer declared, id ${gone.id}: apply --prune deletes it, its alert and its history in the app, which began on 2023-11-14`,
  )
  expect(planText(plan, 'loadwright:acme-load')).toContain('3 checks are not declared and left alone')

  expect(actions(await apply(docs, true))).toEqual(['kept docs', 'deleted shop', 'deleted labelled'])
  expect([...fake.checks.keys()].toSorted()).toEqual(
    [stored('docs')!.id, ...others.map(({ id }) => id)].toSorted(),
  )
  expect((await stateNow())?.monitors.map(({ job }) => job)).toEqual(['docs'])
  expect(actions(await apply(docs, true))).toEqual(['kept docs'])
})

test('every monitor that the tenant does not allow is refused before anything is sent', async () => {
  fake.probes[3]!.capabilities.disableScriptedChecks = true
  fake.put({ job: 'docs', target: LEAST.target, settings: { http: {} } })
  const monitors = {
    shop: [
      { ...LEAST, probes: ['Frankfort', 'Tokyo'] },
      { ...LEAST, target: 'http://192.168.1.5', probes: ['office'] },
    ],
    docs: LEAST,
  }
  await expect(apply(monitors)).rejects.toThrow(
    [
      '3 problems:',
      '  - monitors.shop.probes: got "Frankfort"; allowed: Frankfurt, London, Ohio, office. Did you mean "Frankfurt"?',
      '  - monitors.shop.probes: got "Tokyo", which takes no scripted checks; allowed: Frankfurt, London, Ohio, office',
      `  - monitors.docs: got the job and target of check ${stored('docs')?.id}, which is of kind http; allowed: a scripted check, or none. Give the monitor another \`job\`.`,
    ].join('\n'),
  )
  fake.probes[4]!.public = true
  await expect(apply({ shop: monitors.shop[1]! })).rejects.toThrow(
    /what Grafana's public probes \(office\) can reach/,
  )
  expect(fake.writes()).toEqual([])
})

test('a state of another tenant stops everything', async () => {
  await apply({ shop: LEAST })
  const state = (await stateNow())!
  await writeState(base.folder, { ...state, tenantId: 4 })
  await expect(apply({ shop: LEAST })).rejects.toThrow(
    /^the state is of tenant 4 at .*, the access token of tenant 77 at .*--state/,
  )
})

test.each([
  '',
  '{',
  '[]',
  '{"version":1,"api":"x","tenantId":1,"probes":{},"monitors":[{"job":"x"}]}',
  '{"version":2}',
])('a state file that holds %j is refused with what to do', async (text) => {
  await writeState(base.folder, { version: 1, api: '', tenantId: 1, monitors: [], probes: {} })
  await writeFile(join(base.folder, STATE_FILE), text)
  await expect(stateNow()).rejects.toThrow(UserError)
  await expect(stateNow()).rejects.toThrow(/is no state of monitors. Restore it from version control/)
})

test('offline, a plan says what was changed since the last apply', async () => {
  const first = offlinePlan(await ready(FULL), await stateNow())
  expect(first.monitors.map(({ action }) => action)).toEqual(['create', 'create'])
  expect(first.against).toMatch(/^nothing: no monitor was applied/)
  await apply(FULL)
  const kept = offlinePlan(await ready(FULL), await stateNow())
  expect(kept.monitors.map(({ action, changes }) => [action, changes])).toEqual([
    ['keep', []],
    ['keep', []],
  ])
  const calls = fake.log.length
  const changed = offlinePlan(await ready({ shop: { ...SHOP, timeout: '20s' } }), await stateNow())
  expect(changed.monitors[0]).toMatchObject({ action: 'update', id: stored('shop')?.id })
  expect(changed.monitors[0]?.changes.map(({ what }) => what)).toEqual(['timeout', 'script'])
  expect(changed.undeclared).toEqual([
    { job: 'docs', target: LEAST.target, id: stored('docs')?.id, own: true },
  ])
  expect(fake.log).toHaveLength(calls)
})

test('a state holds neither the token nor a script', async () => {
  await apply(FULL)
  const text = await readFile(join(base.folder, STATE_FILE), 'utf8')
  expect(text).not.toContain(fake.token)
  expect(text).not.toContain('k6/http')
  expect(text.length).toBeLessThan(2500)
})
