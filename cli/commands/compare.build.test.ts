import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { leaveRun } from '../../test/doubles/recordedRun.ts'
import { typed } from '../../test/doubles/typed.ts'
import { packMember } from '../record/gzipMember.ts'
import type { Comparison } from '../verdict/index.ts'
import { addCompare } from './compare.ts'
import { addShow } from './show.ts'

const results = mkdtempSync(join(tmpdir(), 'loadwright-compare-'))
afterAll(() => rmSync(results, { recursive: true }))

/** Five runs around 200 ms, one that failed, and one that is slower. */
beforeAll(async () => {
  for (const [index, ms] of [200, 202, 199, 201, 198].entries()) await leaveRun(results, { index, ms })
  await leaveRun(results, { index: 5, ms: 400, verdict: 'fail' })
  await leaveRun(results, {
    index: 6,
    ms: 240,
    metadata: { host: 'ci-2', loadwright: '0.1.0', version: '3' },
  })
})

/** What `loadwright compare …` prints on stdout. */
const compare = (...args: string[]) => printed('compare', ...args)
const printed = async (command: string, ...args: string[]): Promise<string> =>
  (await typed([addCompare, addShow], command, '--results', results, ...args)).text

test('the newest run against those before it that passed: the answer, what differs, the rows', async () => {
  expect(await compare()).toMatchInlineSnapshot(`
    "Worse: p95 of place order +21 % (385 → 465 ms), and 2 more rows
      boutique-20261126T093000-1a2b (pass) against the runs before it: 5 runs

    What differs
      branch: main → none
      commit: 6c37b9d0c2 + changes → none
      host: runner-7 → ci-2
      version: shop 2.4.1 → 3

                        baseline  candidate  change  noise  found from  verdict
    p95 of place order    385 ms     465 ms   +21 %   ±2 %        11 %    worse
    p50 of place order    250 ms     300 ms   +20 %   ±2 %        11 %    worse
    p99 of place order    413 ms     493 ms   +19 %   ±2 %        11 %    worse
    and 1 more row: --all
    "
  `)
})

test('JSON has every row with its reason as data', async () => {
  const { schema, verdict, base, rows } = JSON.parse(await compare('--format', 'json')) as Comparison
  expect({ schema, verdict, runs: base.runs.length }).toEqual({ schema: 1, verdict: 'worse', runs: 5 })
  expect(rows.map(({ quantity, verdict, reason }) => [quantity, verdict, reason.code])).toEqual([
    ['p95', 'worse', 'worse'],
    ['p50', 'worse', 'worse'],
    ['p99', 'worse', 'worse'],
    ['share', 'same', 'within-limits'],
  ])
})

test('Markdown, for a pull request', async () => {
  expect(await compare('--format', 'markdown')).toMatchInlineSnapshot(`
    "## ❌ Worse: p95 of place order +21 % (385 → 465 ms), and 2 more rows

    boutique-20261126T093000-1a2b (pass) against the runs before it: 5 runs

    ### What differs

    - branch: main → none
    - commit: 6c37b9d0c2 + changes → none
    - host: runner-7 → ci-2
    - version: shop 2.4.1 → 3

    |  | baseline | candidate | change | noise | found from | verdict | why |
    | --- | ---: | ---: | ---: | ---: | ---: | --- | --- |
    | p95 of place order | 385 ms | 465 ms | &#8203;+21 % | ±2 % | 11 % | ❌ worse |  |
    | p50 of place order | 250 ms | 300 ms | &#8203;+20 % | ±2 % | 11 % | ❌ worse |  |
    | p99 of place order | 413 ms | 493 ms | &#8203;+19 % | ±2 % | 11 % | ❌ worse |  |

    1 more row in the JSON of \`loadwright compare --format json\`.

    "
  `)
})

