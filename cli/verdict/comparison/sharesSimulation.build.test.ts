import { expect, test } from 'vitest'
import { madeUpRun, noisyShop } from '../../../test/doubles/noisyRuns.ts'
import { tellsTrials } from '../../../test/doubles/ofTrials.ts'
import { read } from '../../../test/pages.ts'
import { histogramOf } from '../../prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../record/index.ts'
import { random } from '../statistics/random.ts'
import { burstsOf } from './bursts.ts'
import { compareRuns, type Comparison } from './compare.ts'

/** Comparisons of which each share is taken. */
const TRIALS = 200
const RUNS = [5, 8] as const
const STEPS = 10
/** Five minutes in windows of ten seconds, and the requests of a step in each. */
const WINDOW = 10_000
const [WINDOWS, REQUESTS] = [30, 67]
/** Failures of an outage of a second, of one step. */
const BURST = 13

/** The failures of a run: a share of all requests, and in which part of runs there is an outage. */
interface Failing {
  readonly share: number
  readonly outages: number
}

const next = random(20261130)

/** How many of a window fail where each does so alone: Poisson's count. */
function alone(share: number): number {
  let [count, product] = [0, next()]
  for (const least = Math.exp(-share * REQUESTS); product > least; product *= next()) count++
  return count
}

function run({ share, outages }: Failing): MeasuredRun {
  const [hit, step, at] = [next() < outages, Math.floor(next() * STEPS), Math.floor(next() * WINDOWS)]
  return madeUpRun(
    Array.from({ length: STEPS }, (_, index): Measurement => {
      const failed = Array.from({ length: WINDOWS }, () => Math.min(REQUESTS, alone(share)))
      if (hit && index === step) failed[at] = Math.min(REQUESTS, (failed[at] ?? 0) + BURST)
      const windows = failed.map((count, window) => ({ at: window * WINDOW, failed: count, of: REQUESTS }))
      const counts = { part: failed.reduce((sum, count) => sum + count, 0), of: WINDOWS * REQUESTS }
      return {
        journey: 'shopping',
        step: `step ${index}`,
        phase: 'steady',
        ...({ metric: 'http_req_failed', kind: 'share', ...counts } as const),
        ...(counts.part > 0 ? burstsOf(windows, WINDOW, counts) : {}),
      }
    }),
  )
}

/** The share of candidates, in percent, that are called worse than so many runs before them, as `isRight` wants it. */
function called(
  before: () => MeasuredRun,
  candidate: () => MeasuredRun,
  isRight: (rows: Comparison['rows']) => boolean = () => true,
): number[] {
  const found = RUNS.map(() => 0)
  for (let trial = 0; trial < TRIALS; trial++) {
    const base = Array.from({ length: Math.max(...RUNS) }, before)
    const own = candidate()
    for (const [at, runs] of RUNS.entries()) {
      const { verdict, rows } = compareRuns(base.slice(0, runs), own, 'before')
      if (verdict === 'worse' && isRight(rows)) found[at] = (found[at] ?? 0) + 1
    }
  }
  return found.map((count) => Math.round((count / TRIALS) * 100))
}

const NONE = { share: 0, outages: 0 }
const FEW = { share: 0.001, outages: 0 }
const FAILINGS: readonly (readonly [name: string, base: Failing, candidate: Failing])[] = [
  ['0.1 % fail', FEW, FEW],
  ['0.1 % fail, an outage of a second in each fifth run', { ...FEW, outages: 0.2 }, { ...FEW, outages: 0.2 }],
  ['none fails, then an outage of a second', NONE, { share: 0, outages: 1 }],
  ['0.1 % fail, then 1.1 % of all steps', FEW, { share: 0.011, outages: 0 }],
]

const NOISE = { run: 0.02, step: 0.02 }
const shop = noisyShop(20261130)
/** How many of a queue were counted, but for the run's own level. */
const QUEUE = histogramOf(Array.from({ length: 400 }, (_, at) => 100 * (0.8 + at / 1000)))

/** A run of the shop with a metric of one's own that varies by half from run to run. */
function besideQueue(slower: number): MeasuredRun {
  const { measurements, ...of } = shop({ noise: NOISE, slower })
  const shift = Math.round(
    (8 / Math.LN2) * 0.5 * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  )
  const { indexes, counts } = QUEUE.positive
  const positive = { indexes: indexes.map((index) => index + shift * 2 ** (QUEUE.schema - 3)), counts }
  const values = { ...QUEUE, positive }
  return {
    ...of,
    measurements: [
      ...measurements,
      { metric: 'queue_length', phase: 'steady', kind: 'values', unit: '', values },
    ],
  }
}

const simulated = [
  ...FAILINGS.map(([name, base, candidate]) => [
    name,
    ...called(
      () => run(base),
      () => run(candidate),
    ),
  ]),
  [
    'nothing, beside a noisy metric',
    ...called(
      () => besideQueue(0),
      () => besideQueue(0),
    ),
  ],
  [
    '+30 % of a step, beside a noisy metric',
    ...called(
      () => besideQueue(0),
      () => besideQueue(0.3),
      (rows) => rows[0]?.step === 'step 0',
    ),
  ],
]

test('failures, outages and noisy metrics are judged as docs/comparing.md states', () => {
  const [, table = ''] = read('docs/comparing.md').split('| what happens')
  const told = [...table.matchAll(/^\| ([^|]+?) +\| +(\d+) +\| +(\d+) +\|$/gm)].map(
    ([, name, five, eight]) => [name, Number(five), Number(eight)],
  )
  expect(told).toEqual(simulated)
  expect(tellsTrials('docs/comparing.md', TRIALS)).toBe(true)
})
