import { parseJson, UserError } from '../../../base/index.ts'
import { isTransient } from '../../../base/http/index.ts'
import type { KubernetesObject } from '../clusterTest.ts'
import type { Access } from './access.ts'
import { call, type Answer, type Call } from './call.ts'
import { patiently, Unavailable, type Patience } from './unavailable.ts'

/** The cluster's objects in a namespace. */
export interface Api {
  /** An object; undefined where there is none. */
  get<T>(kind: Kind, name: string): Promise<T | undefined>
  /** The objects with these labels. */
  list<T>(kind: Kind, labels: Readonly<Record<string, string>>): Promise<T[]>
  /** Makes an object, and gives its uid; undefined where there is one of its name. */
  create(object: KubernetesObject): Promise<string | undefined>
  /** Removes an object with what belongs to it, if it is there and is the one with this uid. */
  remove(kind: Kind, name: string, uid: string): Promise<boolean>
  /** What a pod's container has written; empty where nothing is left of it. */
  log(pod: string, container?: string): Promise<string>
}

/** Where each kind of object is. */
const PLACES = {
  ConfigMap: 'api/v1 configmaps',
  Secret: 'api/v1 secrets',
  Service: 'api/v1 services',
  ServiceAccount: 'api/v1 serviceaccounts',
  Pod: 'api/v1 pods',
  Deployment: 'apis/apps/v1 deployments',
  NetworkPolicy: 'apis/networking.k8s.io/v1 networkpolicies',
  TestRun: 'apis/k6.io/v1alpha1 testruns',
} as const
export type Kind = keyof typeof PLACES

/** How long a server that has answered before is asked again. */
const USUAL: Patience = { ms: 30_000 }

/**
 * The objects of a cluster's namespace; what the server refuses is thrown as a UserError. One that does not answer is asked
 * again for a while, but for the first time: that its address is wrong is told at once.
 */
export function apiOf(access: Access, patience = USUAL): Api {
  let isKnown = patience !== USUAL
  const at = (kind: Kind, name?: string): string => {
    const [group = '', plural = ''] = PLACES[kind].split(' ')
    return `${group}/namespaces/${access.namespace}/${plural}${name === undefined ? '' : `/${name}`}`
  }
  const ask = async (asked: Call, allowed: readonly number[] = []): Promise<Answer> => {
    const once = async (): Promise<Answer> => {
      const answer = await call(access, asked)
      isKnown = true
      if (answer.status < 300 || allowed.includes(answer.status)) return answer
      throw refused(asked, answer)
    }
    return isKnown ? patiently(once, patience) : once()
  }
  return {
    async get<T>(kind: Kind, name: string) {
      const { status, body } = await ask({ path: at(kind, name) }, [404])
      return status === 404 ? undefined : (parseJson(body.toString()) as T)
    },
    async list<T>(kind: Kind, labels: Readonly<Record<string, string>>) {
      const selector = Object.entries(labels).map(([name, value]) => `${name}=${value}`)
      const path = `${at(kind)}?labelSelector=${encodeURIComponent(selector.join(','))}`
      const { body } = await ask({ path })
      return (parseJson(body.toString()) as { items?: T[] } | undefined)?.items ?? []
    },
    async create(object) {
      const path = at(object.kind as Kind)
      const { status, body } = await ask({ method: 'POST', path, body: object }, [409])
      return status === 409 ? undefined : (parseJson(body.toString()) as Made).metadata.uid
    },
    async remove(kind, name, uid) {
      const body = { propagationPolicy: 'Background', preconditions: { uid } }
      return (await ask({ method: 'DELETE', path: at(kind, name), body }, [404, 409])).status < 300
    },
    async log(pod, container) {
      const path = `${at('Pod', pod)}/log${container === undefined ? '' : `?container=${container}`}`
      const { status, body } = await ask({ path }, [400, 404])
      return status < 300 ? body.toString() : ''
    },
  }
}

/** What is read of an object that was made. */
interface Made {
  readonly metadata: { readonly uid: string }
}

function refused({ method = 'GET', path }: Call, { status, body, askedMs }: Answer): UserError {
  const { message } = (parseJson(body.toString()) ?? {}) as { message?: string }
  const [where = ''] = path.split('?', 1)
  if (status === 404 && where.includes('k6.io'))
    return new UserError(
      'kubernetes: the cluster knows no TestRun: install k6-operator there (https://grafana.com/docs/k6/latest/set-up/set-up-distributed-k6)',
    )
  const text = `kubernetes: the cluster refuses ${method} ${where} (${status}): ${message ?? 'it does not say why'}`
  return isTransient({ status }) ? new Unavailable(text, askedMs) : new UserError(text)
}
