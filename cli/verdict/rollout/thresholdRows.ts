import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { watchLimitOf, type WatchLimit } from '../../../config/watch.ts'
import { defined } from '../../base/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Block, BlockPair } from './block.ts'
import { crossingsOf, type Crossings } from './crossed.ts'
import { ROLLOUT_LIMITS } from './limits.ts'
import type { Look, RolloutUnit } from './metric.ts'
import type { RolloutFinding, RolloutRow } from './row.ts'

/** The thresholds of a suite, each a limit that the canary's runs must hold. */
export function thresholdRows(pairs: readonly BlockPair[]): RolloutRow[] {
  const all = new Map(
    pairs.flatMap(({ canary }) => canary.thresholds).map((one) => [keyOf(one), one] as const),
  )
  return [...all.values()].flatMap((one) => rowOf(one, pairs) ?? [])
}

const keyOf = ({ metric, threshold }: ThresholdResult): string => `${metric}: ${threshold}`

function rowOf(threshold: ThresholdResult, pairs: readonly BlockPair[]): RolloutRow | undefined {
  const [, aggregation = '', expression = ''] =
    /^\s*([a-z]+(?:\([\d.]+\))?)\s*([<>].*)$/i.exec(threshold.threshold) ?? []
  const limit = watchLimitOf(expression)
  if (limit === undefined) return undefined
  const unit = unitOf(threshold.metric, aggregation)
  const name = keyOf(threshold)
  const valueIn = ({ thresholds }: Block): number | undefined =>
    thresholds.find((one) => keyOf(one) === name && one.result !== 'no samples')?.value
  const looks = pairs.map(({ stable, canary }): Look =>
    defined({ stable: valueIn(stable), canary: valueIn(canary) }),
  )
  const crossings = crossingsOf(looks, limit, unit)
  const last = looks.at(-1)
  return {
    name,
    unit,
    better: limit.operator.startsWith('<') ? 'lower' : 'higher',
    isMain: true,
    finding: findingOf(crossings),
    looks: crossings.looks,
    missing: looks.length - crossings.looks,
    limit: textOf(limit),
    crossed: crossings.crossed,
    ...(last ? { last } : {}),
  }
}

const textOf = ({ operator, bound }: WatchLimit): string => `${operator}${bound}`

function unitOf(key: string, aggregation: string): RolloutUnit {
  if (aggregation === 'rate') return 'share'
  const { metric = key } = parseThresholdKey(key) ?? {}
  return aggregation !== 'count' && metric.endsWith('_duration') ? 'ms' : ''
}

function findingOf({ isLasting, isUnsettled, isOfBoth, looks }: Crossings): RolloutFinding {
  if (isLasting) return 'limit-crossed'
  if (looks === 0) return 'canary-no-data'
  if (isUnsettled) return isOfBoth ? 'limit-crossed-by-both' : 'limit-unsettled'
  return looks < ROLLOUT_LIMITS.leastToPromote ? 'few-looks' : 'held'
}
