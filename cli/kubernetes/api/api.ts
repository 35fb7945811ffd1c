import { parseJson, UserError } from '../../base/index.ts'
import type { KubernetesObject } from '../clusterTest.ts'
import type { Access } from './access.ts'
import { call, type Answer, type Call } from './call.ts'

/** The cluster's objects in a namespace. */
export interface Api {
  /** An object; undefined where there is none. */
  get<T>(kind: Kind, name: string): Promise<T | undefined>
  /** The objects with these labels. */
  list<T>(kind: Kind, labels: Readonly<Record<string, string>>): Promise<T[]>
  /** Makes an object; false where there is one of its name. */
  create(object: KubernetesObject): Promise<boolean>
  /** Makes an object what it should be, whether it is there or not. */
  apply(object: KubernetesObject): Promise<void>
  /** Removes an object with what belongs to it, if it is there. */
  remove(kind: Kind, name: string): Promise<boolean>
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

/** The objects of a cluster's namespace; what the server refuses is thrown as a UserError. */
export function apiOf(access: Access): Api {
  const at = (kind: Kind, name?: string): string => {
    const [group = '', plural = ''] = PLACES[kind].split(' ')
    return `${group}/namespaces/${access.namespace}/${plural}${name === undefined ? '' : `/${name}`}`
  }
  const ask = async (asked: Call, allowed: readonly number[] = []): Promise<Answer> => {
    const answer = await call(access, asked)
    if (answer.status < 300 || allowed.includes(answer.status)) return answer
    throw refused(asked, answer)
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
      const { status } = await ask({ method: 'POST', path: at(kindOf(object)), body: object }, [409])
      return status !== 409
    },
    async apply(object) {
      const path = `${at(kindOf(object), object.metadata.name)}?fieldManager=loadwright&force=true`
      await ask({ method: 'PATCH', path, body: object, type: 'application/apply-patch+yaml' })
    },
    async remove(kind, name) {
      const path = `${at(kind, name)}?propagationPolicy=Background`
      return (await ask({ method: 'DELETE', path }, [404])).status !== 404
    },
    async log(pod, container) {
      const path = `${at('Pod', pod)}/log${container === undefined ? '' : `?container=${container}`}`
      const { status, body } = await ask({ path }, [400, 404])
      return status < 300 ? body.toString() : ''
    },
  }
}

const kindOf = ({ kind }: KubernetesObject): Kind => kind as Kind

function refused({ method = 'GET', path }: Call, { status, body }: Answer): UserError {
  const { message } = (parseJson(body.toString()) ?? {}) as { message?: string }
  const [where = ''] = path.split('?', 1)
  if (status === 404 && where.includes('k6.io'))
    return new UserError(
      'kubernetes: the cluster knows no TestRun: install k6-operator there (https://grafana.com/docs/k6/latest/set-up/set-up-distributed-k6)',
    )
  return new UserError(
    `kubernetes: the cluster refuses ${method} ${where} (${status}): ${message ?? 'it does not say why'}`,
  )
}
