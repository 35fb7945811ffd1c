import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import type { Cluster } from '../cluster.ts'
import type { Kind } from '../api/api.ts'
import { metadataOf } from '../render/about.ts'
import { TOKEN_KEY } from '../render/collector.ts'

/** The Secret of a collector that is run at once, with its token. */
export const secretOf = (test: ClusterTest, token: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: metadataOf(test, test.names.secret),
  type: 'Opaque',
  data: { [TOKEN_KEY]: Buffer.from(token).toString('base64') },
})

/** What of a test is removed, in this order. */
const KINDS: readonly Kind[] = [
  'TestRun',
  'Deployment',
  'Service',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'ServiceAccount',
]

/** Removes a test's objects, which have its label; resolves with what was there. */
export async function removeTest({ api }: Cluster, test: string): Promise<string[]> {
  const removed: string[] = []
  for (const kind of KINDS) {
    const labels = { 'app.kubernetes.io/name': 'loadwright', 'app.kubernetes.io/instance': test }
    for (const { metadata } of await api.list<KubernetesObject>(kind, labels))
      if (await api.remove(kind, metadata.name)) removed.push(`${kind} ${metadata.name}`)
  }
  return removed
}
