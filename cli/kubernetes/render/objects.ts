import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { bundlePlace } from './bundle.ts'
import { collectorObjects } from './collector.ts'
import { testRun } from './testRun.ts'

/** The objects of a test, in the order in which they are made: what runs comes last. */
export function objectsOf(test: ClusterTest): KubernetesObject[] {
  const { maps, ...place } = bundlePlace(test)
  return [...collectorObjects(test), ...maps, testRun(test, place)]
}
