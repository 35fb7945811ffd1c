import type { KubernetesObject } from './api.ts'

/** What the node of the tests reads of a pod. */
export interface Pod extends KubernetesObject {
  readonly spec: {
    readonly nodeName?: string
    readonly serviceAccountName?: string
    readonly restartPolicy?: string
    readonly initContainers?: readonly Container[]
    readonly containers: readonly Container[]
    readonly volumes?: readonly Volume[]
  }
  readonly status?: { readonly phase?: string }
}

export interface Container {
  readonly name: string
  readonly image: string
  readonly command?: readonly string[]
  readonly args?: readonly string[]
  readonly workingDir?: string
  readonly env?: readonly Variable[]
  readonly envFrom?: readonly {
    readonly prefix?: string
    readonly configMapRef?: Reference
    readonly secretRef?: Reference
  }[]
  readonly volumeMounts?: readonly {
    readonly name: string
    readonly mountPath: string
    readonly subPath?: string
    readonly readOnly?: boolean
  }[]
  readonly readinessProbe?: {
    readonly httpGet?: { readonly path?: string; readonly port: number | string; readonly scheme?: string }
  }
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[]
  readonly securityContext?: { readonly readOnlyRootFilesystem?: boolean }
}

interface Variable {
  readonly name: string
  readonly value?: string
  readonly valueFrom?: {
    readonly configMapKeyRef?: KeyReference
    readonly secretKeyRef?: KeyReference
    readonly fieldRef?: { readonly fieldPath: string }
  }
}

interface Reference {
  readonly name: string
  readonly optional?: boolean
}

interface KeyReference extends Reference {
  readonly key: string
}

interface Item {
  readonly key: string
  readonly path: string
}

export interface Source {
  readonly configMap?: { readonly name: string; readonly items?: readonly Item[] }
  readonly secret?: {
    readonly name?: string
    readonly secretName?: string
    readonly items?: readonly Item[]
  }
  readonly serviceAccountToken?: { readonly path: string; readonly audience?: string }
  readonly downwardAPI?: {
    readonly items?: readonly { readonly path: string; readonly fieldRef?: { readonly fieldPath: string } }[]
  }
  readonly emptyDir?: object
  readonly projected?: { readonly sources?: readonly Source[] }
}

export interface Volume extends Source {
  readonly name: string
}

export interface Service extends KubernetesObject {
  readonly spec: { readonly clusterIP?: string; readonly selector?: Readonly<Record<string, string>> }
}

/** Which service has a pod behind it. */
export function serviceOf(pod: Pod, services: readonly Service[]): Service | undefined {
  return services.find(
    ({ metadata, spec: { selector } }) =>
      metadata.namespace === pod.metadata.namespace &&
      selector !== undefined &&
      Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value),
  )
}

/** Of a field like `metadata.name`, `status.podIP` or `metadata.labels['a']`. */
export function fieldOf(pod: Pod, path: string, address: string): string {
  if (path === 'status.podIP' || path === 'status.hostIP') return address
  const keyed = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path)
  if (keyed) return pod.metadata[keyed[1] as 'labels' | 'annotations']?.[keyed[2] ?? ''] ?? ''
  let at: unknown = pod
  for (const key of path.split('.')) at = (at as Record<string, unknown> | undefined)?.[key]
  return typeof at === 'string' ? at : ''
}
