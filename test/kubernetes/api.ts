import { Agent, request } from 'undici'

/** What the tests read of any object of Kubernetes. */
export interface KubernetesObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata: {
    readonly name: string
    readonly namespace?: string
    readonly uid?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
    readonly resourceVersion?: string
    readonly deletionTimestamp?: string
    readonly deletionGracePeriodSeconds?: number
  }
}

/** Gives what an API server answers. Throws {@link ApiError} where it refuses. */
export type Api = <T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => Promise<T>

/** Of a server that signs its own certificate, to whoever bears a token. */
export function apiOf(server: string, token: string): Api {
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false } })
  return async <T>(method: Parameters<Api>[0], path: string, body?: unknown): Promise<T> => {
    const patch = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json'
    const {
      statusCode,
      headers,
      body: answer,
    } = await request(server + path, {
      method,
      dispatcher,
      headers: { authorization: `Bearer ${token}`, 'content-type': patch },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (statusCode >= 400) throw new ApiError(statusCode, `${method} ${path}: ${statusCode} ${text}`)
    return (String(headers['content-type']).includes('json') ? JSON.parse(text) : text) as T
  }
}

/** The server refused. */
export class ApiError extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const PLURALS: Readonly<Record<string, string>> = { NetworkPolicy: 'networkpolicies' }

/** Creates an object, where its kind says. Needs `apiVersion` and `kind`. */
export async function create(api: Api, object: KubernetesObject, clusterWide: boolean): Promise<void> {
  const { apiVersion = 'v1', kind = '', metadata } = object
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  const place = clusterWide ? '' : `/namespaces/${metadata.namespace ?? 'default'}`
  await api('POST', `${root}${place}/${PLURALS[kind] ?? `${kind.toLowerCase()}s`}`, object)
}
