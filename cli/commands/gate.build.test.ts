import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import { typed } from '../../test/doubles/typed.ts'
import type { AuditEntry, RunRecord } from '../record/index.ts'
import { enteringRuns, type Comparison, type Decision } from '../verdict/index.ts'
import { addAudit } from './audit.ts'
import { addBaseline } from './baseline.ts'
import { addCompare } from './compare.ts'
import { addGate } from './gate.ts'
import { addShow } from './show.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-gate-'))
const results = join(folder, 'results')
const waivers = join(folder, 'waivers.yaml')
const audit = join(folder, 'audit.ndjson')
afterAll(() => rmSync(folder, { recursive: true }))

const METADATA = { host: 'ci-2', loadwright: '0.1.0' }
const HELD = { reasons: [], thresholds: [] }

/** Five runs around 200 ms, one like them, and one that is slower. */
beforeAll(async () => {
  for (const [index, ms] of [200, 202, 199, 201, 198].entries())
    await leaveRun(results, { index, ms, ...HELD })
  await leaveRun(results, { index: 5, ms: 200, metadata: METADATA, ...HELD })
  await leaveRun(results, { index: 6, ms: 240, metadata: METADATA, ...HELD })
})

/** What `loadwright gate …` prints on stdout, and its exit code. */
const gate = (...args: string[]) => printed('gate', '--results', results, '--waivers', waivers, ...args)
const printed = (...args: string[]) => typed([addGate, addAudit], ...args, '--audit', audit)

/** A file that the gate left beside the newest run. */
const kept = (name: string): string =>
  readFileSync(join(results, 'boutique-20261126T093000-1a2b', name), 'utf8')

const waive = (expires: string): void =>
  writeFileSync(
    waivers,
    `waivers:\n  - metric: group_duration\n    step: place order\n    limit: +30%\n    reason: migration half way\n    owner: team-shop\n    approvedBy: lead\n    ticket: SHOP-1\n    expires: ${expires}\n`,
  )

test('the same passes', async () => {
  const { text, code } = await gate('boutique-20261125')
  expect(code).toBe(0)
  expect(text).toMatch(/^Pass: /)
})

test('a step that is slower fails, by name', async () => {
  const { text, code } = await gate()
  expect(code).toBe(99)
  expect(text).toMatchInlineSnapshot(`
    "Fail: worse: p95 of place order 465 ms > 413 ms (baseline 385 ms, +21 %), and 2 more reasons
      boutique-20261126T093000-1a2b (pass) against the runs before it: 6 runs

      worse: p95 of place order 465 ms > 413 ms (baseline 385 ms, +21 %)
      worse: p50 of place order 300 ms > 268 ms (baseline 250 ms, +20 %)
      worse: p99 of place order 493 ms > 443 ms (baseline 413 ms, +19 %)
    4 figures judged: --all
    "
  `)
})

test('what a preset tolerates of its own runs passes, up to that limit', async () => {
  const preset = (limit: string): void =>
    writeFileSync(
      join(folder, 'presets/boutique.yaml'),
      `environment: staging
requests: [{ path: / }]
tolerances: [{ metric: group_duration, step: place order, limit: ${limit}, owner: team-orders }]
`,
    )
  mkdirSync(join(folder, 'presets'))
  onTestFinished(() => rmSync(join(folder, 'presets'), { recursive: true }))
  const cwd = vi.spyOn(process, 'cwd').mockReturnValue(folder)
  onTestFinished(() => cwd.mockRestore())
  preset('+30%')
  expect(await gate()).toMatchObject({ code: 0, text: expect.stringMatching(/^Pass: /) as string })
  preset('+10%')
  const { code, text } = await gate()
  expect([code, text]).toEqual([99, expect.stringContaining('team-orders')])
})

test('JSON has the reasons and cases as data, and is kept beside the run', async () => {
  const { verdict, reasons, cases } = JSON.parse((await gate('--format', 'json')).text) as Decision
  expect({ verdict, codes: reasons.map(({ code }) => code), cases: cases.length }).toEqual({
    verdict: 'fail',
    codes: ['regression', 'regression', 'regression'],
    cases: 4,
  })
  expect((JSON.parse(kept('gate.json')) as Decision).verdict).toBe('fail')
})

test('waivers that are named and cannot be read are refused', async () => {
  const other = (file: string) => printed('gate', '--results', results, '--waivers', file)
  await expect(other(folder)).rejects.toThrow(`${folder} cannot be read: EISDIR`)
  await expect(other('mine.yaml')).rejects.toThrow('mine.yaml cannot be read: ENOENT')
  // As a device that never ends.
  const endless = join(folder, 'endless.yaml')
  writeFileSync(endless, Buffer.alloc(1024 * 1024 + 1))
  await expect(other(endless)).rejects.toThrow('endless.yaml cannot be read: it has more than 1 MiB')
})

