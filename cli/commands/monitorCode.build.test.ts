import { writeFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Config } from '../../config/config.ts'
import type { Monitors } from '../../config/monitor/monitor.ts'
import { STATE_FILE } from '../monitor/index.ts'
import type { Project } from '../project/index.ts'
import { timeBudget } from '../monitor/budget.ts'
import { startFakeMonitoring } from '../../test/doubles/syntheticMonitoring.ts'
import { LEAST, testProject } from '../../test/doubles/monitoredProject.ts'
import { addMonitorCode } from './monitorCode.ts'

// Suites are built here, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const home = process.cwd()
let base: Project
let fake: Awaited<ReturnType<typeof startFakeMonitoring>>
beforeAll(async () => {
  base = await testProject({})
  process.chdir(base.folder)
})
afterAll(async () => {
  process.chdir(home)
  await rm(base.folder, { recursive: true })
})
beforeEach(async () => {
  fake = await startFakeMonitoring()
  declare({
    shop: { ...LEAST, alerts: [{ name: 'ProbeFailedExecutionsTooHigh', threshold: 2, period: '15m' }] },
  })
  for (const [name, value] of Object.entries(fake.env)) vi.stubEnv(name, value)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await fake.close()
  await rm(join(base.folder, '.loadwright'), { recursive: true, force: true })
})

/** Writes the config of the project in which commands are typed. */
const configure = (config: Config): void =>
  writeFileSync(join(base.folder, 'loadwright.config.ts'), `export default ${JSON.stringify(config)}`)
const declare = (monitors: Monitors): void => configure({ monitors })

