import { isNarrowed } from '../../../config/thresholds/narrowedKey.ts'
import { defined } from '../../base/index.ts'
import type { ThresholdResult } from '../../k6/index.ts'
import type { RunRecord } from '../../record/index.ts'
import type { SloResult } from './listed.ts'

/** A limit of an environment: a key of its `slos`, and one expression of it. */
export interface SloLimit {
  readonly key: string
  readonly threshold: string
}

/** What a limit came to in a run; undefined where the run did not have it. In several phases, the worst. */
export function resultIn(
  { id, startedAt, thresholds, declared }: RunRecord,
  { key, threshold }: SloLimit,
): SloResult | undefined {
  const isTheirs = ({ metric, source }: ThresholdResult): boolean =>
    source === 'environment' || (source === undefined && (declared?.slos ?? []).includes(metric))
  const [worst] = thresholds
    .filter((one) => one.threshold === threshold && isTheirs(one) && isNarrowed(key, one.metric))
    .toSorted((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result))
  if (worst === undefined) return undefined
  const { result, value } = worst
  return { run: id, startedAt, result, ...defined({ value: result === 'no samples' ? undefined : value }) }
}

const ORDER: readonly ThresholdResult['result'][] = ['fail', 'pass', 'no samples']

/** The limits that a run judged in the place of the environment's: its author's own on the same metric and place. */
export const replacingIn = ({ thresholds }: RunRecord, key: string): string[] => [
  ...new Set(
    thresholds.flatMap(({ metric, source, threshold }) =>
      source === 'suite' && isNarrowed(key, metric) ? [threshold] : [],
    ),
  ),
]

/** In how many runs something held, of those that judged it. */
export function heldIn(results: readonly SloResult[]): { held: number; of: number } {
  const judged = results.filter(({ result }) => result !== 'no samples')
  return { held: judged.filter(({ result }) => result === 'pass').length, of: judged.length }
}
