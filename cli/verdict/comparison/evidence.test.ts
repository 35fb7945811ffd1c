import { expect, test } from 'vitest'
import { madeUpRun } from '../../../test/doubles/noisyRuns.ts'
import { histogramOf, merge, quantile } from '../../prometheus/index.ts'
import type { Courses, CourseWindow } from '../../record/index.ts'
import { random } from '../statistics/random.ts'
import { blocksOf, countedBlocks, quantileOfBlocks } from './blocks.ts'
import { compareRuns } from './compare.ts'
import { coursePlaceOf, rowsWithCourse, withEvidence } from './evidence.ts'

const AT = { metric: 'group_duration', journey: 'checkout', step: 'place order', phase: 'steady' } as const

/** Thirty windows of 10 s with 40 times each around 200 ms, some of them so many times as long. */
function windows(seed: number, slower: (window: number) => number): CourseWindow[] {
  const next = random(seed)
  return Array.from({ length: 30 }, (_, window) => {
    const times = Array.from({ length: 40 }, () => 0.2 * Math.exp(next() - 0.5) * slower(window))
    return { at: window * 10_000, phase: 'steady', values: histogramOf(times), failed: 0, of: 40 }
  })
}

const courses = (own: readonly CourseWindow[]): Courses => ({ began: 0, window: 10_000, places: [own] })
const measuredOf = (own: readonly CourseWindow[]) =>
  madeUpRun([
    { ...AT, kind: 'values', unit: 's', values: own.flatMap(({ values }) => values ?? []).reduce(merge) },
  ])

/** The row of p95 of five runs and one that is so many times slower, with its evidence. */
function rowOf(slower: (window: number) => number) {
  const base = [1, 2, 3, 4, 5].map((seed) => windows(seed, () => 1))
  const candidate = windows(6, slower)
  const comparison = compareRuns(base.map(measuredOf), measuredOf(candidate), 'before')
  const told = withEvidence(comparison, base.map(courses), courses(candidate))
  expect(told.rows.map(({ verdict }) => verdict)).toEqual(comparison.rows.map(({ verdict }) => verdict))
  const row = told.rows.find(({ quantity }) => quantity === 'p95')
  if (row?.change === undefined) throw new Error('there is a p95')
  return { change: row.change, ...row.evidence, row }
}

test('a level that is higher moves the shift, a burst only the change; the interval is the same each time', () => {
  const level = rowOf(() => 1.2)
  expect(level.shift! / level.change).toBeGreaterThan(0.7)
  expect(level.interval!.low).toBeGreaterThan(0)
  expect(level.interval!.high).toBeGreaterThan(level.change)
  const burst = rowOf((window) => (window > 20 && window < 24 ? 4 : 1))
  expect(burst.change).toBeGreaterThan(200)
  expect(Math.abs(burst.shift!)).toBeLessThan(30)
  expect(rowOf(() => 1.2).interval).toEqual(level.interval)
  expect(rowsWithCourse({ rows: [level.row] } as never).map(coursePlaceOf)).toEqual([
    { metric: 'group_duration', journey: 'checkout', step: 'place order' },
  ])
})

test('blocks: of ten seconds and twenty samples at least, sixty at most, with nothing lost; none of another phase', () => {
  const own = windows(1, () => 1)
  const sizes = (window: number, all = own): number[] =>
    blocksOf(all, 'steady', window).map(({ count }) => count)
  expect(sizes(10_000)).toHaveLength(30)
  expect(sizes(2000)).toEqual(Array(6).fill(200))
  expect(sizes(4000)).toEqual([...Array<number>(9).fill(120), 120])
  expect(sizes(10_000, [...own, ...own, ...own])).toHaveLength(45)
  expect(blocksOf(own, 'warm-up', 10_000)).toEqual([])
  const blocks = blocksOf(own, 'steady', 10_000)
  const counted = countedBlocks(blocks)!
  expect(quantileOfBlocks(counted, counted.blocks, 0.95)).toBeCloseTo(
    quantile(blocks.reduce(merge), 0.95)!,
    9,
  )
  expect(countedBlocks([histogramOf([0, 1])])).toBeUndefined()
})
