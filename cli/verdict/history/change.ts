import type { Difference } from '../comparison/differences.ts'
import type { RowSubject } from '../comparison/row.ts'

/** A run, as a change names it. */
export interface NamedRun {
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  /** With ` + changes` where files were changed that no commit has; absent where it is not known. */
  readonly commit?: string
  readonly version?: string
}

/** A figure that changed. */
export interface ChangedRow extends RowSubject {
  readonly name: string
  /** Its level before, and after. */
  readonly before: number
  readonly after: number
  readonly change: number
  readonly verdict: 'worse' | 'better' | 'other'
  /** The chance that noise alone makes it, were this the only place that is looked at. */
  readonly chance: number
  /** Runs of the level before, and of that after. */
  readonly runs: readonly [before: number, after: number]
}

/** What changed between two runs of a series. */
export interface Change {
  /** `drift`: little by little, from the first to the last of its runs. */
  readonly kind: 'step' | 'drift'
  readonly verdict: 'worse' | 'better' | 'other'
  /** The last run before it, and the first run of the new level; of a drift, its first run and its last one. */
  readonly before: NamedRun
  readonly run: NamedRun
  /** The place of `run` in its series, and of `before`. */
  readonly places: readonly [before: number, run: number]
  /** Runs between both that have no figures, or of a busy machine. */
  readonly skipped: number
  /** What else is not as it was. */
  readonly differences: readonly Difference[]
  /** For which share of the time the machine that made the load was full, before and after: medians, 0 to 1. */
  readonly full?: { readonly before: number; readonly after: number }
  /** The figures, those that matter first. */
  readonly rows: readonly ChangedRow[]
  /** In a sentence. */
  readonly text: string
}
