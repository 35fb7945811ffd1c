import { expect, test } from 'vitest'
import { noisyShop, type Noise } from '../../../test/doubles/noisyRuns.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { compareRuns } from './compare.ts'

/** Comparisons of which each share is taken. */
const TRIALS = 400

const NOISES: readonly (Noise & { name: string })[] = [
  { name: 'none', run: 0, step: 0 },
  { name: '2 % and 2 %', run: 0.02, step: 0.02 },
  { name: '4 % and 2 %', run: 0.04, step: 0.02 },
  { name: '6 % and 5 %', run: 0.06, step: 0.05 },
]

/** How much slower the first step is. */
const SLOWER = [0, 0.15, 0.3] as const

/**
 * The shares of comparisons, in percent, that call a row worse: any row where nothing changed, else a row of the first
 * step before all others.
 */
function called(noise: Noise, runs: number): number[] {
  const shop = noisyShop(20261122 + runs)
  const found = SLOWER.map(() => 0)
  for (let trial = 0; trial < TRIALS; trial++) {
    const base = Array.from({ length: runs }, () => shop({ noise }))
    for (const [at, slower] of SLOWER.entries()) {
      const { rows, verdict } = compareRuns(base, shop({ noise, slower }), 'before')
      const isRight = slower === 0 || rows[0]?.step === 'step 0'
      if (verdict === 'worse' && isRight) found[at] = (found[at] ?? 0) + 1
    }
  }
  return found.map((count) => Math.round((count / TRIALS) * 100))
}

const simulated = NOISES.map(({ name, ...noise }) => [name, ...[5, 8].flatMap((runs) => called(noise, runs))])

test('the operating characteristics are those that docs/comparing.md states', () => {
  const told = [...read('docs/comparing.md').matchAll(/^\| (none|\d % and \d %) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => [name, ...cells.split('|').map((cell) => parseInt(cell, 10))],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/comparing.md', TRIALS)).toBe(true)
})

test('a wrong "worse" is rare at every noise', () => {
  for (const [, with5, , , with8] of simulated) {
    expect(with5).toBeLessThanOrEqual(4)
    expect(with8).toBeLessThanOrEqual(3)
  }
})
