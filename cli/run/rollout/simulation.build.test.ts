import { expect, test } from 'vitest'
import { madeUpRun, noisyShop } from '../../../test/doubles/noisyRuns.ts'
import { random } from '../../verdict/statistics/random.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { merge } from '../../prometheus/index.ts'
import type { Block, RolloutDecision } from '../../verdict/index.ts'
import { watchLoad } from './watchLoad.ts'

/** Watches of which each share is taken, pairs of each, steps of the journey, and requests of each in a run. */
const [TRIALS, PAIRS, STEPS, REQUESTS] = [100, 10, 3, 400]
/** Standard deviations of all times from run to run, of each version by itself. */
const NOISES = [0.02, 0.05, 0.1]
/** Failures of the stable version. */
const FAILING = 0.002

/** How much worse a canary is: the factor on the times of its first step, and points of failures. */
interface Course {
  readonly slower: number
  readonly failing: number
}

/** Makes watches of a shop with one journey. */
function watches(seed: number) {
  const shop = noisyShop(seed, STEPS)
  const next = random(seed)
  const failed = (share: number): number =>
    Array.from({ length: REQUESTS }, next).filter((one) => one < share).length
  const blockOf = (noise: number, { slower, failing }: Course): Block => {
    const run = shop({ noise: { run: noise, step: 0.01 }, slower: slower - 1, requests: REQUESTS })
    const steps = run.measurements
    const values = steps.flatMap((one) => (one.kind === 'values' ? [one.values] : [])).reduce(merge)
    const journey = { journey: 'shopping', phase: 'steady' }
    return {
      measured: madeUpRun([
        ...steps,
        { ...journey, metric: 'journey_duration', kind: 'values', unit: 's', values },
        {
          ...journey,
          metric: 'journey_failed',
          kind: 'share',
          part: failed(FAILING + failing),
          of: REQUESTS,
        },
      ]),
      thresholds: [],
    }
  }
  return (noise: number, course: Course): Promise<RolloutDecision> =>
    watchLoad({
      versions: { canary: 'http://canary', stable: 'http://stable' },
      tolerances: {
        times: { by: 0.1, unit: 'share' },
        failures: { by: 0.005, unit: 'points' },
        planned: PAIRS,
      },
      signal: new AbortController().signal,
      tell: () => undefined,
      make: (side) =>
        Promise.resolve({
          block: blockOf(noise, side === 'canary' ? course : { slower: 1, failing: 0 }),
          isDown: false,
          isInterrupted: false,
        }),
    })
}

/** The shares of decisions in percent: of a healthy canary rolled back and promoted; of worse ones rolled back, and promoted. */
async function decided(noise: number): Promise<number[]> {
  const watch = watches(20261130)
  const shares = async (course: Course): Promise<number[]> => {
    const made: RolloutDecision[] = []
    for (let trial = 0; trial < TRIALS; trial++) made.push(await watch(noise, course))
    const of = (decision: RolloutDecision['decision']): number =>
      Math.round((made.filter((one) => one.decision === decision).length / TRIALS) * 100)
    return [of('roll back'), of('promote')]
  }
  const courses: readonly Course[] = [
    { slower: 1, failing: 0 },
    { slower: 1.3, failing: 0 },
    { slower: 1, failing: 0.01 },
  ]
  const all: number[] = []
  for (const course of courses) all.push(...(await shares(course)))
  return all
}

test('how often a watch by load is wrong is what docs/rollouts.md states', async () => {
  const simulated: (string | number)[][] = []
  for (const noise of NOISES) simulated.push([`±${noise * 100} %`, ...(await decided(noise))])
  const told = [...read('docs/rollouts.md').matchAll(/^\| (±\d+ %) +\|(.*)\|$/gm)].map(
    ([, name, cells = '']) => [name, ...cells.split('|').map((cell) => parseFloat(cell))],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/rollouts.md', TRIALS)).toBe(true)
  for (const [, rolledBack, , , slowPromoted, , failingPromoted] of simulated) {
    expect(rolledBack).toBeLessThanOrEqual(2)
    expect(slowPromoted).toBeLessThanOrEqual(2)
    expect(failingPromoted).toBeLessThanOrEqual(2)
  }
})
