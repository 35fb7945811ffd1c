import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { packMember } from '../../record/gzipMember.ts'
import { diskFolder, type MeasuredRun, type Measurement } from '../../record/index.ts'
import { pooled } from '../gate/pooled.ts'
import { burstsOf, withBursts } from './bursts.ts'
import { compareRuns } from './compare.ts'

const WINDOW = 10_000
const AT = { journey: 'checkout', step: 'place order', phase: 'steady' } as const

/** Thirty windows of 66 requests and a short one, of which so many failed. */
const windows = (failed: (window: number) => number) =>
  Array.from({ length: 31 }, (_, at) => ({ at: at * WINDOW, failed: failed(at), of: at < 30 ? 66 : 2 }))
const spread = (window: number): number => (window % 3 === 1 ? 2 : 0)
const inSecond = (failures: number) => (window: number) => (window === 7 ? failures : 0)

/** What one run measured of a share whose failures lie so. */
function run(failed: (window: number) => number): MeasuredRun {
  const own = windows(failed)
  const counts = { part: own.reduce((sum, one) => sum + one.failed, 0), of: 1982 }
  const share: Measurement = { ...AT, metric: 'http_req_failed', kind: 'share', ...counts }
  return madeUpRun([counts.part > 0 ? { ...share, ...burstsOf(own, WINDOW, counts) } : share])
}
const clean = Array.from({ length: 8 }, () => run(() => 0))
const row = (candidate: MeasuredRun, base = clean) => compareRuns(base, candidate, 'before').rows[0]!
const told = (...args: Parameters<typeof row>) => `${row(...args).verdict}: ${row(...args).reason.code}`

test('failures of one second after runs without any are one event: open, with the reason; spread ones are worse', () => {
  expect(told(run(inSecond(13)))).toBe('cannot tell: failures-together')
  expect(row(run(inSecond(13))).reason.text).toBe(
    '+0.66 points, but most failures came within 10 s, and may be one event: run again',
  )
  // An outage on both sides of the edge of a window, and one of twenty seconds.
  expect(told(run((window) => ([7, 8].includes(window) ? 7 : 0)))).toBe('cannot tell: failures-together')
  expect(told(run((window) => ([7, 8].includes(window) ? 66 : 0)))).toBe('cannot tell: failures-together')
  expect(told(run(spread))).toBe('worse: worse')
  // A third of the run is no event.
  expect(told(run((window) => (window >= 20 && window < 30 ? 66 : 0)))).toBe('worse: worse')
  expect(told(run(inSecond(4)))).toBe('same: within-limits')
})

test('a second run tells: failures that come together in each of both are worse, in one of them they are not', () => {
  const burst = run(inSecond(13))
  expect(told(pooled(burst, run(inSecond(15))))).toBe('worse: worse')
  expect(
    told(
      pooled(
        run(inSecond(40)),
        run(() => 0),
      ),
    ),
  ).toBe('cannot tell: failures-together')
  expect(
    row(
      pooled(
        run(inSecond(40)),
        run(() => 0),
      ),
    ).reason.text,
  ).toContain('came in one of two runs')
  expect(
    told(
      pooled(
        burst,
        run(() => 0),
      ),
    ),
  ).toBe('same: within-limits')
})

test('where nothing tells how failures lie in time, few more of them are no finding', () => {
  const unknown = (part: number): MeasuredRun =>
    madeUpRun([{ ...AT, metric: 'http_req_failed', kind: 'share', part, of: 1982 }])
  expect(told(unknown(13))).toBe('cannot tell: failures-together')
  expect(row(unknown(13)).reason.text).toContain('it is not known when the failures came')
  expect(told(unknown(40))).toBe('worse: worse')
})

test('a baseline whose runs have bursts makes as many in the candidate nothing new', () => {
  const bursts = Array.from({ length: 8 }, (_, at) => run(inSecond(at % 2 === 0 ? 12 : 1)))
  expect(told(run(inSecond(24)), bursts)).toMatch(/too-noisy|within-limits/)
  expect(told(run(inSecond(14)), bursts)).toMatch(/too-noisy|within-limits/)
})

test('how failures lie in time is read of the run: of requests, of checks by their step, of own rates', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'loadwright-bursts-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const tags = { ...AT, scenario: 'browsers' }
  const series = [
    ['k6_http_reqs_total', { ...tags, expected_response: 'true' }],
    ['k6_http_reqs_total', { ...tags, expected_response: 'false' }],
    ['k6_checks_succeeded_total', tags],
    ['k6_checks_failed_total', tags],
    ['k6_shop_paid_zero_total', { phase: 'steady' }],
    ['k6_shop_paid_nonzero_total', { phase: 'steady' }],
  ] as const
  const lines = [
    { lines: 1, window: WINDOW },
    ...series.map(([name, labels], id) => ({ id, name, labels, first: 0 })),
    ...windows(inSecond(13)).map(({ at, failed, of }) => {
      const counts = [
        of - failed,
        failed,
        2 * of - failed,
        failed,
        of - spread(at / WINDOW),
        spread(at / WINDOW),
      ]
      return { at, until: 9000, counters: counts.flatMap((count, id) => [id === 0 ? 0 : 1, count]) }
    }),
  ]
  writeFileSync(
    join(folder, 'series.ndjson.gz'),
    await packMember(lines.map((line) => `${JSON.stringify(line)}\n`).join('')),
  )
  const share = (metric: string, part: number, more: object): Measurement =>
    ({ metric, kind: 'share', part, of: 1982, ...more }) as Measurement
  const { measurements } = await withBursts(
    diskFolder(folder),
    madeUpRun([
      share('http_req_failed', 13, AT),
      share('checks_failed', 13, { ...AT, check: 'is up' }),
      share('shop_paid', 20, { phase: 'steady' }),
      share('http_req_failed', 0, AT),
      share('http_req_failed', 13, { ...AT, phase: 'warm-up' }),
    ]),
  )
  expect(measurements.map((one) => one.kind === 'share' && [one.dispersion, one.within])).toEqual([
    [13, 10],
    [13, 10],
    [1, 90],
    [undefined, undefined],
    [undefined, undefined],
  ])
  // Without what was recorded nothing is known, and nothing is lost.
  const lost = madeUpRun([share('http_req_failed', 13, AT)])
  expect(await withBursts(diskFolder(join(folder, 'none')), lost)).toBe(lost)
})
