import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import { typed } from '../../test/doubles/typed.ts'
import { appendAudit, changeBaseline, type RunRecord } from '../record/index.ts'
import { enteringRuns, type History } from '../verdict/index.ts'
import { addHistory } from './history.ts'

const folder = mkdtempSync(join(tmpdir(), 'loadwright-history-'))
const [results, baselines] = [join(folder, 'results'), join(folder, 'baselines')]
const [waivers, audit] = [join(folder, 'waivers.yaml'), join(folder, 'audit.ndjson')]
afterAll(() => rmSync(folder, { recursive: true }))

const OWNED = { metric: 'group_duration{step:place order}', threshold: 'p(95)<430', owner: 'team-orders' }
const DAY_MS = 86_400_000
const idOf = (day: number): string => `boutique-${1000 + day}`

/** A run of a day, of a commit. */
const leave = (day: number, ms: number, more: Partial<RunRecord> = {}): Promise<string> =>
  leaveRun(results, {
    index: 0,
    ms,
    id: idOf(day),
    startedAt: new Date(Date.UTC(2026, 9, 1) + day * DAY_MS).toISOString(),
    reasons: [],
    thresholds: [{ ...OWNED, result: more.verdict === 'fail' ? 'fail' : 'pass' }],
    metadata: { host: 'ci-1', loadwright: '0.1.0', commit: `${day}c0ffee`, version: day < 12 ? '1' : '2' },
    ...more,
  })

/** Twelve runs around 200 ms, then four that are slower, two of which crossed a limit; and one that was killed. */
beforeAll(async () => {
  for (let day = 0; day < 12; day++) await leave(day, 200 + ((day * 7) % 5))
  const crossed = { code: 'threshold-crossed', text: 'crossed', data: {} }
  for (const day of [12, 13]) await leave(day, 250 + day, { verdict: 'fail', reasons: [crossed] })
  await leave(14, 900, {
    verdict: 'invalid',
    reasons: [{ code: 'k6-killed', text: 'k6 was killed', data: {} }],
  })
  for (const day of [15, 16]) await leave(day, 250 + day)
})

/** What `loadwright history …` prints on stdout. */
async function history(...args: string[]): Promise<string> {
  const places = ['--results', results, '--baselines', baselines, '--waivers', waivers, '--audit', audit]
  return (await typed([addHistory], 'history', ...places, ...args)).text
}
const data = async (...args: string[]): Promise<History> =>
  JSON.parse(await history('--format', 'json', ...args)) as History

test('the answer, each change with its commit, the rows, and who answers', async () => {
  expect(await history()).toMatchInlineSnapshot(`
    "1 change in 17 runs: p95 of place order +31 % (391 → 512 ms) at 12c0ffee (2026-10-13), and 2 more rows

    boutique · load · staging: 17 runs, 2026-10-01 to 2026-10-17: 14 passed, 2 failed, 1 invalid
      1 run has no figures, the newest boutique-1014: its verdict is invalid: k6 was killed

      2026-10-13  worse  p95 of place order +31 % (391 → 512 ms) at 12c0ffee (2026-10-13), and 2 more rows
        between boutique-1011 and boutique-1012
        commit: 11c0ffee → 12c0ffee
        version: 1 → 2
        only 4 runs of the new level: the next ones tell more

                                                trend   first     now  change      noise  found from
    p95 of place order              ▁▁▁▁▁▁▁▁▁▁▁▁██ ██  391 ms  512 ms   +31 %       ±1 %       6.7 %
    p50 of place order              ▁▁▁▁▁▁▁▁▁▁▁▁██ ██  252 ms  330 ms   +31 %     ±0.7 %       6.7 %
    p99 of place order              ▁▁▁▁▁▁▁▁▁▁▁▁██ ██  414 ms  539 ms   +30 %     ±0.2 %       6.7 %
    failed requests of place order  ▅▅▅▅▅▅▅▅▅▅▅▅▅▅ ▅▅  0.17 %  0.17 %    none  ±0 points  0.6 points

    Who answers
                 runs  violated  overrides  waived  waivers in force  expired  right again after
    team-orders    16  2 (13 %)          0       0                 0        0             3 days
    "
  `)
})

test('a name that no run has is told', async () => {
  expect((await data('--suite', 'boutqiue')).notes).toEqual([
    'no run has the suite "boutqiue": did you mean "boutique"?',
  ])
  expect((await data('--step', 'place ordr', '--profile', 'load')).notes).toEqual([
    'no run has the step "place ordr": did you mean "place order"?',
  ])
})

test('JSON has it as data: runs, levels, changes, accounts', async () => {
  const { schema, series, accounts } = await data()
  expect(schema).toBe(1)
  expect(series).toMatchObject([
    { figures: 16, hasEnoughRuns: true, changes: [{ verdict: 'worse', places: [11, 12] }] },
  ])
  expect(series[0]!.runs[14]).toEqual({
    id: idOf(14),
    startedAt: '2026-10-15T00:00:00.000Z',
    verdict: 'invalid',
    commit: '14c0ffee',
    version: '2',
    why: 'its verdict is invalid: k6 was killed',
  })
  expect(accounts).toMatchObject([{ owner: 'team-orders', runs: 16, violations: 2, recoveries: 1 }])
})

test('Markdown, for a step summary', async () => {
  const text = await history('--format', 'markdown')
  expect(text).toContain('## 1 change in 17 runs: p95 of place order +31 % (391 → 512 ms) at 12c0ffee')
  expect(text).toMatch(/\| p95 of place order \| ▁{12}██.██ \| 391 ms \| 512 ms \|/)
})

