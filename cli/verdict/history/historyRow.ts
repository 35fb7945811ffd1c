import type { RowSubject } from '../comparison/row.ts'

/** Runs of a series, by their places in it, of which a figure has one level. */
export interface Level {
  /** The first run, and the last one. */
  readonly from: number
  readonly to: number
  /** In the figure's unit. */
  readonly value: number
}

/** A figure over the runs of a series. */
export interface HistoryRow extends RowSubject {
  /** `p95 of place order`. */
  readonly name: string
  /** Of each run of the series, the oldest first; null where it has none, or too few samples for it. */
  readonly values: readonly (number | null)[]
  /** Runs that have it. */
  readonly runs: number
  /** Levels, the oldest first: one where nothing changed, none where too few runs have it. */
  readonly levels: readonly Level[]
  /** How the figure scatters within its levels: a standard deviation, in its unit at the newest level. */
  readonly noise?: number
  /** The smallest change that would have been found in 95 of 100 cases after five runs. */
  readonly detectable?: number
}