test('JUnit has a case for each row, with its figures', async () => {
  const { text } = await gate('--format', 'junit')
  expect(kept('gate.xml')).toBe(text)
  expect(text).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="gate of boutique" tests="5" failures="4" errors="0" skipped="0" time="0.000">
      <testsuite name="gate of boutique" tests="1" failures="1" errors="0" skipped="0" time="0.000" timestamp="2026-11-22T15:30:00">
        <properties>
          <property name="run.id" value="boutique-20261126T093000-1a2b"/>
          <property name="verdict" value="fail"/>
          <property name="environment" value="staging"/>
          <property name="profile" value="load"/>
          <property name="baseline" value="the runs before it"/>
        </properties>
        <testcase classname="gate of boutique" name="gate" time="0.000">
          <failure message="Fail: worse: p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %), and 2 more reasons" type="fail">worse: p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %)
    worse: p50 of place order 300 ms &gt; 268 ms (baseline 250 ms, +20 %)
    worse: p99 of place order 493 ms &gt; 443 ms (baseline 413 ms, +19 %)</failure>
        </testcase>
      </testsuite>
      <testsuite name="checkout" tests="4" failures="3" errors="0" skipped="0" time="0.000" timestamp="2026-11-22T15:30:00">
        <properties>
          <property name="run.id" value="boutique-20261126T093000-1a2b"/>
          <property name="verdict" value="fail"/>
          <property name="environment" value="staging"/>
          <property name="profile" value="load"/>
          <property name="baseline" value="the runs before it"/>
        </properties>
        <testcase classname="checkout.place order" name="p95 of place order" time="0.000">
          <failure message="p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %)" type="worse">p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %)</failure>
        </testcase>
        <testcase classname="checkout.place order" name="p50 of place order" time="0.000">
          <failure message="p50 of place order 300 ms &gt; 268 ms (baseline 250 ms, +20 %)" type="worse">p50 of place order 300 ms &gt; 268 ms (baseline 250 ms, +20 %)</failure>
        </testcase>
        <testcase classname="checkout.place order" name="p99 of place order" time="0.000">
          <failure message="p99 of place order 493 ms &gt; 443 ms (baseline 413 ms, +19 %)" type="worse">p99 of place order 493 ms &gt; 443 ms (baseline 413 ms, +19 %)</failure>
        </testcase>
        <testcase classname="checkout.place order" name="failed requests of place order" time="0.000">
          <system-out>failed requests of place order: +0 points is not more than 0.5 points</system-out>
        </testcase>
      </testsuite>
    </testsuites>
    "
  `)
})

test('Markdown, for a pull request', async () => {
  const { text } = await gate('--format', 'markdown')
  expect(kept('gate.md')).toBe(text)
  expect(text).toMatchInlineSnapshot(`
    "## ❌ Fail: worse: p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %), and 2 more reasons

    boutique-20261126T093000-1a2b (pass) against the runs before it: 6 runs

    - worse: p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %)
    - worse: p50 of place order 300 ms &gt; 268 ms (baseline 250 ms, +20 %)
    - worse: p99 of place order 493 ms &gt; 443 ms (baseline 413 ms, +19 %)

    |  | figure | waiver |
    | --- | --- | --- |
    | ❌ failed | p95 of place order 465 ms &gt; 413 ms (baseline 385 ms, +21 %) |  |
    | ❌ failed | p50 of place order 300 ms &gt; 268 ms (baseline 250 ms, +20 %) |  |
    | ❌ failed | p99 of place order 493 ms &gt; 443 ms (baseline 413 ms, +19 %) |  |
    | ✅ held | failed requests of place order: +0 points is not more than 0.5 points |  |

    "
  `)
})

test('a waiver is honoured and printed; its run enters no baseline; an expired one holds no more', async () => {
  waive('2099-01-01')
  const allowed = await gate()
  expect(allowed.code).toBe(0)
  expect(allowed.text).toContain('waived: p95 of place order 465 ms > ')
  expect((await gate('--format', 'junit')).text).toContain('<skipped message="waived: p95 of place order')
  const { leftOut } = await enteringRuns(results, { named: [], most: 8 })
  expect(leftOut).toEqual([
    { id: 'boutique-20261126T093000-1a2b', why: 'the gate let it through under a waiver' },
  ])
  writeFileSync(waivers, readFileSync(waivers, 'utf8').replace('+30%', '+10%'))
  const exceeded = await gate()
  expect(exceeded.code).toBe(99)
  expect(exceeded.text).toContain(
    'not waived: p95 of place order: the waiver allows +10% (SHOP-1, team-shop), which is exceeded',
  )
  waive('2020-01-01')
  const expired = await gate()
  expect(expired.code).toBe(99)
  expect(expired.text).toContain('expired on 2020-01-01')
  rmSync(waivers)
  expect((await enteringRuns(results, { named: [], most: 8 })).leftOut).toMatchObject([
    { why: 'the gate did not let it through' },
  ])
  expect((await enteringRuns(results, { named: ['latest'], most: 8 })).leftOut).toEqual([])
  writeFileSync(
    join(results, 'boutique-20261126T093000-1a2b', 'gate.json'),
    JSON.stringify({ verdict: 'inconclusive', reasons: [{ code: 'borderline' }], cases: [] }),
  )
  expect((await enteringRuns(results, { named: [], most: 8 })).leftOut).toMatchObject([
    { why: 'the gate could not tell whether it is worse' },
  ])
})

test('each use of a waiver, and what is approved, is in the audit log, which shows that it was changed', async () => {
  rmSync(audit, { force: true })
  expect((await gate('boutique-20261125')).code).toBe(0)
  expect((await printed('audit', 'show')).text).toBe(`no entries in ${audit}\n`)
  waive('2099-01-01')
  await gate()
  rmSync(waivers)
  const approved = await gate('--approve', 'release must go out')
  expect(approved.code).toBe(0)
  expect(approved.text).toMatch(/^Fail: .*\nApproved in spite of this by .+: release must go out\n/)
  const entries = JSON.parse((await printed('audit', 'show', '--json')).text) as AuditEntry[]
  expect(
    entries.map(({ action, verdict, reason, failing }) => [action, verdict, reason, failing.length]),
  ).toEqual([
    ['waiver', 'pass', 'migration half way', 3],
    ['override', 'fail', 'release must go out', 3],
  ])
  expect((await printed('audit', 'show')).text).toContain('override')
  const { text } = await printed('audit', 'verify')
  expect(text).toContain(': as it was written, 2 entries; the last is ')
  const [first = '', second = ''] = readFileSync(audit, 'utf8').split('\n')
  writeFileSync(audit, `${first}\n`)
  const last = entries[1]?.hash ?? ''
  await expect(printed('audit', 'verify', '--has', last)).rejects.toThrow('got a log without this entry')
  writeFileSync(audit, `${first}\n${second.replace('release must go out', 'nothing to see')}\n`)
  await expect(printed('audit', 'verify')).rejects.toThrow('line 2: got a line that cannot be trusted')
  await expect(gate('--approve', 'again')).rejects.toThrow('line 2: ')
  await expect(gate('--approve', ' ')).rejects.toThrow('--approve: got nothing')
})

test('a second run is pooled with the first', async () => {
  const { text, code } = await gate('boutique-20261125', '--confirm', 'boutique-20261126')
  expect(code).toBe(99)
  expect(text).toContain('with boutique-20261126T093000-1a2b against')
  // What both decided is kept beside both: neither enters a baseline by itself.
  expect(JSON.parse(kept('gate.json'))).toMatchObject({
    run: { id: 'boutique-20261125T093000-1a2b' },
    cases: [],
  })
  expect((await enteringRuns(results, { named: [], most: 8 })).leftOut.map(({ why }) => why)).toEqual([
    'the gate did not let it through',
    'the gate did not let it through',
  ])
  await expect(gate('boutique-20261126', '--confirm', 'boutique-20261125')).rejects.toThrow(
    '--confirm: got boutique-20261125T093000-1a2b, which was made before it; allowed: a later run of the same as',
  )
})

test('what cannot be gated is refused in a sentence', async () => {
  await expect(gate('--format', 'xml')).rejects.toThrow('--format: got "xml"')
  for (const flag of ['--baselines', '--audit', '--waivers', '--results'])
    await expect(typed([addGate], 'gate', '--results', results, flag, '')).rejects.toThrow(
      `${flag}: got nothing`,
    )
  await expect(gate('no-such-run')).rejects.toThrow('run: got "no-such-run"')
  await expect(gate('--confirm', 'latest')).rejects.toThrow('--confirm: got the run itself')
  await expect(gate('--baseline', 'no-such')).rejects.toThrow(
    /got "no-such"; allowed: [^]*\nNor is there a baseline baselines\/no-such\.json$/,
  )
  await expect(typed([addAudit], 'audit', 'verify', '--audit', join(folder, 'none'))).rejects.toThrow(
    'allowed: a log that gates have written',
  )
  writeFileSync(waivers, 'waivers: 3')
  await expect(gate()).rejects.toThrow('allowed: waivers: and a list')
  rmSync(waivers)
  const broken = await leaveRun(join(folder, 'broken'), { index: 1, ms: 200 })
  for (const text of ['', '{', '[]', '{"schema":99}']) {
    writeFileSync(join(broken, 'run.json'), text)
    await expect(gate(broken)).rejects.toThrow('no record that this version of loadwright reads')
  }
})

test('a run of which nothing was recorded is judged by its thresholds, and one whose series are lost is refused', async () => {
  const lost = await leaveRun(join(folder, 'lost'), { index: 7, ms: 200, ...HELD })
  rmSync(join(lost, 'series.ndjson.gz'))
  await expect(gate(lost)).rejects.toThrow('its series (series.ndjson.gz) are missing')
  const { agreement: _, ...record } = JSON.parse(readFileSync(join(lost, 'run.json'), 'utf8')) as RunRecord
  writeFileSync(join(lost, 'run.json'), JSON.stringify(record))
  const { text, code } = await gate(lost)
  expect(code).toBe(0)
  expect(text).toContain('nothing of this run was recorded, so that it was not compared')
})

test('a run of the baseline that is not whole is told, and a damaged baseline is not passed over', async () => {
  const places = join(folder, 'alone')
  const [first = '', second = ''] = await Promise.all(
    [1, 2].map((index) => leaveRun(places, { index, ms: 200, ...HELD })),
  )
  rmSync(join(first, 'series.ndjson.gz'))
  const typedThere = (...args: string[]) => printed('gate', second, '--results', places, ...args)
  const { text } = await typedThere('--baselines', 'none')
  expect(text).toContain('left out of the baseline: boutique-20261121T093000-1a2b')
  expect(text).toContain(`no comparable run in ${places} and none to compare it with`)
  const baselines = join(folder, 'baselines')
  mkdirSync(baselines)
  writeFileSync(join(baselines, 'main.json'), '<<<<<<< HEAD')
  await expect(typedThere('--baselines', baselines)).rejects.toThrow('main.json: got no baseline')
  await expect(typedThere('--baselines', join(baselines, 'main.json'))).rejects.toThrow('It is a file.')
})

test('a run that a person took into the baseline is the level from then on, though older runs lie in the results', async () => {
  const home = join(folder, 'level')
  const [places, baselines] = [join(home, 'results'), join(home, 'baselines')]
  const there = (...args: string[]) =>
    typed([addGate, addBaseline, addCompare], ...args, '--results', places, '--baselines', baselines)
  const gated = async () => (await there('gate', '--audit', audit)).code
  for (const [index, ms] of [200, 202, 199, 201, 198].entries())
    await leaveRun(places, { index, ms, ...HELD })
  await there('baseline', 'set')
  await leaveRun(places, { index: 6, ms: 300, ...HELD })
  expect(await gated()).toBe(99)
  const set = ['baseline', 'set', 'boutique-load-staging', '--rolling']
  await there(...set, '--run', 'latest')
  await leaveRun(places, { index: 7, ms: 301, ...HELD })
  // Both levels are noise now.
  expect(await gated()).toBe(95)
  const runs = async () =>
    (JSON.parse((await there('compare', '--format', 'json')).text) as Comparison).base.runs
  expect(await runs()).toHaveLength(6)
  await there(...set, '--run', 'boutique-20261126', '--replace')
  expect(await runs()).toEqual([expect.stringContaining('boutique-20261126')])
  expect(await gated()).toBe(0)
})

test('a baseline of other conditions does not switch the gate off: it says what changed, until the baseline is made anew', async () => {
  const home = join(folder, 'moved')
  const [places, baselines] = [join(home, 'results'), join(home, 'baselines')]
  const there = (...args: string[]) =>
    typed([addGate, addBaseline, addShow], ...args, '--results', places, '--baselines', baselines)
  const gated = async () => {
    const { text, code } = await there('gate', '--audit', audit)
    return [code, text.split('\n')[0]]
  }
  for (const [index, ms] of [200, 202, 199, 201, 198].entries())
    await leaveRun(places, { index, ms, ...HELD })
  await there('baseline', 'set')
  rmSync(places, { recursive: true })
  await leaveRun(places, { index: 6, ms: 300, ...HELD, target: 'https://new.example.com' })
  const told =
    'baseline boutique-load-staging is of other conditions: target was https://shop.staging.example.com, and is https://new.example.com'
  const anew = ['baseline', 'set', 'boutique-load-staging', '--rolling', '--replace']
  expect(await gated()).toEqual([
    95,
    `Inconclusive: ${told}: nothing was compared. If that is so for good, start a new one: loadwright ${anew.join(' ')} --baselines ${baselines}`,
  ])
  expect((await there('show')).text).toContain(`Not compared: ${told}`)
  expect((await there('gate', '--inconclusive', 'pass', '--audit', audit)).code).toBe(0)
  await expect(there('baseline', 'set')).rejects.toThrow('target')
  await there(...anew)
  await leaveRun(places, { index: 7, ms: 300, ...HELD, target: 'https://new.example.com' })
  expect(await gated()).toEqual([0, expect.stringMatching(/^Pass: /)])
})
