import { BOUNDS } from '../../prometheus/index.ts'

/**
 * The limit at which classic buckets tell surely that a quantile is beyond `limit` (in seconds, bytes or the metric's
 * own unit): the next bound, since between two bounds a quantile is a guess.
 */
export function boundOver(limit: number, unit: string | undefined, operator: string): number {
  const suffix = unit === 's' ? '_seconds' : unit === 'bytes' ? '_bytes' : ''
  const bounds = BOUNDS.find(([end]) => end === suffix)?.[1] ?? []
  const beyond = operator.startsWith('<')
    ? bounds.find((bound) => bound >= limit)
    : bounds.findLast((bound) => bound <= limit)
  return beyond ?? limit
}
