import type { Interval } from '../statistics/proportions.ts'
import type { RolloutMetric } from './metric.ts'

/** What the looks at a metric say. Each is a code of docs/reasons.md. */
export type RolloutFinding =
  | 'limit-crossed'
  | 'canary-worse'
  | 'canary-no-data'
  | 'stable-no-data'
  | 'stale'
  | 'limit-crossed-by-both'
  | 'limit-unsettled'
  | 'few-looks'
  | 'too-noisy'
  | 'held'

/** A metric after some looks: both figures, and what they say. */
export interface RolloutRow extends Pick<RolloutMetric, 'name' | 'unit' | 'better' | 'isMain'> {
  readonly finding: RolloutFinding
  /** Looks that gave a figure of both, those that did not, and why the last one did not. */
  readonly looks: number
  readonly missing: number
  readonly why?: string
  /** Means over the looks. */
  readonly stable?: number
  readonly canary?: number
  /** By how much the canary is worse (below 0: better), where that lies, and how much is allowed. */
  readonly worse?: number
  readonly interval?: Interval
  readonly allowed?: number
  /** `<0.01`, and looks that crossed it. */
  readonly limit?: string
  readonly crossed?: number
  /** The last look, for progress. */
  readonly last?: { readonly stable?: number; readonly canary?: number }
}