test('HTML is one page without a script, with a trend of each figure and its change', async () => {
  const page = await history('--html')
  expect(page).not.toMatch(/<script/)
  expect(page.match(/<svg class="trend"/g)).toHaveLength(4)
  expect(page.match(/<circle/g)).toHaveLength(4 * 16)
  expect(page.match(/<line class="change worse"/g)).toHaveLength(3)
  expect(page).toContain('<title>boutique-1012 · fail · 12c0ffee · 2 · 508 ms</title>')
  expect(page).toContain('team-orders')
})

test('what a record says is text on the page, not a part of it', async () => {
  const metadata = { host: 'ci-1', loadwright: '0.1.0', commit: '<b>1</b>', version: '"><img src=x>' }
  const other = join(folder, 'other')
  await leaveRun(other, { index: 0, ms: 200, suite: '<script>alert(1)</script>', metadata })
  const page = await history('--html', '--results', other)
  expect(page).not.toMatch(/<script>|<b>1|<img/)
  expect(page).toContain('&lt;script&gt;')
})

test('runs that are only in a baseline are part of the trend', async () => {
  const { runs } = await enteringRuns(results, { named: [idOf(16), idOf(15)], most: 8 })
  const gone = runs.map((run, index) => ({
    ...run,
    id: `gone-${index}`,
    startedAt: '2026-09-01T00:00:00.000Z',
  }))
  await changeBaseline(join(baselines, 'main.json'), () => ({
    name: 'main',
    kind: 'rolling',
    last: 8,
    writtenAt: '2026-10-20T00:00:00.000Z',
    runs: [...runs, ...gone],
  }))
  writeFileSync(join(baselines, 'other.json'), '{"loadwright":"baseline","schema":7}')
  const { series, notes } = await data()
  expect(series[0]!.runs.map(({ id }) => id).slice(0, 3)).toEqual(['gone-0', 'gone-1', idOf(0)])
  expect(series[0]!.figures).toBe(18)
  expect(notes).toEqual([expect.stringMatching(/^left out: .*other\.json: its schema is 7, /)])
  rmSync(baselines, { recursive: true })
})

test('what is chosen: the last runs, one step, another suite', async () => {
  expect((await data('--last', '10')).series[0]!.runs).toHaveLength(10)
  expect((await data('--step', 'no such step')).series[0]!.rows).toEqual([])
  expect(await history('--suite', 'none')).toBe('No runs\nno run has the suite "none"\n')
  expect((await data('--journey', 'checkout')).series[0]!.rows).not.toEqual([])
})

test('waivers and overrides are told; a log that was changed is not trusted, and not hidden', async () => {
  writeFileSync(
    waivers,
    'waivers:\n  - metric: group_duration\n    step: place order\n    limit: +30%\n    reason: half way\n    owner: team-orders\n    approvedBy: lead\n    ticket: SHOP-1\n    expires: 2099-01-01\n',
  )
  const event = {
    at: '2026-10-13T00:00:00.000Z',
    run: idOf(12),
    verdict: 'fail',
    by: {},
    failing: [],
  } as const
  await appendAudit(audit, [
    { ...event, action: 'override', reason: 'must go out', owners: ['team-orders'] },
    { ...event, action: 'override', reason: 'again' },
  ])
  expect((await data()).accounts).toMatchObject([
    { owner: 'team-orders', overrides: 2, inForce: [{ limit: '+30%' }] },
  ])
  writeFileSync(audit, readFileSync(audit, 'utf8').replace('again', 'never'))
  const { accounts, notes } = await data()
  expect(accounts).toMatchObject([{ overrides: 1 }])
  expect(notes).toEqual([
    `${audit} cannot be trusted from line 2 on: it was changed after it had been written. Overrides and uses of waivers are those before it.`,
  ])
  writeFileSync(waivers, 'waivers: 7\n')
  expect((await data()).notes[0]).toMatch(/^waivers are left out: /)
})

test('a log and waivers that cannot be read are named, and the trend is there', async () => {
  const { notes, series } = await data('--audit', folder, '--waivers', folder)
  expect(notes).toEqual([
    `waivers are left out: ${folder} cannot be read: EISDIR`,
    `overrides and uses of waivers are left out: ${folder} cannot be read: EISDIR`,
  ])
  expect(series[0]!.figures).toBe(16)
})

test('records that are damaged or newer are named and left out', async () => {
  for (const [name, text] of [
    ['cut', '{"schema": 2, "id": "sh'],
    ['newer', '{"schema": 99}'],
  ] as const) {
    mkdirSync(join(results, name))
    writeFileSync(join(results, name, 'run.json'), text)
  }
  const { notes, series } = await data()
  expect(notes.filter((note) => note.startsWith('left out'))).toEqual([
    expect.stringMatching(/cut: it is no JSON/),
    expect.stringMatching(/newer: its schema is 99/),
  ])
  expect(series[0]!.figures).toBe(16)
})

test.each([
  [['--last', '0'], '--last: got "0"; allowed: a whole number from 1 to 500'],
  [['--since', 'soon'], '--since: got "soon"; allowed: a duration such as 24h or 90d'],
  [['--format', 'htlm'], '--format: got "htlm"; allowed: '],
  [['--html', '--format', 'json'], '--html: got --format json beside it; allowed: one of both'],
])('%j is refused', async (args, message) => {
  await expect(history(...args)).rejects.toThrow(message)
})
