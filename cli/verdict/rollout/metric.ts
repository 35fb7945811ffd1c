import type { Better } from '../../record/index.ts'
import type { Raise } from '../../../config/gate.ts'
import type { WatchLimit, WATCH_UNITS } from '../../../config/watch.ts'
import type { Proportion } from '../statistics/proportions.ts'

/** The unit of a metric's figures; none is a bare number. */
export type RolloutUnit = (typeof WATCH_UNITS)[number] | ''

/** A figure that is held against the same of the stable version at each look. */
export interface RolloutMetric {
  /** `error rate`, `p95 of place order`. */
  readonly name: string
  readonly unit: RolloutUnit
  readonly better: Better
  /** By how much it may be worse; a change up to `floor`, in its unit, never matters. */
  readonly tolerance: Raise
  readonly floor: number
  readonly limit?: WatchLimit
  /** How much of a look is new, 0 to 1: looks at the last 5 minutes, made each minute, have a fifth. */
  readonly fresh: number
  /** It must be held for a promotion; others only roll back. */
  readonly isMain: boolean
}

/** One look at a metric: the same of both versions at the same moment; what gave no number is absent. */
export interface Look {
  readonly stable?: number
  readonly canary?: number
  /** Why one of them is absent. */
  readonly why?: string
  /** Of shares whose counts are known: of which each is made. */
  readonly counts?: { readonly stable: Proportion; readonly canary: Proportion }
}
