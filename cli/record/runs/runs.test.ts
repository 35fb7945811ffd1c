import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reasonOf } from '../reason.ts'
import type { RunRecord } from '../runRecord.ts'
import { damageOf } from './damage.ts'
import { findRun } from './find.ts'
import { listRuns, readResults } from './list.ts'
import { damagedText, filterRuns, runsText } from '../../report/index.ts'
import { notEnded, openRun } from '../../verdict/index.ts'

let results = ''
beforeEach(() => {
  results = mkdtempSync(join(tmpdir(), 'loadwright-runs-'))
})
afterEach(() => rmSync(results, { recursive: true }))

const record = (id: string, more: Partial<RunRecord> = {}): Partial<RunRecord> => ({
  schema: 2,
  id,
  suite: 'shop',
  bundle: { file: 'dist/shop.js', sha256: '' },
  profile: 'smoke',
  environment: 'dev',
  target: 'https://shop.example',
  state: 'ended',
  verdict: 'pass',
  reasons: [reasonOf('thresholds-held', '7 thresholds held', { thresholds: 7 })],
  startedAt: '2026-11-22T01:00:00.000Z',
  endedAt: '2026-11-22T01:00:25.000Z',
  journeys: [],
  judgedPhases: [],
  settings: {},
  thresholds: [],
  checks: [],
  failures: [],
  problems: [],
  faults: [],
  badRows: [],
  failedRequests: [],
  load: { replaced: false, singlePass: false },
  variables: [],
  instances: [{ k6: { version: 'v2.2.0', path: '/k6', command: ['run'] } }],
  totals: { iterations: 5, dropped: 0, requests: 31, checks: 38, failedChecks: 0 },
  ...more,
})

