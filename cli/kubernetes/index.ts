/** Runs a suite in a Kubernetes cluster by k6-operator, with a collector beside it. */
export { planKubernetes, type ClusterOptions, type PlannedTest } from './plan.ts'
export { objectsOf } from './render/objects.ts'
export { kustomizeBase, objectsText } from './render/text.ts'
export { clusterOf, type Cluster } from './cluster.ts'
export { collectTest } from './run/collectTest.ts'
export { removeTest } from './run/removeTest.ts'
export { runTest, type ClusterRun } from './run/runTest.ts'
export { runnerLogs, statusText } from './run/told.ts'
