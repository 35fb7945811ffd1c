import type { Cluster } from '../cluster.ts'
import type { ClusterTest } from '../clusterTest.ts'
import type { Locked } from './objects.ts'

/** A cluster in which a test runs, or its share of it. */
export interface Site {
  readonly region: string | undefined
  readonly cluster: Cluster
  readonly test: ClusterTest
  readonly locked: Locked
  /** Whether all that the cluster has of the run is here. */
  readonly kept: { isWhole: boolean }
}
