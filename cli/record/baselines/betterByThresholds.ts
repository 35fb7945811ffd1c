import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { Better } from './measuredRun.ts'

/**
 * Which way is better of each metric that has thresholds: `rate<0.01` says lower, `rate>0.99` higher. One of both kinds says
 * nothing. Undefined where no threshold says anything.
 */
export function betterByThresholds(
  thresholds: readonly Pick<ThresholdResult, 'metric' | 'threshold'>[],
): Readonly<Record<string, Better>> | undefined {
  const ways = new Map<string, Set<Better>>()
  for (const { metric: key, threshold } of thresholds) {
    const metric = parseThresholdKey(key)?.metric
    const [, sign] = /([<>])=?\s*-?[\d.]/.exec(threshold) ?? []
    if (metric === undefined || sign === undefined) continue
    ways.set(metric, (ways.get(metric) ?? new Set()).add(sign === '<' ? 'lower' : 'higher'))
  }
  const told = [...ways].flatMap(([metric, [way, ...others]]) =>
    way !== undefined && others.length === 0 ? [[metric, way] as const] : [],
  )
  return told.length > 0 ? Object.fromEntries(told) : undefined
}
