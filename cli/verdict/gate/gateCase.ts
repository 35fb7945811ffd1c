import type { ThresholdResult } from '../../k6/index.ts'
import type { Row } from '../comparison/row.ts'
import type { Waiver } from './waiver.ts'

/** What a gate makes of a threshold or of a row of a comparison. */
export type CaseOutcome = 'held' | 'failed' | 'waived' | 'open' | 'cannot tell'

/** A threshold of the run, or a judged row of its comparison, as the gate reads it. */
export interface GateCase {
  /** `p95 of place order`, `http_req_duration{step:place order}: p(95)<500`. */
  readonly name: string
  readonly metric: string
  readonly journey?: string
  readonly step?: string
  /** `open`: another run, or another machine, would tell. */
  readonly outcome: CaseOutcome
  /** `p95 of place order 612 ms > 500 ms (baseline 430 ms, +42 %)`. */
  readonly text: string
  /** The code of the threshold's or the row's reason. */
  readonly code: string
  /** Who answers for it, by the config's tolerances and SLOs. */
  readonly owner?: string
  /** The waiver that keeps it from failing. */
  readonly waiver?: Waiver
  /** A waiver of this place that allows less than this. */
  readonly exceeds?: Waiver
  /** Which of both it is of. */
  readonly threshold?: ThresholdResult
  readonly row?: Row
}
