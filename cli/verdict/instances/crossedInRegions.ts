import { parseThresholdKey } from '../../../config/thresholds/thresholdKey.ts'
import { regionsIn, series, storeOfRegion, type Store, type SuiteDeclarations } from '../../record/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import { thresholdsSoFar } from '../thresholdsSoFar.ts'

/** A threshold that one region crossed, and the whole did not. */
export interface CrossedInRegion {
  readonly region: string
  readonly metric: string
  readonly threshold: string
  readonly value: number
}

/**
 * Thresholds that hold in all, and not in one region. Those of Counters say how much the whole is to do, which a region is
 * not asked for.
 */
export function crossedInRegions(
  store: Store,
  declared: Pick<SuiteDeclarations, 'thresholds' | 'own'>,
  whole: readonly ThresholdResult[],
): CrossedInRegion[] {
  const held = new Set(whole.flatMap((one) => (one.result === 'pass' ? [nameOf(one)] : [])))
  return regionsIn(store).flatMap((region) => {
    return thresholdsSoFar(storeOfRegion(store, region), declared, 0).flatMap(
      ({ metric, threshold, value, result }) => {
        const isCrossed = result === 'fail' && value !== undefined && held.has(nameOf({ metric, threshold }))
        return isCrossed && !isOfCounter(store, metric) ? [{ region, metric, threshold, value }] : []
      },
    )
  })
}

const nameOf = ({ metric, threshold }: Pick<ThresholdResult, 'metric' | 'threshold'>): string =>
  JSON.stringify([metric, threshold])

const isOfCounter = (store: Store, key: string): boolean => {
  const { metric, tags } = parseThresholdKey(key) ?? { metric: key, tags: {} }
  return series(store, metric, tags).some(({ kind }) => kind === 'counter')
}