function left(id: string, content: Partial<RunRecord> | string = record(id)): string {
  const folder = join(results, id)
  mkdirSync(folder)
  writeFileSync(join(folder, 'run.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return folder
}

test('runs are listed, the newest first, and what is no run is left out', async () => {
  left('shop-1')
  left('shop-2', record('shop-2', { startedAt: '2026-11-22T02:00:00.000Z', verdict: 'fail' }))
  left('broken', '{"id": "bro')
  left('other', '"text"')
  left('odd', { id: 'odd', startedAt: '2026-11-22T03:00:00.000Z' })
  left('earlier', { ...record('earlier'), schema: 1 as never, reasons: ['7 thresholds held'] as never })
  left('later', record('later', { schema: 3 as never }))
  left('none', '{}')
  mkdirSync(join(results, 'empty'))
  const runs = await listRuns(results)
  expect(runs).toMatchObject([
    { id: 'shop-2', verdict: 'fail' },
    { id: 'shop-1', verdict: 'pass', seconds: 25, requests: 31 },
  ])
  expect(runs).toHaveLength(2)
  expect(await listRuns(join(results, 'nowhere'))).toEqual([])
})

test('a list can be asked for what is meant', async () => {
  left('a', record('a', { suite: 'cart' }))
  left('b', record('b', { profile: 'load', verdict: 'invalid' }))
  left('c', record('c', { startedAt: '2026-11-21T01:00:00.000Z' }))
  const runs = await listRuns(results)
  const ids = (wanted: Parameters<typeof filterRuns>[1]) => filterRuns(runs, wanted).map(({ id }) => id)
  expect(ids({ suite: 'cart' })).toEqual(['a'])
  expect(ids({ profile: 'load', verdict: 'invalid' })).toEqual(['b'])
  expect(ids({ after: Date.parse('2026-11-22T00:00:00Z') })).toEqual(['b', 'a'])
  expect(runsText(filterRuns(runs, { suite: 'cart' }), { all: 3, results })).toMatch(
    /^verdict +run .*\npass +a .*\nand 2 more: --limit 3$/,
  )
  expect(runsText([], { all: 0, results: 'results' })).toBe('no runs like that under results')
})

test('a run is found by latest, its id, the beginning of it, its folder, its file', async () => {
  const one = left('shop-20261122-1a2b')
  const two = left(
    'shop-20261123-3c4d',
    record('shop-20261123-3c4d', { startedAt: '2026-11-23T01:00:00.000Z' }),
  )
  expect(await findRun(results)).toBe(two)
  expect(await findRun(results, 'latest')).toBe(two)
  expect(await findRun(results, 'shop-20261122-1a2b')).toBe(one)
  expect(await findRun(results, 'shop-20261122')).toBe(one)
  expect(await findRun(results, one)).toBe(one)
  expect(await findRun(results, join(one, 'run.json'))).toBe(one)
})

test.each([
  ['shop', 'allowed: one of the 2 whose ids begin so. Write more of it: shop-b, shop-a.'],
  ['shop-c', 'allowed: latest, or the id of a run (see loadwright runs). Did you mean shop-b?'],
  ['no/where', 'allowed: a folder with a run.json in it'],
])('%s is no run, and it is said what is', async (name, sentence) => {
  left('shop-a')
  left('shop-b')
  await expect(findRun(results, name)).rejects.toThrow(sentence)
})

test('where there are no runs, the first is to be made', async () => {
  await expect(findRun(results)).rejects.toThrow('Make a run first: loadwright run.')
})

test('a run that was cut short opens with what is known of it, and is invalid', async () => {
  const { endedAt: _, ...cut } = record('cut', {
    state: 'running',
    verdict: 'invalid',
    exitCode: 96,
    reasons: notEnded(),
    journeys: [],
  })
  const folder = left('cut', cut)
  const failure = JSON.stringify({ loadwright: 'failure', kind: 'error', what: 'boom', vu: 1, count: 2 })
  const later = failure.replace('"boom"', '"later"').replace('"vu"', `"at":${Date.parse('2100-01-01')},"vu"`)
  writeFileSync(
    join(folder, 'k6.log'),
    [failure, later].map((text) => `time="" level=warning msg=${JSON.stringify(text)}\n`).join(''),
  )
  // A k6 that outlived its command told of more than was recorded.
  const metrics = { iterations: { count: 99 }, http_reqs: { count: 99 } }
  writeFileSync(join(folder, 'k6-summary.json'), JSON.stringify({ metrics }))
  const opened = await openRun(results, 'cut')
  expect(opened.record.failures).toHaveLength(1)
  expect(opened.record).toMatchObject({ totals: { iterations: 0, requests: 0 }, thresholds: [] })
  expect(opened.record).toMatchObject({
    state: 'running',
    verdict: 'invalid',
    exitCode: 96,
    failures: [{ what: 'boom' }],
    reasons: [
      {
        code: 'run-not-ended',
        text: 'the run is still running, or was killed: its figures go up to 0 s',
        data: { seconds: 0 },
      },
    ],
  })
  expect(opened.record).not.toHaveProperty('endedAt')
})

test('what is damaged is told, with the place in it', async () => {
  left('shop-1')
  left('text', '{"id": "bro')
  left('odd', record('odd', { totals: { ...record('odd').totals, requests: '5' } as never }))
  left('steps', record('steps', { journeys: [{ name: 'a', started: 1, completed: 1, failed: 0 }] as never }))
  left('earlier', { ...record('earlier'), schema: 1 as never, reasons: ['7 thresholds held'] as never })
  left('later', record('later', { schema: 3 as never }))
  left('none', '{}')
  const { runs, damaged } = await readResults(results)
  expect(runs.map(({ id }) => id)).toEqual(['shop-1'])
  const why: Record<string, string> = Object.fromEntries(
    damaged.map((one) => [one.folder.replace(/.*\//, ''), one.why] as const),
  )
  const { text, ...others } = why
  expect(others).toEqual({
    earlier:
      'its schema is 1, and this version of loadwright reads schema 2: run the test again, or read it with the version that wrote it',
    later: expect.stringMatching(/^its schema is 3, and this version/) as string,
    none: expect.stringMatching(/^it names no schema that is a number, and this version/) as string,
    odd: 'totals.requests is no number',
    steps: 'journeys[0].steps is no list',
  })
  expect(text).toMatch(/^it is no JSON: /)
  expect(damagedText(damaged)).toMatch(/^damaged {2}.*odd: run\.json: totals\.requests is no number$/m)
  await expect(openRun(results, join(results, 'odd'))).rejects.toThrow(/reads: totals\.requests is no number/)
  await expect(listRuns(join(results, 'odd', 'run.json'))).rejects.toThrow(/--results: .*It is a file/)
})

test('a record that a run leaves is whole', () => {
  expect(damageOf(record('a'))).toBeUndefined()
  for (const value of [undefined, 5, [], {}, 'x']) expect(damageOf(value)).toBeDefined()
  const declared = { metrics: [], pools: [], scenarios: {}, phases: {} }
  expect(damageOf({ ...record('a'), declared: { ...declared, owners: 'x' } })).toContain('declared.owners')
  const threshold = { metric: 'checks', threshold: 'rate>0.9', result: 'pass', owner: 5 }
  expect(damageOf({ ...record('a'), thresholds: [threshold] })).toContain('owner')
})

test('a run whose record has moved to another disk is listed and found from its first folder', async () => {
  const other = left('shop-1')
  const elsewhere = join(results, 'tmp')
  mkdirSync(join(elsewhere, 'results', 'shop-1'), { recursive: true })
  writeFileSync(join(elsewhere, 'results', 'shop-1', 'moved.txt'), `${other}\n`)
  const first = join(elsewhere, 'results')
  expect(await listRuns(first)).toMatchObject([{ id: 'shop-1', folder: other }])
  expect(await findRun(first)).toBe(other)
  expect(await findRun(first, join(first, 'shop-1'))).toBe(other)
  writeFileSync(join(first, 'shop-1', 'moved.txt'), join(results, 'nowhere'))
  expect(await listRuns(first)).toEqual([])
})
