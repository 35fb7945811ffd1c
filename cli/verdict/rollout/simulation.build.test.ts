import { expect, test } from 'vitest'
import { random } from '../statistics/random.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { median } from '../statistics/robust.ts'
import { decideRollout, type RolloutDecision } from './decide.ts'
import { judgeMetric } from './judge.ts'
import type { Look, RolloutMetric } from './metric.ts'

/** Watches of which each share is taken, and looks of each. */
const [TRIALS, LOOKS] = [400, 10]
/** Standard deviations of p95 from look to look, of each version by itself. */
const NOISES = [0.02, 0.05, 0.1, 0.2]
/** Requests of a look: the canary gets a tenth. */
const [STABLE, CANARY] = [6000, 600]
/** Failures of the stable version. */
const FAILING = 0.002

const P95: RolloutMetric = {
  name: 'p95',
  unit: 's',
  better: 'lower',
  floor: 0,
  fresh: 1,
  isMain: true,
  tolerance: { by: 0.1, unit: 'share' },
}
const ERRORS: RolloutMetric = {
  name: 'error rate',
  unit: 'share',
  better: 'lower',
  floor: 0,
  fresh: 1,
  isMain: true,
  tolerance: { by: 0.005, unit: 'points' },
}

/** How much worse a canary is: the factor on its p95, and points of failures. */
interface Course {
  readonly slower: number
  readonly failing: number
}

/** Makes watches of a load that goes up and down by half, for both versions at once. */
function watches(seed: number) {
  const next = random(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const failures = (of: number, share: number): number => {
    let [count, product] = [0, next()]
    for (const least = Math.exp(-of * share); product > least; product *= next()) count++
    return count / of
  }
  return (noise: number, { slower, failing }: Course): RolloutDecision => {
    const [times, errors]: [Look[], Look[]] = [[], []]
    for (let look = 1; ; look++) {
      const load = 0.4 * (1 + 0.5 * Math.sin(look))
      times.push({
        stable: load * Math.exp(noise * normal()),
        canary: load * slower * Math.exp(noise * normal()),
      })
      errors.push({ stable: failures(STABLE, FAILING), canary: failures(CANARY, FAILING + failing) })
      const size = { looks: LOOKS, metrics: 2 }
      const decision = decideRollout(
        {
          canary: 'v2',
          stable: 'v1',
          looks: look,
          planned: LOOKS,
          isInterrupted: false,
          rows: [judgeMetric(P95, times, size), judgeMetric(ERRORS, errors, size)],
          unanswered: { inARow: 0, why: '' },
          unmeasured: undefined,
          down: undefined,
          isTrafficKnown: true,
        },
        new Date(0),
      )
      if (decision) return decision
    }
  }
}

/** The shares of decisions in percent: of a healthy canary rolled back and promoted; of worse ones rolled back, and when. */
function decided(noise: number): number[] {
  const watch = watches(20261130)
  const all = (course: Course): RolloutDecision[] =>
    Array.from({ length: TRIALS }, () => watch(noise, course))
  const share = (of: readonly RolloutDecision[], decision: RolloutDecision['decision']): number =>
    Math.round((of.filter((one) => one.decision === decision).length / TRIALS) * 100)
  const when = (of: readonly RolloutDecision[]): number =>
    median(of.filter(({ decision }) => decision === 'roll back').map(({ looks }) => looks))
  const healthy = all({ slower: 1, failing: 0 })
  const worse = [
    { slower: 1.3, failing: 0 },
    { slower: 1, failing: 0.01 },
  ].map(all)
  return [
    share(healthy, 'roll back'),
    share(healthy, 'promote'),
    ...worse.flatMap((of) => [share(of, 'roll back'), share(of, 'promote'), when(of)]),
  ]
}

const simulated = NOISES.map((noise) => [`${noise * 100} %`, ...decided(noise)])

test('how often a watch is wrong, and how soon it finds, is what docs/rollouts.md states', () => {
  const told = [...read('docs/rollouts.md').matchAll(/^\| (\d+ %) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => [name, ...cells.split('|').map((cell) => parseFloat(cell))],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/rollouts.md', TRIALS)).toBe(true)
})

test('a healthy canary is rolled back in 2 of 100 cases at most, and a bad one hardly ever promoted', () => {
  for (const [, rolledBack, , , slowPromoted, , , failingPromoted] of simulated) {
    expect(rolledBack).toBeLessThanOrEqual(2)
    expect(slowPromoted).toBeLessThanOrEqual(1)
    expect(failingPromoted).toBeLessThanOrEqual(1)
  }
})
