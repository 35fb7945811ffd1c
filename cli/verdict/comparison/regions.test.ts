import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { compareRuns } from './compare.ts'

interface Region {
  /** The middle of its times. */
  readonly ms: number
  readonly failed?: number
  readonly count?: number
}

/** What a region measured: times from the half to twice so many milliseconds, evenly. */
function measured(region: string, { ms, failed = 2, count = 1200 }: Region): Measurement[] {
  const times = Array.from({ length: count }, (_, at) => (ms / 1000) * (0.5 + 1.5 * ((at + 0.5) / count)))
  const place = { region, phase: 'steady' } as const
  return [
    { ...place, metric: 'http_req_duration', kind: 'values', unit: 's', values: histogramOf(times) },
    { ...place, metric: 'http_req_failed', kind: 'share', part: failed, of: count },
  ]
}

const run = (regions: Readonly<Record<string, Region>>): MeasuredRun =>
  madeUpRun(Object.entries(regions).flatMap(([region, figures]) => measured(region, figures)))

/** Five runs in which us takes twice as long as eu, on a machine that is 20 % slower in some of them. */
const base = [100, 120, 98, 118, 101].map((ms) => run({ eu: { ms }, us: { ms: 2 * ms } }))

const told = (candidate: MeasuredRun, of: readonly MeasuredRun[] = base) =>
  Object.fromEntries(
    compareRuns(of, candidate, 'before').rows.map(({ region = '', quantity, reason }) => [
      `${region} ${quantity}`,
      reason.code,
    ]),
  )

test('a region that became slower beside the others is worse, by name; the others are the same', () => {
  const { verdict, text, rows } = compareRuns(base, run({ eu: { ms: 110 }, us: { ms: 320 } }), 'before')
  expect(verdict).toBe('worse')
  expect(text).toMatch(/^Worse: p(95|50) of the region us \+5\d % \(\d+ → \d+ ms\), and 1 more row$/)
  expect(rows.filter(({ region }) => region === 'eu').map((row) => row.verdict)).not.toContain('worse')
})

test('what all regions have in common is no matter of one, however much it is', () => {
  const slow = told(run({ eu: { ms: 300, failed: 60 }, us: { ms: 600, failed: 62 } }))
  expect(Object.values(slow)).not.toContain('worse')
  // One that others left behind did not become slower itself.
  for (const ms of [200, 225])
    expect(Object.values(told(run({ eu: { ms: 50 }, us: { ms } })))).not.toContain('worse')
})

test('more failures are those of a region where the others have none more', () => {
  const only = told(run({ eu: { ms: 100 }, us: { ms: 200, failed: 60 } }))
  expect([only['us share'], only['eu share']]).toEqual(['worse', 'within-limits'])
})

test('of several regions the slow one alone is named', () => {
  const three = (us: number): MeasuredRun => run({ asia: { ms: 150 }, eu: { ms: 100 }, us: { ms: us } })
  const before = [200, 202, 199, 201, 198].map(three)
  const worse = compareRuns(before, three(280), 'before').rows.filter((row) => row.verdict === 'worse')
  expect(new Set(worse.map(({ region }) => region))).toEqual(new Set(['us']))
  expect(Object.values(told(three(203), before))).not.toContain('worse')
})

test('a region that is missing, new or without samples enough is told, and is no pass', () => {
  const renamed = run({ eu: { ms: 100 }, 'us-east': { ms: 200 } })
  expect(compareRuns(base, renamed, 'before').verdict).toBe('cannot tell')
  expect(told(renamed)).toMatchObject({
    'us p50': 'not-measured',
    'us-east p95': 'only-in-candidate',
    'eu p95': 'no-other-region',
    'eu share': 'within-limits',
  })
  const few = run({ eu: { ms: 100 }, us: { ms: 200, count: 40 } })
  expect(told(few)).toMatchObject({ 'us p95': 'fewer-samples', 'eu p95': 'no-other-region' })
  const alone = run({})
  expect(compareRuns(base, alone, 'before').verdict).toBe('cannot tell')
  expect(told(run({ eu: { ms: 110 }, us: { ms: 320 } }), base.slice(0, 4))['us p95']).toBe(
    'insufficient-baseline',
  )
})
