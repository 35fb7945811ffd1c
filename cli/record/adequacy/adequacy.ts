import { defined } from '../../base/index.ts'
import { sum } from '../../../config/sum.ts'
import type { AdequacyRow, Aspect } from './row.ts'
import { sentenceOf } from './sentence.ts'
import { unknownOf } from './unknown.ts'
import type { Production } from './production.ts'

/** What a test asked its target for. */
export interface TestTraffic {
  /** Requests by name. */
  counts: ReadonlyMap<string, number>
  /** Whether the counts are weights of a plan, and no sample. */
  planned?: boolean
  /** Requests per second: on average, and in its busiest time. */
  mean: number
  busiest?: number
  /** Requests in progress at a time, on average. */
  concurrency?: number
  /** Rows by the name of the pool. */
  pools: ReadonlyMap<string, number>
}

/** A test beside production. */
export interface Adequacy {
  /** Where production is known from. */
  source: string
  rows: AdequacyRow[]
  /** Whether the test can stand for production, and if not, why. */
  sentence: string
}

/** Requests that are told of one by one. */
const MAX_NAMES = 20
/** Standard errors that a share may be off by chance: one in 300 of what is equal is. */
const MOST_ERRORS = 3
/** Differences of shares that matter to nobody. */
const LEAST_DIFFERENCE = 0.005
/** Of production's requests that a test may leave out. */
const MOST_UNCOVERED = 0.05
/** Of production's rate that a test should reach. */
const ENOUGH = 0.8

/** Holds a test against production: the mix, what is not covered, the rate, the spread of its data, concurrency. */
export function adequacyOf(production: Omit<Production, 'schema' | 'pattern'>, test: TestTraffic): Adequacy {
  const all = sum(production.mix.map(({ count }) => count))
  const known = new Set(production.mix.map(({ name }) => name))
  const sent = sum([...test.counts.values()])
  const shares = production.mix.map(({ name, count }): AdequacyRow => {
    const own = test.counts.get(name) ?? 0
    const of = { p: count / all, n: all, q: sent > 0 ? own / sent : 0, m: test.planned ? Infinity : sent }
    const aspect = own > 0 ? 'mix' : 'not covered'
    return rowOf(aspect, name, of.p, of.q, aspect === 'mix' ? isOther(of) : of.p > MOST_UNCOVERED)
  })
  const uncovered = sum(shares.map((row) => (row.aspect === 'not covered' ? row.production : 0)))
  const extra = sum([...test.counts].map(([name, count]) => (known.has(name) ? 0 : count)))
  const rows: AdequacyRow[] = [
    ...shares.slice(0, MAX_NAMES),
    ...(extra > 0
      ? [rowOf('mix', 'other requests of the test', 0, extra / sent, extra / sent > LEAST_DIFFERENCE)]
      : []),
    ...(uncovered > 0
      ? [rowOf('not covered', 'all that the test does not ask for', uncovered, 0, uncovered > MOST_UNCOVERED)]
      : []),
    ...rates(production, test),
    ...production.mix.slice(0, MAX_NAMES).flatMap(({ name, distinct, pool }): AdequacyRow[] =>
      distinct === undefined || distinct < 2
        ? []
        : [
            {
              aspect: 'data',
              what: `different ${name}`,
              production: distinct,
              ...defined({ test: pool && test.pools.get(pool.name) }),
              differs: pool !== undefined && pool.share < ENOUGH,
            },
          ],
    ),
    ...(production.concurrency === undefined
      ? []
      : [
          {
            aspect: 'concurrency' as const,
            what: 'requests in progress',
            production: production.concurrency,
            ...defined({ test: test.concurrency }),
            differs: test.concurrency !== undefined && test.concurrency < production.concurrency / 2,
          },
        ]),
  ]
  const sentence = sentenceOf(production.source, rows, {
    production: all,
    test: test.planned === true ? Infinity : sent,
  })
  return { source: production.source, rows, sentence: [sentence, ...unknownOf(production)].join(' ') }
}

const rowOf = (
  aspect: Aspect,
  what: string,
  production: number,
  test: number,
  differs: boolean,
): AdequacyRow => ({ aspect, what, production, test, differs })

function rates(
  { perSecond, stepSeconds }: Pick<Production, 'perSecond' | 'stepSeconds'>,
  { mean, busiest }: TestTraffic,
): AdequacyRow[] {
  const average: AdequacyRow = {
    aspect: 'rate',
    what: 'requests per second, mean',
    production: perSecond.mean,
    test: mean,
    differs: mean < perSecond.mean * ENOUGH,
  }
  if (stepSeconds === 0) return [average]
  const one = stepSeconds === undefined ? 'second' : 'step'
  return [
    average,
    { aspect: 'rate', what: `in one ${one} of two`, production: perSecond.p50, differs: false },
    { aspect: 'rate', what: `in one ${one} of twenty`, production: perSecond.p95, differs: false },
    {
      aspect: 'rate',
      what: `in one ${one} of a hundred`,
      production: perSecond.p99,
      ...defined({ test: busiest }),
      differs: busiest !== undefined && busiest < perSecond.p99 * ENOUGH,
    },
    { aspect: 'rate', what: `in the busiest ${one}`, production: perSecond.max, differs: false },
  ]
}

/** Whether two shares, of `n` and of `m`, differ by more than chance explains, and by more than nothing. */
function isOther({ p, n, q, m }: { p: number; n: number; q: number; m: number }): boolean {
  const pooled = m === Infinity ? p : (p * n + q * m) / (n + m)
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))
  return Math.abs(p - q) > Math.max(LEAST_DIFFERENCE, MOST_ERRORS * error)
}
