import type { ThresholdResult } from '../../k6/index.ts'
import type { MeasuredRun } from '../../record/index.ts'

/** A run of the load on one version. */
export interface Block {
  readonly measured: MeasuredRun
  readonly thresholds: readonly ThresholdResult[]
}

/** A run on each version, one right after the other. */
export interface BlockPair {
  readonly stable: Block
  readonly canary: Block
}
