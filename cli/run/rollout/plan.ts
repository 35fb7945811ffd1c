import type { RolloutDecision, RolloutFacts } from '../../verdict/index.ts'

/** How a watch is made. */
export interface WatchRun {
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  /** Told after each look. */
  readonly tell: (facts: RolloutFacts) => void
}

/** A watch that can be made, or only told about. */
export interface WatchPlan {
  /** What it would do, a line each. */
  readonly lines: readonly string[]
  readonly run: (how: WatchRun) => Promise<RolloutDecision>
}
