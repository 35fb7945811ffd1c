import type { RowsEvent, TargetEvent } from '../../lib/catalog.ts'
import type { ThresholdResult } from '../k6/index.ts'
import type { Verdict } from '../record/index.ts'
import type { Down } from './down.ts'
import type { Doubtful } from './forensics/doubts.ts'
import type { Threw } from './threw.ts'
import type { Unfinished } from './unfinished.ts'

/** The facts that a verdict is made of. */
export interface Facts extends Doubtful, Threw {
  /** k6's own exit code; undefined where a signal ended it. */
  k6: number | undefined
  /** Why k6 could not be started, if it could not. */
  failure?: string
  /** A person or a signal ended the run. */
  interrupted: boolean
  /** Why the run was ended, where its load or its memory was about to do harm. */
  stopped?: string
  thresholds: readonly ThresholdResult[]
  /** Checks made in the whole run. */
  checks: number
  failedChecks: number
  /** A plain k6 script was run: without thresholds of its own its checks judge it. */
  script: boolean
  /** The keys of thresholds that are the environment's, not the author's. */
  slos?: readonly string[]
  /** The suite makes HTTP requests. */
  http?: boolean
  /** k6 was told to replace the suite's scenarios (`-i`, `-u`, `-d` …): phases are gone, and thresholds in them judge nothing. */
  replaced: boolean
  /** Requests that the tunnel answered itself, with its errors. */
  tunnelErrors: number
  tunnel?: string
  rows: readonly RowsEvent[]
  targets: readonly TargetEvent[]
  /** Iterations that had not ended when k6 stopped them at the load's own end. */
  unfinished?: readonly Unfinished[]
  /** How many of them scenarios without a graceful stop ask for. */
  mayCut?: number
  /** What a script gave for its reason when it aborted the run. */
  aborted?: string
  /** k6's own warnings and errors. */
  said?: readonly string[]
  /** The target failed every request. */
  down?: Down | undefined
  /** What the author's `setup` threw, and where. */
  setup?: readonly string[]
  /** k6's own figures are not there, or not whole. */
  unread?: boolean
  /** Counts of the recorder that are not k6's, as sentences. */
  disagreements?: readonly string[]
}

/** A verdict with its reasons, most important first, and the CLI's exit code. */
export interface Judgement {
  verdict: Verdict
  reasons: string[]
  exitCode: number
  /** What deserves attention and changes nothing, if there is something. */
  notes?: string[]
}
