import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import { typed } from '../../test/doubles/typed.ts'
import type { Comparison } from '../verdict/index.ts'
import { addBaseline } from './baseline.ts'
import { addCompare } from './compare.ts'

const root = mkdtempSync(join(tmpdir(), 'loadwright-baseline-'))
afterAll(() => rmSync(root, { recursive: true }))

let [results, baselines] = ['', '']
/** Five runs around 200 ms, and then one that failed. */
beforeEach(async () => {
  const home = mkdtempSync(join(root, 'p-'))
  ;[results, baselines] = [join(home, 'results'), join(home, 'baselines')]
  for (const [index, ms] of [200, 202, 199, 201, 198].entries()) await leaveRun(results, { index, ms })
  await leaveRun(results, { index: 5, ms: 240, verdict: 'fail' })
})

/** What a command prints on stdout. */
async function printed(...args: string[]): Promise<string> {
  const { text, said } = await typed([addBaseline, addCompare], ...args, '--baselines', baselines)
  return text + said
}
const set = (...args: string[]) => printed('baseline', 'set', '--results', results, ...args)
const ROLLING = 'boutique-load-staging'

test('a rolling baseline takes in what passed, and says what did not and why', async () => {
  expect(await set('--dry-run')).toBe(
    `would be kept: ${ROLLING}  rolling  5 runs  2026-11-22 09:30 – 2026-11-22 13:30\nleft out: boutique-20261125T093000-1a2b: its verdict is fail\n`,
  )
  expect(existsSync(baselines)).toBe(false)
  await set()
  expect(readdirSync(baselines)).toEqual([`${ROLLING}.json`])
  rmSync(results, { recursive: true })
  await leaveRun(results, { index: 7, ms: 203 })
  // On a runner only the newest run lies in results: those of before are kept.
  expect(await set('--last', '4')).toMatch(/4 runs/)
  const shown = JSON.parse(await printed('baseline', 'show', '--json')) as { runs: { id: string }[] }
  expect(shown.runs.map(({ id }) => id.slice(0, 17))).toEqual(
    ['7', '4', '3', '2'].map((index) => `boutique-2026112${index}`),
  )
})

test('a pinned one stays as it is', async () => {
  await set('release-1')
  await expect(set('release-1')).rejects.toThrow(
    'a pinned baseline stays as it is. Write it anew with --replace.',
  )
  expect(await set('release-1', '--replace', '--last', '3')).toMatch(/pinned {2}3 runs/)
  expect(await printed('baseline', 'list')).toMatch(/^release-1 {2}pinned {2}3 runs/)
  expect(await printed('baseline', 'show', 'release-1')).toMatch(
    /checkout › place order › steady +group_duration p95 +38\d ms +±\d/,
  )
  expect(await printed('baseline', 'drop', 'release-1', '--dry-run')).toMatch(/^would be removed: /)
  expect(await printed('baseline', 'drop', 'release-1')).toMatch(/^removed: /)
  expect(JSON.parse(await printed('baseline', 'list', '--json'))).toEqual({ baselines: [], damaged: [] })
})

test('a run is compared with a baseline by its name or file, and where it lies alone', async () => {
  await set()
  rmSync(results, { recursive: true })
  await leaveRun(results, { index: 7, ms: 240 })
  const compare = async (...args: string[]) =>
    JSON.parse(await printed('compare', ...args, '--results', results, '--format', 'json')) as Comparison
  for (const args of [[], [ROLLING], [join(baselines, `${ROLLING}.json`)]]) {
    const { verdict, base } = await compare(...args)
    expect([verdict, base.name, base.runs.length]).toEqual(['worse', `baseline ${ROLLING}`, 5])
  }
})

test('runs that are not comparable with those in it do not enter', async () => {
  await set()
  await leaveRun(results, { index: 8, ms: 200, environment: 'prod-sim' })
  await expect(set(ROLLING, '--rolling')).rejects.toThrow(
    'differ from those in "boutique-load-staging" in environment',
  )
  await expect(set('--run', 'boutique-20261125')).rejects.toThrow(
    'boutique-20261125T093000-1a2b does not enter a baseline: its verdict is fail',
  )
  expect(await set('mixed', '--run', 'boutique-20261121', '--run', 'boutique-20261128')).toMatch(
    /1 run .*\nleft out: boutique-20261128T093000-1a2b: it differs in environment\n/,
  )
})

test('what is damaged, foreign or newer is told in a sentence, and left as it is', async () => {
  await set()
  const file = join(baselines, `${ROLLING}.json`)
  const good = readFileSync(file, 'utf8')
  for (const [bad, why] of [
    ['', 'it is no JSON'],
    ['{"a":1}', 'it is no baseline of loadwright'],
    [good.slice(0, good.length / 2), 'it is no JSON'],
    [
      good.replace('"schema":1', '"schema":2'),
      'its schema is 2, and this version of loadwright reads schema 1',
    ],
    [good.replaceAll('"part":2', '"part":"2"'), 'runs[0].measurements[1].part is no number'],
    [good.replaceAll('"values":[', '"values":["x",'), 'is damaged'],
    [good.replaceAll('"unit":"s",', ''), 'is damaged'],
    [good.replace(/("values":\[[^[]*\[)/, '$1999999999,1,'), 'is damaged'],
    [good.replace('"last":8', '"last":0'), 'last is no whole number above 0'],
    [good.replace(/"startedAt":"[^"]+"/, '"startedAt":"soon"'), 'is no time'],
    [good.replace(/\n(\{"id".*\}),?\n/, '\n$1,\n$1,\n'), 'is in it twice'],
  ] as const) {
    writeFileSync(file, bad)
    await expect(set()).rejects.toThrow(why)
    await expect(printed('baseline', 'show')).rejects.toThrow(why)
    expect(readFileSync(file, 'utf8')).toBe(bad)
    expect(await printed('baseline', 'list')).toContain(why)
    await expect(printed('compare', ROLLING, '--results', results)).rejects.toThrow(why)
  }
})

test('two writers at once: one waits for the other, and nothing is lost', async () => {
  await set()
  const lock = join(baselines, `${ROLLING}.json.lock`)
  writeFileSync(lock, '')
  await expect(set()).rejects.toThrow('is being written by another loadwright: try again in a moment')
  await expect(printed('baseline', 'drop', ROLLING)).rejects.toThrow('is being written by another loadwright')
  // The lock of a writer that was killed.
  utimesSync(lock, new Date(0), new Date(0))
  await set()
  expect(readdirSync(baselines)).toEqual([`${ROLLING}.json`])
})

test('what is not there is refused with what there is', async () => {
  await expect(printed('baseline', 'show')).rejects.toThrow('none are in')
  await set('one')
  await expect(printed('baseline', 'show', 'two')).rejects.toThrow('allowed: one')
  await expect(printed('baseline', 'drop', 'two')).rejects.toThrow('allowed: one')
  await expect(set('../up')).rejects.toThrow('baseline: got "../up"')
  await expect(set('one', '--last', 'x')).rejects.toThrow('--last: got "x"')
})
