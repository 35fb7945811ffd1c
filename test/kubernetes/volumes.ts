import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Api } from './api.ts'
import { contentOf } from './environment.ts'
import { fieldOf, type Pod, type Source } from './pods.ts'

/** Makes the folders of a pod's volumes, each by its name, in `folder`. */
export async function makeVolumes(api: Api, pod: Pod, folder: string, address: string): Promise<void> {
  for (const volume of pod.spec.volumes ?? []) {
    const at = join(folder, volume.name)
    await mkdir(at, { recursive: true })
    for (const source of volume.projected?.sources ?? [volume])
      for (const [path, content] of Object.entries(await filesOf(api, pod, source, address))) {
        await mkdir(dirname(join(at, path)), { recursive: true })
        await writeFile(join(at, path), content)
      }
  }
}

async function filesOf(
  api: Api,
  pod: Pod,
  source: Source,
  address: string,
): Promise<Readonly<Record<string, string | Buffer>>> {
  const { namespace = 'default', name, uid } = pod.metadata
  const { configMap, secret, serviceAccountToken, downwardAPI } = source
  const keyed = configMap ?? secret
  if (keyed) {
    const kind = configMap ? 'configmaps' : 'secrets'
    const data = await contentOf(api, kind, namespace, secret?.secretName ?? keyed.name ?? '')
    if (!keyed.items) return data
    return Object.fromEntries(keyed.items.map(({ key, path }) => [path, data[key] ?? '']))
  }
  if (serviceAccountToken) {
    const { audience, path } = serviceAccountToken
    const account = pod.spec.serviceAccountName ?? 'default'
    const { status } = await api<{ status: { token: string } }>(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {
          ...(audience !== undefined && { audiences: [audience] }),
          boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid },
        },
      },
    )
    return { [path]: status.token }
  }
  const items = (downwardAPI?.items ?? []).map(({ path, fieldRef }) => [
    path,
    fieldRef ? fieldOf(pod, fieldRef.fieldPath, address) : '',
  ])
  return Object.fromEntries(items) as Record<string, string>
}
