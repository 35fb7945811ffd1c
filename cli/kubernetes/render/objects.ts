import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { bundlePlace } from './bundle.ts'
import { collectorObjects } from './collector.ts'
import { loadingOf, type Loading } from './loading.ts'
import { testRun } from './testRun.ts'

/** The objects of a test, in the order in which they are made: what runs comes last. */
export function objectsOf(test: ClusterTest): KubernetesObject[] {
  const { maps, ...place } = bundlePlace(test)
  const run = testRun(test, place)
  return [...collectorObjects(test, loadingOf(run.spec)), ...maps, run]
}

/** What decides the load of a test, as it is rendered. */
export const loadingIn = (test: ClusterTest): Loading => loadingOf(testRun(test, bundlePlace(test)).spec)
