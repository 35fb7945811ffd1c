import { expect, test } from 'vitest'
import { noisyRegions, type RegionCourse } from '../../../test/doubles/noisyRuns.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { compareRuns } from './compare.ts'

/** Comparisons of which each share is taken. */
const TRIALS = 200
const REGIONS = [2, 3] as const
const RUNS = [5, 8] as const
const NOISES = [
  { name: '2 % and 2 %', run: 0.02, region: 0.02 },
  { name: '6 % and 5 %', run: 0.06, region: 0.05 },
] as const

/** What becomes of a run, and whether the first region is to be named, or none. */
const COURSES: readonly (Omit<RegionCourse, 'noise'> & { readonly isFirst: boolean })[] = [
  { isFirst: false },
  { isFirst: false, all: 0.5 },
  { isFirst: false, slower: -0.4 },
  { isFirst: true, slower: 0.2 },
  { isFirst: true, slower: 0.5 },
  { isFirst: true, failing: 0.02 },
]

/** The share of runs, in percent, in which the first region is named and no other, or any where none is to be. */
function named(regions: number, runs: number, noise: RegionCourse['noise']): number[] {
  const make = noisyRegions(20261201 + runs, regions)
  const found = COURSES.map(() => 0)
  for (let trial = 0; trial < TRIALS; trial++) {
    const base = Array.from({ length: runs }, () => make({ noise }))
    for (const [at, { isFirst, ...course }] of COURSES.entries()) {
      const { rows } = compareRuns(base, make({ noise, ...course }), 'before')
      const worse = new Set(rows.flatMap((row) => (row.verdict === 'worse' ? (row.region ?? '') : [])))
      const isFound = isFirst ? worse.size === 1 && worse.has('region 0') : worse.size > 0
      if (isFound) found[at] = (found[at] ?? 0) + 1
    }
  }
  return found.map((count) => Math.round((count / TRIALS) * 100))
}

const simulated = REGIONS.flatMap((regions) =>
  RUNS.flatMap((runs) =>
    NOISES.map(({ name, ...noise }) => [String(regions), String(runs), name, ...named(regions, runs, noise)]),
  ),
)

test('regions are named as docs/comparing.md states', () => {
  const [, table = ''] = read('docs/comparing.md').split('| regions |')
  const told = [...table.matchAll(/^\| (\d) +\| (\d) +\| (\d % and \d %) +\|(.*)\|$/gm)].map(
    ([, regions, runs, name, cells = '']) => [
      regions,
      runs,
      name,
      ...cells.split('|').map((cell) => parseInt(cell, 10)),
    ],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/comparing.md', TRIALS)).toBe(true)
})

test('a region is hardly ever named where nothing changed, or all did', () => {
  for (const [, , , nothing, all] of simulated) {
    expect(nothing).toBeLessThanOrEqual(2)
    expect(all).toBeLessThanOrEqual(2)
  }
})
