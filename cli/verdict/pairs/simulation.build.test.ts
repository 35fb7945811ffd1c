import { expect, test } from 'vitest'
import { noisyShop, type Noise } from '../../../test/doubles/noisyRuns.ts'
import { random } from '../statistics/random.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import type { MeasuredRun } from '../../record/index.ts'
import { figuresOfRun } from '../comparison/figures.ts'
import { median } from '../statistics/robust.ts'
import { comparePairs, comparisonsOf } from './comparePairs.ts'
import type { MeasuredPair } from './pairedFigure.ts'
import { PAIR_LIMITS } from './limits.ts'
import { looksOf } from './looks.ts'
import { orderOf } from './schedule.ts'

/** Pairs of a test, and tests of which each share is taken: more where nothing changed. */
const PAIRS = 8
const TRIALS = { same: 100, slower: 40 }
/** How much slower the first step is. */
const SLOWER = [0, 0.15, 0.3] as const

interface Model {
  readonly name: string
  readonly noise: Noise
  /** By how much each run is slower than the one before it: 0.03 is 3 %. */
  readonly drift?: number
  /** The share of runs in which something else takes up to 65 % more time. */
  readonly bursts?: number
}

const MODELS: readonly Model[] = [
  { name: 'none', noise: { run: 0, step: 0 } },
  { name: '2 % and 2 %', noise: { run: 0.02, step: 0.02 } },
  { name: '4 % and 2 %', noise: { run: 0.04, step: 0.02 } },
  { name: '6 % and 5 %', noise: { run: 0.06, step: 0.05 } },
  { name: '2 % and 2 %, each run 3 % slower', noise: { run: 0.02, step: 0.02 }, drift: 0.03 },
  { name: '4 % and 2 %, 15 % of runs disturbed', noise: { run: 0.04, step: 0.02 }, bursts: 0.15 },
]

/** Makes the pairs of a test, one after another, in the order of the schedule. */
function maker({ noise, drift = 0, bursts = 0 }: Model, seed: number) {
  const shop = noisyShop(seed)
  const next = random(seed)
  return (slower: number): MeasuredPair[] => {
    let runs = 0
    const one = (by: number) => {
      const burst = next() < bursts ? 0.5 * next() : 0
      return shop({ noise, slower: by, factor: (1 + drift) ** runs++ * Math.exp(burst) })
    }
    return Array.from({ length: PAIRS }, (_, pair) => {
      const made = Object.fromEntries(
        orderOf(pair).map((side) => [side, one(side === 'candidate' ? slower : 0)]),
      )
      return { base: made.base!, candidate: made.candidate! }
    })
  }
}

/**
 * Whether a test that looks at these counts of pairs calls the candidate worse (the first step before others), and when it
 * ends. `whole` is the comparison of all pairs, which a fixed test and a sequential one have in common.
 */
function tested(
  pairs: readonly MeasuredPair[],
  whole: ReturnType<typeof comparisonsOf>,
  slower: number,
  sequential: boolean,
) {
  for (const [count, level] of looksOf(PAIRS, PAIR_LIMITS.alpha, sequential)) {
    const compared = count === PAIRS ? whole(level) : comparePairs(pairs.slice(0, count), level, PAIRS)
    const { verdict, rows, isEnough } = compared
    if (!isEnough && count < PAIRS) continue
    const isRight = slower === 0 || rows[0]?.step === 'step 0'
    return { worse: verdict === 'worse' && isRight, same: verdict === 'same', used: count }
  }
  throw new Error('the last look ends the test')
}

const percent = (count: number, of: number): number => Math.round((count / of) * 100)

/** In percent: called worse by a fixed test and by a sequential one, its pairs on average, told as the same. */
function characteristics(model: Model): (string | number)[] {
  const make = maker(model, 20261130)
  return SLOWER.flatMap((slower) => {
    const trials = slower === 0 ? TRIALS.same : TRIALS.slower
    const all = Array.from({ length: trials }, () => {
      const pairs = make(slower)
      const whole = comparisonsOf(pairs)
      return {
        fixed: tested(pairs, whole, slower, false),
        sequential: tested(pairs, whole, slower, true),
      }
    })
    const used = all.reduce((sum, { sequential }) => sum + sequential.used, 0) / trials
    return [
      percent(all.filter(({ fixed }) => fixed.worse).length, trials),
      percent(all.filter(({ sequential }) => sequential.worse).length, trials),
      used.toFixed(1),
      ...(slower === 0 ? [percent(all.filter(({ sequential }) => sequential.same).length, trials)] : []),
    ]
  })
}

const simulated = MODELS.map((model) => [model.name, ...characteristics(model).map(String)])

test('the operating characteristics are those that docs/ab.md states', () => {
  const told = [...read('docs/ab.md').matchAll(/^\| ((?:none|\d % and \d %)[^|]*?) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => [name, ...cells.split('|').map((cell) => cell.trim())],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/ab.md', TRIALS.same)).toBe(true)
  expect(tellsTrials('docs/ab.md', TRIALS.slower)).toBe(true)
})

test('a wrong "worse" is rare at every noise, and a machine that becomes slower makes none', () => {
  for (const at of [1, 2]) {
    const wrong = simulated.map((one) => Number(one[at]))
    expect(Math.max(...wrong)).toBeLessThanOrEqual(5)
    expect(wrong.reduce((sum, one) => sum + one, 0) / wrong.length).toBeLessThanOrEqual(2)
  }
})

test('the same runs one side after the other, with the usual rule of 10 %, would be called worse each time', () => {
  const drifting = maker(MODELS[4]!, 20261130)
  const p95 = (run: MeasuredRun): number =>
    [...figuresOfRun(run).values()].find(({ subject }) => subject.quantity === 'p95')!.value
  for (let trial = 0; trial < 10; trial++) {
    const runs = drifting(0).flatMap(({ base, candidate }, pair) =>
      orderOf(pair)[0] === 'base' ? [base, candidate] : [candidate, base],
    )
    const [first, last] = [runs.slice(0, PAIRS), runs.slice(PAIRS)].map((half) => median(half.map(p95)))
    expect(last! / first!).toBeGreaterThan(1.1)
  }
})
