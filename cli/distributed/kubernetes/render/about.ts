import type { ClusterTest } from '../clusterTest.ts'

/** What every object of a test says of itself, by which all of them are found. */
export function metadataOf(
  { names, namespace }: Pick<ClusterTest, 'names' | 'namespace'>,
  name: string,
): { name: string; namespace?: string; labels: Record<string, string> } {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    labels: labelsOf(names.test),
  }
}

/** The labels of a test's objects. */
export const labelsOf = (test: string): Record<string, string> => ({
  'app.kubernetes.io/name': 'loadwright',
  'app.kubernetes.io/instance': test,
  'app.kubernetes.io/managed-by': 'loadwright',
})

/** The labels by which the pods of a test's runners are found, whichever TestRun they are of. */
export const runnerLabels = (test: string): Record<string, string> => ({ ...labelsOf(test), ...RUNNER })

/** What the operator writes on pods of its own, and on those of runners. */
export const OPERATED = { app: 'k6' }
const RUNNER = { ...OPERATED, runner: 'true' }

/** What no container of a test needs is taken from it: all of root's rights. */
export const UNPRIVILEGED = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } }

/** A pod's own user, who is not root. */
export const userOf = (id: number): object => ({
  runAsNonRoot: true,
  runAsUser: id,
  runAsGroup: id,
  fsGroup: id,
  seccompProfile: { type: 'RuntimeDefault' },
})
