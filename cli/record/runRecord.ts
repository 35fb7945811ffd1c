import type { Settings } from '../../config/settings/settings.ts'
import type { Shape } from '../../config/workload/shape.ts'
import type { CallFigures } from './calls.ts'
import type { Adequacy } from './adequacy/adequacy.ts'
import type { CloudRun } from './cloudRun.ts'
import type { JourneyFigures } from './figures.ts'
import type { SocketFigures } from './sockets.ts'
import type { SpanFigures } from './spans.ts'
import type { SignalFigures } from './signalFigures.ts'
import type { OperationFigures } from './operations.ts'
import type { OwnMetric } from './ownMetrics.ts'
import type { PageFigures, PageRequests } from './pages.ts'
import type { RowsEvent } from '../../lib/catalog.ts'
import type { CheckResult, ThresholdResult } from '../k6/index.ts'
import type { Manifest } from './manifest.ts'
import type { AnnotationOutcome, ForwardOutcome, TracesResult } from './sent.ts'
import type { ExceptionCluster, FailureCluster } from './failures.ts'
import type { Counts, Instance } from './instance.ts'
import type { RunLoad } from './load.ts'
import type { Reason } from './reason.ts'
import type { RegionFigures } from './regions.ts'
import type { Verdict } from './verdicts.ts'

/** The version of `run.json`'s shape; it rises when a key changes its meaning or goes. Described in docs/run-record.md. */
export const SCHEMA = 2

/** What a run leaves: `run.json`. Times are ISO 8601 in UTC, durations milliseconds unless a key says otherwise. */
export interface RunRecord {
  schema: typeof SCHEMA
  id: string
  suite: string
  bundle: { file: string; sha256: string }
  /** The plain k6 script that was run in a suite's place; its profile is called `script`. */
  script?: string
  /** By which command, if not by `k6 run`. */
  mode?: 'cloud' | 'collect'
  /** What a cloud run asked for, and where it is to be seen. */
  cloud?: CloudRun
  /** `running` until the end was written: a record that still says so was cut short, and is invalid. */
  state: 'running' | 'ended'
  verdict: Verdict
  /** Why, most important first: what rules of the verdict found. */
  reasons: Reason[]
  exitCode: number
  startedAt: string
  endedAt?: string
  environment: string
  profile: string
  target: string
  /** The hosts that it contacted, as its series tell, `https://api.example.com`; absent where they tell none. */
  hosts?: readonly string[]
  /** The target was the embedded shop that the run itself started. */
  embedded: boolean
  settings: Partial<Settings>
  faults: readonly string[]
  judgedPhases: readonly string[]
  /** What k6 was told of the load, known from the start. */
  load: RunLoad
  /** What the script was told by `-e`: `NAME=value`, where only settings show theirs. */
  variables: readonly string[]
  /** The processes of k6 that made the run: one, unless its load was spread. */
  instances: Instance[]
  journeys: JourneyFigures[]
  thresholds: ThresholdResult[]
  checks: CheckResult[]
  failures: FailureCluster[]
  /** What scripts threw, most frequent first; absent where nothing did. */
  exceptions?: ExceptionCluster[]
  /** What scripts did beside HTTP requests, in the whole run, by signal; absent where there was nothing else. */
  signals?: SignalFigures[]
  /** The Web Vitals of pages; absent where no browser was driven. */
  pages?: PageFigures[]
  /** What those pages asked for, by name, most first; absent where no browser was driven. */
  pageRequests?: PageRequests[]
  /** WebSockets by name; absent where there were none. */
  sockets?: SocketFigures[]
  /** gRPC calls by name; absent where there were none. */
  calls?: CallFigures[]
  /** GraphQL operations by name; absent where there were none. */
  operations?: OperationFigures[]
  /** The regions that the load came from, beside each other; absent where there was one. */
  regions?: RegionFigures[]
  /** What the author's spans took, by name; absent where there were none. */
  spans?: SpanFigures[]
  failedRequests: { name: string; status: string; count: number }[]
  badRows: RowsEvent[]
  /** What all instances counted together: this is judged. */
  totals: Counts
  /** What could not be recorded, or read of what was. */
  problems: Reason[]
  /** Who ran what: for those who look later. */
  metadata?: Metadata
  /** The test beside production; absent where no import has told of any. */
  adequacy?: Adequacy
  /** The author's own metrics; absent where there are none. */
  metrics?: OwnMetric[]
  /** What the suite declares under these settings. */
  declared?: SuiteDeclarations
  /** When each phase of each scenario began and ended; empty where the scenarios have none. */
  phases?: PhaseTimes[]
  /** What became of the series that were sent on (`--remote-write`). */
  forward?: ForwardOutcome
  /** What became of the spans that were exported (`--traces`). */
  traces?: TracesResult
  /** What became of the markers in Grafana (`--annotate`). */
  annotations?: AnnotationOutcome
  /** Sentences that explain failures, most failures first. */
  explanations?: string[]
  /** What a reader should know, though it did not change the verdict. */
  notes?: Reason[]
  /** The recorder's figures beside k6's own: counts are equal, or the run is invalid. Times in milliseconds. */
  agreement?: { recorded: Agreed; k6: Agreed }
}

/** What a suite declares: the author's metrics, pools with their sizes, and of each scenario k6's options and the phases. */
export interface SuiteDeclarations {
  metrics: Manifest['metrics']
  /** Metrics that the author declares; absent in older records. */
  own?: Manifest['own']
  /** Thresholds by metric, without those that judge nothing; absent in older records. */
  thresholds?: Readonly<Record<string, readonly string[]>>
  pools: Manifest['pools']
  scenarios: Readonly<Record<string, Shape>>
  phases: Manifest['phases']
  /** The keys of thresholds that are the environment's, not the author's. */
  slos?: readonly string[]
  /** Who answers for which threshold, as the environment's SLOs say; absent where they name nobody. */
  owners?: readonly ThresholdOwner[]
  /** What production was asked for, where an import has told. */
  production?: Manifest['production']
  /** An iteration makes HTTP requests, as a walk without a target shows. */
  http?: boolean
}

/** Who answers for a threshold. */
export interface ThresholdOwner {
  metric: string
  threshold: string
  owner: string
}

/** Of all requests: how many, and the time under which 95 % of them lie (milliseconds). */
export interface Agreed {
  requests: number
  p95?: number
  /** The same of what else scripts do, by signal; absent where there was nothing else. */
  signals?: { signal: string; count: number; p95?: number }[]
}

/** A phase of a scenario, in time (ISO 8601, UTC). */
export interface PhaseTimes {
  scenario: string
  phase: string
  from: string
  to: string
  judged: boolean
}

/** Where a run came from. */
export interface Metadata {
  /** Who started it, as git or the machine knows them. */
  user?: string
  host: string
  commit?: string
  branch?: string
  /** Files were changed that no commit has. */
  dirty?: boolean
  /** The version of the target, if given. */
  version?: string
  /** The region of the load generator, if given. */
  region?: string
  /** The CI job's page. */
  ci?: string
  loadwright: string
}
