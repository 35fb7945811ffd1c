import { defined } from '../../base/index.ts'
import { crossingsOf, type Crossings } from './crossed.ts'
import { ROLLOUT_LIMITS } from './limits.ts'
import type { Look, RolloutMetric } from './metric.ts'
import { pairedShares, pairedValues, type Pair, type PairedChange } from './paired.ts'
import type { RolloutFinding, RolloutRow } from './row.ts'

/** How many looks are made at how many metrics: the more, the more often one of them is far off by chance. */
export interface RolloutSize {
  readonly looks: number
  readonly metrics: number
}

/** What the looks at a metric say so far. */
export function judgeMetric(metric: RolloutMetric, looks: readonly Look[], size: RolloutSize): RolloutRow {
  const { name, unit, better, isMain, limit } = metric
  const pairs = looks.flatMap(({ stable, canary }) =>
    stable === undefined || canary === undefined ? [] : [{ stable, canary }],
  )
  const crossings = limit && crossingsOf(looks, limit, unit)
  const change = changeOf(metric, looks, pairs)
  const allowed = change && allowedOf(metric, change)
  const last = looks.at(-1)
  return {
    name,
    unit,
    better,
    isMain,
    finding: findingOf({ looks, pairs, crossings, change, allowed, size }),
    looks: pairs.length,
    missing: looks.length - pairs.length,
    ...defined({
      why: looks.findLast(({ why }) => why !== undefined)?.why,
      stable: change?.stable,
      canary: change?.canary,
      worse: change?.worse,
      interval: change && Number.isFinite(change.interval.high) ? change.interval : undefined,
      allowed,
      limit: limit && `${limit.operator}${limit.bound}`,
      crossed: crossings?.crossed,
      last: last && defined({ stable: last.stable, canary: last.canary }),
    }),
  }
}

function changeOf(
  metric: RolloutMetric,
  looks: readonly Look[],
  pairs: readonly Pair[],
): PairedChange | undefined {
  if (pairs.length === 0) return undefined
  const counts = looks.flatMap((one) => one.counts ?? [])
  return counts.length === pairs.length ? pairedShares(counts) : pairedValues(pairs, metric)
}

/** By how much the canary may be worse, in the metric's unit. */
const allowedOf = ({ tolerance: { by, unit }, floor }: RolloutMetric, { stable }: PairedChange): number =>
  Math.max(unit === 'points' ? by : by * Math.abs(stable), floor)

interface Judged {
  looks: readonly Look[]
  pairs: readonly Pair[]
  crossings: Crossings | undefined
  change: PairedChange | undefined
  allowed: number | undefined
  size: RolloutSize
}

function findingOf({ looks, pairs, crossings, change, allowed = 0, size }: Judged): RolloutFinding {
  const { alpha, missing, leastToPromote } = ROLLOUT_LIMITS
  if (crossings?.isLasting) return 'limit-crossed'
  if (
    change &&
    change.independent >= change.needed &&
    change.worse > allowed &&
    change.chance < alpha / (ofLooks(size.looks) * size.metrics)
  )
    return 'canary-worse'
  const without = (side: 'canary' | 'stable'): number => looks.filter((one) => one[side] === undefined).length
  if (looks.length === 0 || without('canary') > missing * looks.length) return 'canary-no-data'
  if (without('stable') > missing * looks.length || !change) return 'stable-no-data'
  if (isStale(pairs)) return 'stale'
  if (crossings?.isUnsettled) return crossings.isOfBoth ? 'limit-crossed-by-both' : 'limit-unsettled'
  if (change.independent < leastToPromote) return 'few-looks'
  return change.interval.high <= allowed ? 'held' : 'too-noisy'
}

/**
 * By how much the chance at each of so many looks must be smaller than that of a whole watch: Pocock's constant boundary
 * (Biometrika 64:191, 1977), whose table 1.5 × √looks reproduces within 7 % from 5 looks on.
 */
const ofLooks = (looks: number): number => Math.max(1, 1.5 * Math.sqrt(looks))

/** Fractions that are the same to the last digit, look after look: the series was not written any more. */
function isStale(pairs: readonly Pair[]): boolean {
  const last = pairs.slice(-ROLLOUT_LIMITS.stale)
  const [first] = last
  if (first === undefined || last.length < ROLLOUT_LIMITS.stale) return false
  return (['canary', 'stable'] as const).some(
    (side) => !Number.isInteger(first[side]) && last.every((one) => one[side] === first[side]),
  )
}
