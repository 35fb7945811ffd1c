import type { Generator } from '../../record/index.ts'
import type { Arrivals } from './arrivals.ts'
import type { EndedEarly } from './maxDuration.ts'
import type { Steadiness } from './mser.ts'

/** What may make a run unbelievable, or deserves a note: whatever is not known is left out. */
export interface Doubtful {
  /** Scenarios that their `maxDuration` ended, with what of `dropped` is theirs. */
  endedEarly?: readonly EndedEarly[]
  /** Each scenario of the open model. */
  arrivals?: readonly Arrivals[]
  /** What was seen of the generator in the judged phases. */
  generator?: Generator
  /** How far this machine's clock moved against time that passed (milliseconds). */
  clockShift?: number
  /** Judged phases, as long as planned and as long as they were (milliseconds). */
  phases?: readonly { readonly phase: string; readonly planned: number; readonly ran: number }[]
  /** Result of MSER-5 for the judged steady phase. */
  steadiness?: Steadiness
  /** Samples of each metric of a threshold on a quantile. */
  samples?: Readonly<Record<string, number>>
}
