/** Runs a suite in a Kubernetes cluster by k6-operator, with a collector beside it. */
export { planKubernetes, type ClusterOptions, type PlannedTest } from './plan.ts'
export { objectsOf } from './render/objects.ts'
export { kustomizeBase, objectsText } from './render/text.ts'
