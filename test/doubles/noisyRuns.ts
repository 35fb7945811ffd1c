import type { Histogram } from '../../cli/prometheus/index.ts'
import type { MeasuredRun, Measurement } from '../../cli/record/index.ts'
import { upperTail } from '../../cli/verdict/statistics/normal.ts'
import { random } from '../../cli/verdict/statistics/random.ts'

/** How runs of the same code differ: standard deviations of a factor on all times of a run, and on those of one step. */
export interface Noise {
  readonly run: number
  readonly step: number
}

/** What a run of the made-up shop is: how noisy, and by how much its first step is slower (0.15: 15 %). */
export interface Course {
  readonly noise: Noise
  readonly slower?: number
  readonly requests?: number
  /** A factor on all times of the run, such as that of a machine which others use. */
  readonly factor?: number
}

const MEDIAN_SECONDS = 0.12
const SIGMA = 0.5
/** 2 % of requests take 3 to 12 times as long. */
const TAIL = { share: 0.02, factors: [3, 4.5, 6, 7.5, 9, 10.5, 12] }
/** Blocks of ten seconds share a factor (8 %): of a run of five minutes that leaves 8 % / √30. */
const BLOCKS = 0.08 / Math.sqrt(30)
/** Buckets of schema 3 in which times lie: 2 ms to 33 s. */
const [LOWEST, HIGHEST] = [-72, 40]

/** The share of requests that take up to so long, by the logarithm of seconds. */
function shareUpTo(log: number): number {
  const within = (factor: number): number => 1 - upperTail((log - Math.log(MEDIAN_SECONDS * factor)) / SIGMA)
  const tail = TAIL.factors.reduce((sum, factor) => sum + within(factor), 0) / TAIL.factors.length
  return (1 - TAIL.share) * within(1) + TAIL.share * tail
}

/** {@link shareUpTo} at every hundredth of a bucket, to be looked up. */
const FINE = 100
const TABLE = Array.from({ length: (HIGHEST - LOWEST + 40) * FINE }, (_, at) =>
  shareUpTo((Math.LN2 / 8) * (LOWEST - 20 + at / FINE)),
)

/** Draws by chance, the same for the same seed: of a normal distribution, counts around a mean, and times of requests. */
function drawing(seed: number) {
  const next = random(seed)
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  const poisson = (mean: number): number => {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()))
    let [count, product] = [0, next()]
    for (const least = Math.exp(-mean); product > least; product *= next()) count++
    return count
  }
  const times = (requests: number, factor: number): Histogram => {
    const shift = Math.log2(factor) * 8
    const upTo = (index: number): number =>
      TABLE[Math.min(TABLE.length - 1, Math.max(0, Math.round((index - shift - LOWEST + 20) * FINE)))] ?? 1
    const [indexes, counts]: [number[], number[]] = [[], []]
    for (let index = LOWEST; index <= HIGHEST; index++) {
      const count = poisson(requests * (upTo(index) - upTo(index - 1)))
      if (count === 0) continue
      indexes.push(index)
      counts.push(count)
    }
    return {
      schema: 3,
      zeroThreshold: 2 ** -128,
      zeroCount: 0,
      sum: NaN,
      count: counts.reduce((sum, count) => sum + count, 0),
      positive: { indexes, counts },
      negative: { indexes: [], counts: [] },
    }
  }
  return { normal, poisson, times }
}

/** Makes runs of ten steps, each with `requests` requests in the judged phase; the same ones for the same seed. */
export function noisyShop(seed: number, steps = 10): (course: Course) => MeasuredRun {
  const { normal, times } = drawing(seed)
  return ({ noise, slower = 0, requests = 2000, factor = 1 }) => {
    const ofRun = factor * Math.exp(noise.run * normal())
    return madeUpRun(
      Array.from({ length: steps }, (_, step): Measurement => {
        const ofStep = Math.exp(Math.hypot(noise.step, BLOCKS) * normal()) * (step === 0 ? 1 + slower : 1)
        const values = times(requests, ofRun * ofStep)
        return {
          journey: 'shopping',
          step: `step ${step}`,
          phase: 'steady',
          ...({ metric: 'group_duration', kind: 'values', unit: 's' } as const),
          values,
        }
      }),
    )
  }
}

/** What a run from several regions is. */
export interface RegionCourse {
  /** Standard deviations of a factor on all times of a run, and on those of one region. */
  readonly noise: { readonly run: number; readonly region: number }
  /** By how much all regions are slower, and the first one beside them (0.2: 20 %). */
  readonly all?: number
  readonly slower?: number
  /** The share of requests that fail in the first region; in the others 0.1 %. */
  readonly failing?: number
}

/** Makes runs from so many regions, each twice as far away as the one before it, with 2,000 requests in the judged phase. */
export function noisyRegions(seed: number, regions: number): (course: RegionCourse) => MeasuredRun {
  const { normal, poisson, times } = drawing(seed)
  return ({ noise, all = 0, slower = 0, failing = 0.001 }) => {
    const ofRun = (1 + all) * Math.exp(noise.run * normal())
    return madeUpRun(
      Array.from({ length: regions }, (_, at): Measurement[] => {
        const ofRegion = Math.exp(Math.hypot(noise.region, BLOCKS) * normal()) * (at === 0 ? 1 + slower : 1)
        const place = { region: `region ${at}`, phase: 'steady' } as const
        const values = times(2000, ofRun * ofRegion * 2 ** at)
        const failed = { part: poisson(values.count * (at === 0 ? failing : 0.001)), of: values.count }
        return [
          { ...place, metric: 'http_req_duration', kind: 'values', unit: 's', values },
          { ...place, metric: 'http_req_failed', kind: 'share', dispersion: 1, ...failed },
        ]
      }).flat(),
    )
  }
}

/** A run that passed, of which this was measured. */
export const madeUpRun = (
  measurements: readonly Measurement[],
  more: Partial<MeasuredRun> = {},
): MeasuredRun => ({
  id: 'shop-20261122T093000-1a2b',
  startedAt: '2026-11-22T09:30:00.000Z',
  verdict: 'pass',
  conditions: {
    suite: 'shop',
    profile: 'load',
    environment: 'staging',
    target: 'https://shop.example.com',
    load: 'c0ffee',
    k6: 'v2.2',
    generator: 'linux x64, 2 CPUs, 8 GiB',
    instances: '1',
  },
  judgedPhases: ['steady'],
  about: {},
  measurements,
  ...more,
})
