import type { RowsEvent, TargetEvent } from '../../lib/catalog.ts'
import type { MachineMemory, ThresholdResult } from '../k6/index.ts'
import type { ExceptionCluster, Verdict } from '../record/index.ts'
import type { Agreement } from './agreement.ts'
import type { Down } from './down.ts'
import type { Doubtful } from './forensics/doubtful.ts'
import type { ManyNames } from './forensics/manyNames.ts'
import type { OutOfRoom } from './outOfRoom.ts'
import type { CrossedInRegion } from './instances/crossedInRegions.ts'
import type { UnlikePlan } from './instances/plannedLoad.ts'
import type { NearLimit } from './instances/mergedThresholds.ts'
import type { Unfinished } from './unfinished.ts'

/** Input of a verdict; unknown facts are undefined. */
export interface Facts extends Doubtful, Partial<Pick<Agreement, 'disagreements' | 'quantiles' | 'shared'>> {
  /** k6's own exit code; undefined where a signal ended it. */
  k6: number | undefined
  /** Why k6 could not be started, if it could not. */
  failure?: string
  /** A person or a signal ended the run. */
  interrupted: boolean
  /** Why the run was ended, where its load or its memory was about to do harm. */
  stopped?: string
  /** The same where nobody could end it, since others started its k6. */
  goesOn?: string
  thresholds: readonly ThresholdResult[]
  /** Of what a collector took no more, in words. */
  full?: string | undefined
  /** Of several k6, those that ended before the others, or never began. */
  lost?: readonly { readonly instance: string; readonly of: number; readonly how: string }[]
  /** Whether what was left of them was stopped for it. */
  othersStopped?: boolean
  /** Of several k6 that a collector saw, those that were not one run of one k6. */
  unsound?: readonly { readonly instance: string; readonly of: number; readonly why: string }[]
  /** The instance that began last, and how many seconds after the first, where that is long. */
  apart?: { readonly instance: string; readonly seconds: number } | undefined
  /** Those of which nothing came for a time, and nothing tells what is missing. */
  unheard?: readonly { readonly instance: string; readonly of: number; readonly seconds: number }[]
  /** The instance that began last, where that was when another had made half of its load (seconds of it) and more. */
  alone?: { readonly instance: string; readonly seconds: number; readonly of: number } | undefined
  /** What instances made together, where that is not what was planned. */
  unlike?: UnlikePlan | undefined
  /** Instances came, and nobody had said how many there should be. */
  uncounted?: number | undefined
  /** By how many milliseconds clocks of instances differ, where that is much. */
  clocks?: { readonly instance: string; readonly ms: number } | undefined
  /** Thresholds that one of several regions crossed, and the whole did not. */
  inRegions?: readonly CrossedInRegion[]
  /** Thresholds over several k6 that were judged by interpolation, since their limit lies where the quantile may be. */
  near?: readonly NearLimit[]
  /** Of several k6, those that left no figures of their own where others did: all counts are the record's. */
  withoutFigures?: readonly string[]
  /** Checks were made, and nobody counted them. */
  uncountedChecks?: boolean
  /** Number of checks in the run. */
  checks: number
  failedChecks: number
  /** A plain k6 script was run: without thresholds of its own its checks judge it. */
  script: boolean
  /** The keys of thresholds that are the environment's, not the author's. */
  slos?: readonly string[]
  /** The suite makes HTTP requests. */
  http?: boolean
  /** The library's Rates of what the suite did not do once, such as `grpc_call_failed`. */
  idle?: readonly string[]
  /** k6 drove a browser, whose CPU is not k6's own. */
  browser?: boolean
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
  /** What the machine that makes the load had no more of, and how many requests it kept from being sent. */
  outOfRoom?: readonly OutOfRoom[]
  /** k6's own warnings and errors. */
  said?: readonly string[]
  /** The target failed every request. */
  down?: Down | undefined
  /** What the author's `setup` threw, and where. */
  setup?: readonly string[]
  /** Whether k6's end-of-test summary is missing or incomplete. */
  unread?: boolean
  /** What scripts threw, most frequent first. */
  exceptions?: readonly ExceptionCluster[]
  /** Failed journeys, where VUs stopped telling of what they threw, since it was ever new. */
  failedJourneys?: number | undefined
  /** k6 was told to make a single pass (`-i 1`), which judges itself: what failed in it ends k6 with 110. */
  singlePass: boolean
  /** Iterations that ended, and those that were due and for which no VU was free. */
  iterations: number
  dropped: number
  /** VUs that k6 made only when it needed them: an iteration may be dropped for each, in the moment until it was there. */
  grown?: number
  /** How far the target's clock is ahead of this machine's (milliseconds), where they differ. */
  skew?: number
  /** The memory when k6 held most of it, and the bytes of all answers. */
  memory?: MachineMemory | undefined
  received?: { readonly bytes: number; readonly requests: number }
  /** Causes of failures, and how many of them the record keeps. */
  causes?: { readonly all: number; readonly kept: number }
  manyNames?: readonly ManyNames[]
}

/** The facts of a run whose verdict is there. */
export interface JudgedFacts extends Facts {
  verdict: Verdict
}
