import type { Waiver } from '../gate/waiver.ts'

/** What an SLO, or a tolerance, was in a run. */
export interface SloResult {
  readonly run: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly result: 'pass' | 'fail' | 'no samples'
  /** The figure as it was judged: of a limit in k6's unit, of a tolerance the change of a row in words. */
  readonly value?: number | string
}

/** What is listed of an SLO and of a tolerance alike. */
interface Listed {
  readonly metric: string
  readonly journey?: string
  readonly step?: string
  readonly owner?: string
  /** The newest first. */
  readonly results: readonly SloResult[]
  /** In how many runs it held, of those that had something to judge. */
  readonly held: number
  readonly of: number
  /** The waivers in force on it. */
  readonly waivers: readonly Waiver[]
}

/** A limit of an environment, as the runs of a suite have it. */
export interface ListedSlo extends Listed {
  readonly environment: string
  /** Absent where no run had it. */
  readonly suite?: string
  /** As the config has it: `group_duration{step:place order}`. */
  readonly key: string
  /** `p(95)<500`. */
  readonly threshold: string
  /** Why no run judged it. */
  readonly why?: string
}

/** A change for the worse that the gate tolerates. */
export interface ListedTolerance extends Listed {
  /** Absent where it holds in every environment. */
  readonly environment?: string
  /** `+10%`. */
  readonly limit: string
}

/** The SLOs and tolerances of a config with what runs made of them; those that no run ever judged come first. */
export interface SloList {
  readonly schema: 1
  /** How many runs of each suite in each environment were looked at, at most. */
  readonly last: number
  /** Runs that were looked at. */
  readonly runs: number
  readonly slos: readonly ListedSlo[]
  readonly tolerances: readonly ListedTolerance[]
}
