import { expect, test } from 'vitest'
import { noisyShop, type Noise } from '../../../test/doubles/noisyRuns.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import type { MeasuredRun } from '../../record/index.ts'
import { historyOf, type History } from './history.ts'
import type { HistoricRun } from './series.ts'

/** Histories of which each share is taken, and the runs of each. */
const TRIALS = 40
const RUNS = 30

const NOISES: readonly (Noise & { name: string })[] = [
  { name: '2 %', run: 0.02, step: 0.02 },
  { name: '4 %', run: 0.04, step: 0.02 },
  { name: '8 %', run: 0.08, step: 0.02 },
]
/** How much slower the first step becomes. */
const SLOWER = [0.1, 0.15, 0.3] as const
/** After how many runs of the new level it is asked for. */
const AFTER = [2, 5, 10] as const

const NONE = { judged: [], waivers: [], entries: [], notes: [], olderSeries: 0 }

/** The history of runs in this order, one a day. */
function historyIn(order: readonly MeasuredRun[]): History {
  const runs = order.map((one, day): HistoricRun => {
    const startedAt = new Date(Date.UTC(2026, 9, 1 + day)).toISOString()
    const measured = { ...one, id: `shop-${day}`, startedAt }
    return { ...measured, measured }
  })
  return historyOf({ ...NONE, runs }, { wanted: () => true, last: 500 }, new Date(0))
}

/** Whether it has the change of the first step, not more than a run away. */
const isFound = ({ series }: History, at: number): boolean =>
  series[0]?.changes.some(
    ({ kind, places, rows }) =>
      kind === 'step' && Math.abs(places[1] - at) <= 1 && rows.some(({ step }) => step === 'step 0'),
  ) === true

const percent = (found: readonly boolean[]): number =>
  Math.round((found.filter(Boolean).length / TRIALS) * 100)

/** Of histories in which nothing changed, the share that has a change; and the shares of those in which it is found. */
function operating(noise: Noise): { wrong: number; found: number[] } {
  const shop = noisyShop(20261130, 3)
  const trials = Array.from({ length: TRIALS }, () => {
    const runs = Array.from({ length: RUNS }, () => shop({ noise }))
    const found = SLOWER.map((slower) => {
      const slow = Array.from({ length: Math.max(...AFTER) }, () => shop({ noise, slower }))
      return AFTER.map((after) => {
        const at = RUNS - after
        return isFound(historyIn([...runs.slice(0, at), ...slow.slice(0, after)]), at)
      })
    })
    return { wrong: (historyIn(runs).series[0]?.changes.length ?? 0) > 0, found: found.flat() }
  })
  return {
    wrong: percent(trials.map(({ wrong }) => wrong)),
    found: SLOWER.flatMap((_, row) =>
      AFTER.map((_, column) =>
        percent(trials.map(({ found }) => found[row * AFTER.length + column] === true)),
      ),
    ),
  }
}

const simulated = NOISES.map(({ name, ...noise }) => ({ name, ...operating(noise) }))

test('the operating characteristics are those that docs/history.md states', () => {
  const told = [...read('docs/history.md').matchAll(/^\| (\d %) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => {
      const [wrong, ...found] = cells.split('|').flatMap((cell) => cell.trim().split(/\s+/).map(Number))
      return { name, wrong, found }
    },
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/history.md', TRIALS)).toBe(true)
})

test('a wrong change is rare at every noise', () => {
  for (const { wrong } of simulated) expect(wrong).toBeLessThanOrEqual(5)
})

test('a time that grows little by little is a drift, not a change of some commit', () => {
  const shop = noisyShop(20261201, 3)
  const drift = Array.from({ length: RUNS }, (_, day) => 1.01 ** day - 1)
  const kinds = Array.from({ length: TRIALS / 4 }, () => {
    const noise = { run: 0.02, step: 0.02 }
    const { series } = historyIn(drift.map((slower) => shop({ noise, slower })))
    return series[0]?.changes.map(({ kind }) => kind)
  })
  expect(kinds.filter((all) => all?.join() === 'drift').length).toBeGreaterThanOrEqual(8)
})
