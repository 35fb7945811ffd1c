import { expect, test } from 'vitest'
import { read } from '../../../test/pages.ts'
import { histogramOf, type Histogram } from '../../prometheus/index.ts'
import type { Courses } from '../../record/index.ts'
import { random } from '../statistics/random.ts'
import type { Comparison } from './compare.ts'
import { withEvidence } from './evidence.ts'
import type { Row } from './row.ts'

/** Comparisons of which each share is taken, and of each run its blocks of ten seconds. */
const [TRIALS, BLOCKS, REQUESTS] = [50, 30, 67]

const next = random(20261130)
const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())

/** The model of docs/comparing.md, block by block; `slower` is a factor on the times of a block. */
function course(noise: number, slower: (block: number) => number = () => 1): Courses {
  const ofRun = Math.exp(noise * normal())
  const times = (factor: number): Histogram =>
    histogramOf(
      Array.from({ length: REQUESTS }, () => {
        const tail = next() < 0.02 ? 3 + 9 * next() : 1
        return 0.12 * Math.exp(0.5 * normal()) * factor * tail
      }),
    )
  const windows = Array.from({ length: BLOCKS }, (_, block) => ({
    at: block * 10_000,
    phase: 'steady',
    values: times(ofRun * Math.exp(0.08 * normal()) * slower(block)),
    failed: 0,
    of: REQUESTS,
  }))
  return { began: 0, window: 10_000, places: [windows] }
}

const ROW = { quantity: 'p95', unit: 'ms', judged: true, phase: 'steady', base: 1, candidate: 1 } as Row

/** What is told of a run beside the verdict, against so many others. */
const evidenceOf = (noise: number, runs: number, slower?: (block: number) => number) =>
  withEvidence(
    { rows: [ROW] } as unknown as Comparison,
    Array.from({ length: runs }, () => course(noise)),
    course(noise, slower),
  ).rows[0]!.evidence!

test('how often the interval holds a change of nothing is as docs/comparing.md states', () => {
  const simulated = [0, 0.04, 0.08].map((noise) => [
    `${noise * 100} %`,
    ...[1, 5].map((runs) => {
      const found = Array.from({ length: TRIALS }, () => evidenceOf(noise, runs).interval!)
      return Math.round((100 * found.filter(({ low, high }) => low <= 0 && high >= 0).length) / TRIALS)
    }),
  ])
  const told = [...read('docs/comparing.md').matchAll(/^\| (\d %) +\| +(\d+) \| +(\d+) \|$/gm)]
  expect(told.map(([, noise, ...shares]) => [noise, ...shares.map(Number)])).toEqual(simulated)
})

test('a burst of thirty seconds in five minutes moves the change, and hardly the shift', () => {
  const burst = (block: number): number => (block > 9 && block < 13 ? 3 : 1)
  const shifts = (slower: (block: number) => number): number[] =>
    Array.from({ length: 20 }, () => evidenceOf(0.02, 5, slower).shift)
  expect(Math.max(...shifts(burst).map(Math.abs))).toBeLessThan(60)
  expect(Math.min(...shifts(() => 1.3))).toBeGreaterThan(40)
})