test('HTML, one page without a script: the answer, both distributions, the rows', async () => {
  const page = await compare('--format', 'html')
  expect(page).toMatch(/^<!doctype html>/)
  expect(page).toContain('<h1>Worse: p95 of place order +21 % (385 → 465 ms), and 2 more rows</h1>')
  expect(page.match(/<path class="(base|candidate)" d="M[\d.-]+ [\d.-]+ L/g)).toHaveLength(2)
  expect(page).not.toMatch(/<script|NaN|Infinity/)
})

test('two runs by name: figures beside each other', async () => {
  expect(await compare('boutique-20261120', 'boutique-20261124')).toMatch(
    /^Cannot tell: 1 comparable run does not tell how large noise is: 5 are needed\./,
  )
})

test('show says the answer in a line, where there is something to compare a run with', async () => {
  expect(await printed('show')).toContain(
    '\nCompared Worse: p95 of place order +21 % (385 → 465 ms), and 2 more rows (loadwright compare)\n',
  )
  expect(await printed('show', 'boutique-20261120')).not.toContain('Compared')
})

test('what cannot be compared is refused in a sentence', async () => {
  await expect(compare('--format', 'mardown')).rejects.toThrow('Did you mean "markdown"?')
  await expect(compare('boutique-20261120', 'no-such-run')).rejects.toThrow('run: got "no-such-run"')
  await expect(compare('latest')).rejects.toThrow(
    'compare: got boutique-20261126T093000-1a2b on both sides; allowed: two runs',
  )
  const alone = await leaveRun(join(results, 'alone'), { index: 0, ms: 200 })
  await expect(compare('--results', join(results, 'alone'))).rejects.toThrow(
    'compare: got boutique-20261120T093000-1a2b alone; allowed: a comparable run before it that passed',
  )
  const whole = await leaveRun(join(results, 'whole'), { index: 1, ms: 200, judgedPhases: [] })
  await expect(compare(whole, alone)).rejects.toThrow('has no phases')
  writeFileSync(join(whole, 'run.json'), '{"schema":99}')
  await expect(compare(whole, alone)).rejects.toThrow('its schema is 99')
  writeFileSync(join(whole, 'run.json'), '{')
  await expect(compare(whole, alone)).rejects.toThrow('it is no JSON')
  rmSync(join(alone, 'series.ndjson.gz'))
  await expect(compare(join(results, 'boutique-20261120T093000-1a2b'), alone)).rejects.toThrow(
    'its series (series.ndjson.gz) are missing; allowed: a run whose recorded series are whole',
  )
})

test('runs that are not whole are left out, and it is said why; a copy of a folder is no further run', async () => {
  const places = join(results, 'lost')
  const [short = '', other = '', lost = ''] = await Promise.all(
    [1, 2, 3, 4, 5, 6].map((index) => leaveRun(places, { index, ms: 200 })),
  )
  const series = (folder: string): string => join(folder, 'series.ndjson.gz')
  writeFileSync(series(short), readFileSync(series(short)).subarray(0, 300))
  writeFileSync(series(other), await packMember('{"lines":1,"window":10000}\n'))
  rmSync(series(lost))
  cpSync(join(places, 'boutique-20261124T093000-1a2b'), join(places, 'copy'), { recursive: true })
  const text = await compare('--results', places)
  expect(text).toContain(
    [
      'against the runs before it: 2 runs; left out: boutique-20261123T093000-1a2b: its series (series.ndjson.gz) are missing',
      'boutique-20261122T093000-1a2b: its series (series.ndjson.gz) have 0 requests, and run.json has 1200',
      'boutique-20261121T093000-1a2b: its series (series.ndjson.gz) have 0 requests, and run.json has 1200',
    ].join('; '),
  )
  await expect(compare(short, 'latest', '--results', places)).rejects.toThrow('a run that cannot be compared')
})

test('a newer run whose record is damaged is not passed over', async () => {
  const places = join(results, 'newest')
  await leaveRun(places, { index: 1, ms: 200 })
  const newest = await leaveRun(places, { index: 9, ms: 200 })
  writeFileSync(join(newest, 'run.json'), '{')
  await expect(compare('--results', places)).rejects.toThrow(
    `latest: got a run whose record cannot be read: ${newest}: it is no JSON`,
  )
})
