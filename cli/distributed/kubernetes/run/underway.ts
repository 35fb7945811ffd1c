import type { Reason, RunRecord } from '../../../record/index.ts'
import type { Cluster } from '../cluster.ts'
import type { ClusterTest } from '../clusterTest.ts'
import type { PlannedTest } from '../plan.ts'
import type { Locked } from './objects.ts'
import type { RemoteRecorder } from './recorder.ts'

/** A cluster in which a test runs, or its share of it. */
export interface Site {
  readonly region: string | undefined
  readonly cluster: Cluster
  readonly test: ClusterTest
  readonly locked: Locked
  /** Whether all that the cluster has of the run is here. */
  readonly kept: { isWhole: boolean }
}

/** What is seen of a test while it runs. */
export interface Sign {
  /** When its load began. */
  began?: string
  /** Why thresholds, or the environment's cap, end it. */
  crossed?: string
  over?: string
  /** Why another region ends it. */
  elsewhere?: string
  /** What collectors refused. */
  readonly refused: Reason[]
}

/** A run in clusters. */
export interface Underway {
  readonly planned: PlannedTest
  readonly started: RunRecord
  readonly run: { readonly waitMs: number; readonly say: (line: string) => void }
  readonly folder: string
  readonly recorder: RemoteRecorder
  readonly sign: Sign
  readonly stopped: AbortSignal
  readonly hurried: AbortSignal
}
