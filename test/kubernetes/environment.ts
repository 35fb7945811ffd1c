import type { Api } from './api.ts'
import { fieldOf, type Container, type Pod } from './pods.ts'

interface Data {
  readonly data?: Readonly<Record<string, string>>
  readonly binaryData?: Readonly<Record<string, string>>
}

/** Reads what a ConfigMap or a Secret of a namespace holds, for files. */
export async function contentOf(
  api: Api,
  kind: 'configmaps' | 'secrets',
  namespace: string,
  name: string,
): Promise<Record<string, string | Buffer>> {
  const { data = {}, binaryData } = await api<Data>('GET', `/api/v1/namespaces/${namespace}/${kind}/${name}`)
  return kind === 'configmaps' ? { ...data, ...decoded(binaryData) } : decoded(data)
}

const decoded = (data: Data['data'] = {}): Record<string, Buffer> =>
  Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64')]))

/** The same as texts, for variables. */
export async function dataOf(...where: Parameters<typeof contentOf>): Promise<Record<string, string>> {
  const all = Object.entries(await contentOf(...where))
  return Object.fromEntries(all.map(([key, value]) => [key, value.toString()]))
}

/** The environment of a container, in the order of Kubernetes: `envFrom`, then `env`, whose `$(NAME)` are filled in. */
export async function environmentOf(
  api: Api,
  pod: Pod,
  container: Container,
  address: string,
): Promise<Record<string, string>> {
  const { namespace = 'default' } = pod.metadata
  const env: Record<string, string> = {}
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    const reference = configMapRef ?? secretRef
    if (!reference) continue
    const kind = configMapRef ? 'configmaps' : 'secrets'
    const data = await dataOf(api, kind, namespace, reference.name)
    for (const [key, value] of Object.entries(data)) env[prefix + key] = value
  }
  for (const { name, value, valueFrom = {} } of container.env ?? []) {
    const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom
    if (value !== undefined) env[name] = expanded(value, env)
    else if (fieldRef) env[name] = fieldOf(pod, fieldRef.fieldPath, address)
    else {
      const reference = configMapKeyRef ?? secretKeyRef
      if (!reference) {
        env[name] = ''
        continue
      }
      const kind = configMapKeyRef ? 'configmaps' : 'secrets'
      const found = (await dataOf(api, kind, namespace, reference.name))[reference.key]
      if (found !== undefined) env[name] = found
      else if (!reference.optional) throw new Error(`${kind} ${reference.name} has no ${reference.key}.`)
    }
  }
  return env
}

/** Fills in `$(NAME)`, as the kubelet does; `$$(NAME)` stays as `$(NAME)`. */
export const expanded = (text: string, env: Readonly<Record<string, string>>): string =>
  text.replace(
    /\$(\$\([^)]*\))|\$\(([^)]+)\)/g,
    (whole, kept: string | undefined, name: string) => kept ?? env[name] ?? whole,
  )
