import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { bundlePlace } from './bundle.ts'
import { collectorObjects } from './collector.ts'
import { loadingOf, type Loadings } from './loading.ts'
import { testRuns, type RenderedRun } from './testRun.ts'

/** The objects of a test, in the order in which they are made: what runs comes last. */
export function objectsOf(test: ClusterTest): KubernetesObject[] {
  const { maps, ...place } = bundlePlace(test)
  const runs = testRuns(test, place)
  return [...collectorObjects(test, loadingsOf(runs)), ...maps, ...runs]
}

/** What decides the load of each TestRun of a test, by its name, as it is rendered. */
export const loadingsIn = (test: ClusterTest): Loadings => loadingsOf(testRuns(test, bundlePlace(test)))

const loadingsOf = (runs: readonly RenderedRun[]): Loadings =>
  Object.fromEntries(runs.map(({ metadata, spec }) => [metadata.name, loadingOf(spec)]))
