import type { MeasuredRun } from '../../record/index.ts'
import type { Figure } from '../comparison/figures.ts'
import type { RowSubject } from '../comparison/row.ts'

/** Both runs of a pair, as they were measured. */
export interface MeasuredPair {
  readonly base: MeasuredRun
  readonly candidate: MeasuredRun
}

/** One figure in all pairs that have it on both sides, and in how many it is on either side at all. */
export interface PairedFigure {
  readonly subject: RowSubject
  /** Its phase is judged. */
  readonly judged: boolean
  readonly base: readonly Figure[]
  readonly candidate: readonly Figure[]
  readonly inBase: number
  readonly inCandidate: number
  /** Every run of the base has it, and none by accident; of several figures of a place one says so. */
  readonly isExpected: boolean
}
