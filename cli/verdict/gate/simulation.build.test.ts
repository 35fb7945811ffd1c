import { expect, test } from 'vitest'
import { noisyShop, type Noise } from '../../../test/doubles/noisyRuns.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { fakeRecord } from '../../../test/doubles/runRecord.ts'
import type { Tolerance } from '../../../config/gate.ts'
import type { MeasuredRun, RunRecord } from '../../record/index.ts'
import { compareRuns, type Comparison } from '../comparison/compare.ts'
import { decide, type Decision } from './decide.ts'
import { USUAL_POLICY } from './policy.ts'
import { pooled } from './pooled.ts'

/** Deployments of which each share is taken; runs of their baseline. */
const TRIALS = 200
const RUNS = 8

const NOISES: readonly (Noise & { name: string })[] = [
  { name: '2 % and 2 %', run: 0.02, step: 0.02 },
  { name: '4 % and 2 %', run: 0.04, step: 0.02 },
  { name: '6 % and 5 %', run: 0.06, step: 0.05 },
]

/** How much slower the first step is. */
const SLOWER = [0, 0.15, 0.3] as const
const TOLERATED: Tolerance = { metric: 'group_duration', step: 'step 0', limit: '+20%', owner: 'team-shop' }

const record: RunRecord = { ...fakeRecord(() => 0.5), verdict: 'pass', reasons: [], thresholds: [] }
const NOW = new Date('2026-11-26T09:30:00Z')

const before = (base: readonly MeasuredRun[], run: MeasuredRun): Comparison =>
  compareRuns(base, run, 'before')

const gate = (
  comparison: Comparison,
  given: { confirmedBy?: string; tolerances?: readonly Tolerance[] } = {},
): Decision => {
  const { confirmedBy, tolerances = [] } = given
  return decide({ record, comparison, waivers: [], tolerances, policy: USUAL_POLICY, now: NOW, confirmedBy })
}

/** The shares of deployments, in percent: failed at once, asked for a second run, failed in the end; failed with a tolerance. */
function decided(noise: Noise, slower: number): number[] {
  const shop = noisyShop(20261126)
  const counts = [0, 0, 0, 0]
  const count = (at: number, is: boolean): void => {
    if (is) counts[at] = (counts[at] ?? 0) + 1
  }
  for (let trial = 0; trial < TRIALS; trial++) {
    const base = Array.from({ length: RUNS }, () => shop({ noise }))
    const [run, second] = [shop({ noise, slower }), shop({ noise, slower })]
    const comparison = before(base, run)
    const first = gate(comparison)
    const asks = first.reasons.some(({ code }) => code === 'borderline')
    const last = asks ? gate(before(base, pooled(run, second)), { confirmedBy: 'second' }) : first
    count(0, first.verdict === 'fail')
    count(1, asks)
    count(2, last.verdict === 'fail')
    count(3, gate(comparison, { tolerances: [TOLERATED] }).verdict === 'fail')
  }
  return counts.map((each) => Math.round((each / TRIALS) * 100))
}

const simulated = NOISES.flatMap(({ name, ...noise }) =>
  SLOWER.map((slower) => [
    `${name}: ${slower === 0 ? 'no change' : `+${slower * 100} %`}`,
    ...decided(noise, slower),
  ]),
)

test('the gate decides as often as docs/gating.md states', () => {
  const told = [...read('docs/gating.md').matchAll(/^\| (\d % and \d %: [^|]*?) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => [name, ...cells.split('|').map((cell) => parseInt(cell, 10))],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/gating.md', TRIALS)).toBe(true)
})

test('a second run makes a wrong "fail" hardly more frequent, and finds more', () => {
  for (const [name, atOnce = 0, , atLast = 0] of simulated) {
    expect(Number(atLast)).toBeGreaterThanOrEqual(Number(atOnce))
    if (String(name).endsWith('no change')) expect(Number(atLast)).toBeLessThanOrEqual(4)
  }
})

test('of few samples the median alone is judged, and rarely wrongly', () => {
  for (const requests of [10, 20, 30]) {
    const shop = noisyShop(20261127 + requests)
    let wrong = 0
    for (let trial = 0; trial < TRIALS; trial++) {
      const base = Array.from({ length: RUNS }, () => shop({ noise: { run: 0.02, step: 0.02 }, requests }))
      if (gate(before(base, shop({ noise: { run: 0.02, step: 0.02 }, requests }))).verdict === 'fail') wrong++
    }
    expect(wrong / TRIALS).toBeLessThanOrEqual(0.04)
  }
})
