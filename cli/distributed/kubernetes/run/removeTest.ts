import type { Kind } from '../api/api.ts'
import type { Cluster } from '../cluster.ts'
import { namesOf } from '../names.ts'
import { labelsOf } from '../render/about.ts'
import { namedIn } from './rendered.ts'

interface Labelled {
  readonly metadata: { readonly uid?: string; readonly labels?: Readonly<Record<string, string>> }
}

/** Whether an object is a test's, as loadwright makes them. */
export const isOurs = ({ metadata: { labels = {} } }: Labelled, test: string): boolean =>
  Object.entries(labelsOf(test)).every(([name, value]) => labels[name] === value)

/**
 * Removes a test's objects, each by its name and only where it has the test's labels: a Secret that somebody made for GitOps
 * has none, and stays. Resolves with what was there.
 */
export async function removeTest(cluster: Cluster, test: string): Promise<string[]> {
  const { api } = cluster
  const removed: string[] = []
  const remove = async (kind: Kind, name: string): Promise<boolean> => {
    const there = await api.get<Labelled>(kind, name)
    if (!there || !isOurs(there, test)) return false
    if (await api.remove(kind, name, there.metadata.uid ?? '')) removed.push(`${kind} ${name}`)
    return true
  }
  const { bundle, collector, secret } = namesOf(test)
  const { runs } = await namedIn(cluster, test)
  for (const run of runs) await remove('TestRun', run)
  for (const kind of ['Deployment', 'Service', 'NetworkPolicy', 'ConfigMap'] as const)
    await remove(kind, collector)
  await remove('ConfigMap', bundle)
  for (let part = 1; await remove('ConfigMap', `${bundle}-${part}`); part++);
  await remove('Secret', secret)
  await remove('ServiceAccount', collector)
  return removed
}