/** Runs a command; what it prints, and what it throws as its message. */
async function run(...args: string[]): Promise<{ out: string; err: string; error: string }> {
  const said = { out: '', err: '', error: '' }
  const write = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    said[to] += String(text)
    return true
  }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(write('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(write('err')),
  ]
  const program = new Command('loadwright').exitOverride()
  addMonitorCode(program.command('monitor'))
  await program.parseAsync(['monitor', ...args], { from: 'user' }).catch((error: unknown) => {
    said.error = (error as Error).message
  })
  for (const spy of spies) spy.mockRestore()
  const plain = (text: string): string =>
    text
      .replaceAll(fake.url, '<api>')
      // eslint-disable-next-line no-control-regex -- colours, where the terminal has them
      .replace(/\u001b\[\d+m/g, '')
      .replace(/[0-9a-f]{64}/g, '<sha256>')
      .replace(/\d+(\.\d+)? KiB/g, '<size>')
      .replace(/about \d+ series/g, 'about <n> series')
      .replace(/TIME_BUDGET [\d.]+s/g, 'TIME_BUDGET <time>')
  return { out: plain(said.out), err: plain(said.err), error: plain(said.error) }
}

test('plan: offline, in words', async () => {
  const { out, err, error } = await run('plan')
  expect({ err, error, calls: fake.log }).toEqual({ err: '', error: '', calls: [] })
  expect(out).toMatchInlineSnapshot(`
    "Compared with nothing: no monitor was applied from here yet (there is no .loadwright/monitors.json). --live compares with the tenant

    + shop → https://shop.example.com  to create
        every             5m
        timeout           30s
        probes            Frankfurt, London
        alerts            ProbeFailedExecutionsTooHigh: 2 in 15m
        bundle            <size>, SHA-256 <sha256>
        baked             BASE_URL https://shop.example.com, TIME_BUDGET <time>, ENVIRONMENT monitor
        cost              17,280 executions a month, about <n> series a probe

    17,280 executions a month: 18 % of the 100,000 that are free · about <n> series
    1 to create
    "
  `)
})

test('plan: what changed since the last apply, and what is gone', async () => {
  declare({ shop: LEAST, docs: { ...LEAST, labels: { team: 'a' } } })
  await run('apply')
  declare({ docs: { ...LEAST, labels: { team: 'b' }, every: '1m', probes: ['Paris', 'frankfurt'] } })
  expect((await run('plan')).out).toMatchInlineSnapshot(`
    "Compared with what was last applied (.loadwright/monitors.json, tenant 77). --live compares with the tenant itself

    ~ docs → https://shop.example.com  to change, id 102
        every             5m → 1m
        probes            Frankfurt, London → Paris, frankfurt
        labels            team=a → team=b
        bundle            <size>, SHA-256 <sha256>
        baked             BASE_URL https://shop.example.com, TIME_BUDGET <time>, ENVIRONMENT monitor
        cost              86,400 executions a month, about <n> series a probe
        note              "frankfurt" is no public probe: did you mean "Frankfurt"? (A private one may have any name.)
        note              the config declares no alert, so there may be no notification when it goes down

    - shop → https://shop.example.com  no longer declared, id 101: apply --prune deletes it and its history in the app

    86,400 executions a month: 87 % of the 100,000 that are free · about <n> series
    1 to change · 1 to delete with --prune
    "
  `)
})

test('plan --live --json: as the tenant is', async () => {
  fake.put({ job: 'by hand' })
  const { out } = await run('plan', '--live', '--json')
  expect(JSON.parse(out)).toMatchObject({
    against: 'tenant 77 at <api>',
    monitors: [
      {
        suite: 'shop',
        action: 'create',
        executions: 17_280,
        findings: [],
        timeBudget: timeBudget(30_000),
        sha256: '<sha256>',
      },
    ],
    undeclared: [{ job: 'by hand', own: false }],
    executions: 17_280,
    freeExecutions: 100_000,
  })
  expect(fake.writes()).toEqual([])
})

test('plan: more than is free is told, and exits well', async () => {
  declare({ shop: { ...LEAST, every: '1m', probes: ['Ohio', 'Paris', 'Tokyo'] } })
  const { out, error } = await run('plan')
  expect(error).toBe('')
  expect(out).toContain('129,600 executions a month: 130 % of the 100,000 that are free')
  expect(out).toContain('More than is free')
})

test('apply: adds, keeps, says so, and prints each SHA-256', async () => {
  const first = await run('apply')
  expect(first.out).toBe(
    'created shop → https://shop.example.com, id 101, SHA-256 <sha256>\n1 changed, 0 as they were\n',
  )
  const second = await run('apply')
  expect(second.out).toBe(
    'kept    shop → https://shop.example.com, id 101, SHA-256 <sha256>\nnothing to change: the tenant is as declared\n',
  )
  expect(fake.writes()).toEqual(['POST /check/add', 'PUT /check/101/alerts'])
})

test('apply --dry-run: tells, and changes nothing, not even the state', async () => {
  const { out, err } = await run('apply', '--dry-run')
  expect(out).toContain('+ shop → https://shop.example.com  to create')
  expect(err).toBe('nothing was changed: this was a dry run\n')
  expect(fake.writes()).toEqual([])
  await expect(readFile(join(base.folder, STATE_FILE))).rejects.toThrow(/ENOENT/)
})

test('apply --prune: deletes what is no longer declared, and says what went', async () => {
  declare({ shop: LEAST, docs: LEAST })
  await run('apply')
  declare({ docs: LEAST })
  const without = await run('apply')
  expect(without.err).toBe(
    '- shop → https://shop.example.com  no longer declared, id 101: apply --prune deletes it and its history in the app, which began on 2023-11-14\n\n',
  )
  expect((await run('apply', '--prune')).out).toBe(
    [
      'kept    docs → https://shop.example.com, id 102, SHA-256 <sha256>',
      'deleted shop → https://shop.example.com, id 101: it and its history in the app, which began on 2023-11-14',
      '1 changed, 1 as it was',
      '',
    ].join('\n'),
  )
  expect([...fake.checks.keys()]).toEqual([102])
})

test.each([[['apply']], [['pull']], [['plan', '--live']], [['render', '--live']]])(
  '%j without a token: one sentence, nothing sent',
  async (args) => {
    vi.stubEnv('GRAFANA_SM_ACCESS_TOKEN', '')
    const { out, err, error } = await run(...args)
    expect({ out, err }).toEqual({ out: '', err: '' })
    expect(error).toMatch(/^there is no access token: set GRAFANA_SM_ACCESS_TOKEN.*$/)
    expect(fake.log).toEqual([])
  },
)

test('apply with a wrong token: one sentence', async () => {
  vi.stubEnv('GRAFANA_SM_ACCESS_TOKEN', 'wrong')
  expect((await run('apply')).error).toBe(
    'tenant: the access token is not accepted (401: not authorized). It is wrong or revoked, or GRAFANA_SM_URL (<api>) is the API of another region',
  )
})

test('the token is printed by nothing', async () => {
  const texts: string[] = []
  for (const args of [
    ['plan', '--live'],
    ['apply'],
    ['pull'],
    ['render', '--live'],
    ['render', '--format', 'terraform'],
  ]) {
    const { out, err, error } = await run(...args)
    texts.push(out, err, error)
  }
  expect(texts.join('')).not.toContain(fake.token)
})

test.each(['api', 'terraform', 'gcx'])('render --format %s: printed', async (format) => {
  const { out, error } = await run('render', '--format', format)
  expect(error).toBe('')
  expect(out.length).toBeGreaterThan(200)
  expect(fake.log).toEqual([])
})

test('render --format api: ids of probes from the tenant, or as they were at the last apply', async () => {
  const probesIn = (text: string) =>
    (JSON.parse(text) as { monitors: { check: { probes: unknown } }[] }).monitors[0]?.check.probes
  expect(probesIn((await run('render')).out)).toEqual(['Frankfurt', 'London'])
  const live = await run('render', '--live')
  expect([probesIn(live.out), live.err]).toEqual([[1, 2], ''])
  await run('apply')
  expect(probesIn((await run('render')).out)).toEqual([1, 2])
})

test('render --outdir: the files that were written', async () => {
  const folder = join(base.folder, 'tf')
  const { out } = await run('render', '--format', 'terraform', '--outdir', folder)
  expect(out.split('\n').map((path) => path.replace(folder, ''))).toEqual([
    '/monitors.tf.json',
    '/shop.js',
    '',
  ])
})

test('pull: what somebody changed in the app, and what is not declared', async () => {
  declare({ shop: LEAST, docs: LEAST })
  await run('apply')
  const [shop, docs] = [...fake.checks.values()]
  Object.assign(shop!, { frequency: 60_000, probes: [3] })
  fake.checks.delete(docs!.id)
  fake.put({ job: 'by hand' })
  const { out, err } = await run('pull')
  expect(out).toBe(
    "monitors: { shop: { target: 'https://shop.example.com', probes: ['Ohio'], every: '1m' } },\n",
  )
  expect(err).toMatchInlineSnapshot(`
    "not in the tenant: docs → https://shop.example.com (monitor apply adds it)
    not declared: by hand → https://other.example.com, id 103, somebody else’s
    "
  `)
  expect(JSON.parse((await run('pull', '--json')).out)).toMatchObject({
    monitors: { shop: { probes: ['Ohio'] } },
    missing: [{ job: 'docs' }],
    undeclared: [{ job: 'by hand', own: false }],
  })
})

test('nothing declared is one sentence with what to write', async () => {
  configure({})
  for (const args of [['plan'], ['render'], ['apply'], ['pull']])
    expect((await run(...args)).error).toMatch(
      /^no monitors are declared\. Write into loadwright\.config\.ts: monitors: \{/,
    )
})

test('a suite that there is not is told with what there is', async () => {
  declare({ shpo: LEAST })
  expect((await run('plan')).error).toMatch(
    /^there is no suite "shpo"; suites: docs, shop\. Did you mean "shop"\?$/,
  )
})

test('what breaks the contract of a monitor is told by a plan, and not applied unless it is asked for', async () => {
  const shop = await readFile(join(base.folder, 'suites/shop.ts'), 'utf8')
  const file = join(base.folder, 'suites/big.ts')
  const filler = `Object.assign(globalThis, { filler: '${'x'.repeat(140_000)}' })\n`
  await writeFile(file, shop.replace("'shop'", "'big'").replace('const made', `${filler}const made`))
  declare({ big: LEAST })
  const plan = await run('plan')
  expect(plan.error).toBe('')
  expect(plan.out).toMatch(/^ +error +size: suites\/big\.ts: \S+ bytes: .*$/m)
  const refused = await run('apply')
  expect(refused.error).toMatch(
    /^nothing was applied: what breaks the contract of a monitor is down from the start\.\n {2}big: .*\n--despite-findings applies it all the same$/,
  )
  expect(fake.writes()).toEqual([])
  expect((await run('apply', '--despite-findings')).error).toBe('')
  expect(fake.writes()).toEqual(['POST /check/add'])
  await rm(file)
})
