import { join } from 'node:path'
import { ApiError, type Api } from './api.ts'
import type { Image } from './container.ts'
import { hostAddress, type ControlPlane } from './controlPlane.ts'
import { startKubeletServer } from './kubeletServer.ts'
import { serviceOf, type Pod, type Service } from './pods.ts'
import { RunningPod, type Ending } from './runningPod.ts'

/** The one node of the tests: a small kubelet, whose containers are processes of this machine. */
export interface TestNode {
  /** Ends a pod from outside. Throws if it does not run here. */
  end(name: string, ending: Ending): void
  stop(): Promise<void>
}

/** What a node is given. */
export interface NodeOptions {
  readonly controlPlane: ControlPlane
  readonly bwrap: string
  readonly folder: string
  readonly cpus: number
  readonly imageOf: (image: string) => Image
  /** Names besides those of services, each with its address. */
  readonly hosts?: Readonly<Record<string, string>>
}

const NAME = 'node-of-the-tests'

/** Registers a node, and runs the pods that the scheduler gives it. */
export async function startNode(options: NodeOptions): Promise<TestNode> {
  const { controlPlane, folder } = options
  const { api } = controlPlane
  const pods = new Map<string, RunningPod>()
  const named = (namespace: string, name: string): RunningPod | undefined =>
    [...pods.values()].findLast(
      ({ pod }) => pod.metadata.name === name && pod.metadata.namespace === namespace,
    )
  const server = await startKubeletServer(
    { cert: controlPlane.certificate, key: controlPlane.certificate.replace(/crt$/, 'key') },
    hostAddress(),
    named,
  )
  await register(api, server.port, options.cpus)

  const start = (pod: Pod, services: readonly Service[]): void => {
    const uid = pod.metadata.uid ?? ''
    const running = new RunningPod(pod, {
      api,
      bwrap: options.bwrap,
      folder: join(folder, uid),
      hostAddress: hostAddress(),
      address: serviceOf(pod, services)?.spec.clusterIP ?? '127.0.0.1',
      hosts: hostsOf(services, pod.metadata.namespace ?? 'default', options.hosts ?? {}),
      apiPort: controlPlane.port,
      imageOf: options.imageOf,
    })
    pods.set(uid, running)
    void running.start()
  }
  const remove = async (pod: Pod): Promise<void> => {
    const { namespace = 'default', name, uid = '', deletionGracePeriodSeconds = 30 } = pod.metadata
    await pods.get(uid)?.remove(deletionGracePeriodSeconds)
    const path = `/api/v1/namespaces/${namespace}/pods/${name}`
    await ifThere(api('DELETE', path, { gracePeriodSeconds: 0, preconditions: { uid } }))
  }
  const removing = new Set<string>()
  const look = async (): Promise<void> => {
    const selected = encodeURIComponent(`spec.nodeName=${NAME}`)
    const { items } = await api<{ items: Pod[] }>('GET', `/api/v1/pods?fieldSelector=${selected}`)
    const { items: services } = await api<{ items: Service[] }>('GET', '/api/v1/services')
    for (const pod of items) {
      const uid = pod.metadata.uid ?? ''
      if (pod.metadata.deletionTimestamp !== undefined) {
        if (removing.has(uid)) continue
        removing.add(uid)
        void remove(pod).catch(() => removing.delete(uid))
      } else if (pods.has(uid)) await ifThere(pods.get(uid)?.tell())
      else if (!waitsForService(pod, services)) start(pod, services)
    }
  }

  const stopping = new AbortController()
  const looking = (async () => {
    for (let round = 0; !stopping.signal.aborted; round++) {
      await look().catch((error: unknown) => process.stderr.write(`${NAME}: ${String(error)}\n`))
      if (round % 50 === 0) await renew(api)
      await new Promise((resolve) => setTimeout(resolve, 150))
    }
  })()
  return {
    end(name, ending) {
      const found = [...pods.values()].findLast(({ pod }) => pod.metadata.name.startsWith(name))
      if (!found) throw new Error(`No pod ${name} runs here.`)
      found.end(ending)
    },
    async stop() {
      stopping.abort()
      await looking
      for (const pod of pods.values()) await pod.remove(5)
      server.close()
    },
  }
}

/** A runner listens at the address of its service, which the operator makes after its job. */
const waitsForService = (pod: Pod, services: readonly Service[]): boolean =>
  pod.metadata.labels?.runner === 'true' && !serviceOf(pod, services)

/** The names of services as pods of a namespace know them: those of their own by the name alone, too. */
function hostsOf(
  services: readonly Service[],
  own: string,
  others: Readonly<Record<string, string>>,
): string {
  const ofServices = services.flatMap(({ metadata: { name, namespace }, spec: { clusterIP } }) => {
    if (clusterIP === undefined || clusterIP === 'None') return []
    const names = [
      `${name}.${namespace}`,
      `${name}.${namespace}.svc`,
      `${name}.${namespace}.svc.cluster.local`,
    ]
    return [`${clusterIP} ${[...(namespace === own ? [name] : []), ...names].join(' ')}`]
  })
  const more = Object.entries(others).map(([name, address]) => `${address} ${name}`)
  return ['127.0.0.1 localhost', ...ofServices, ...more, ''].join('\n')
}

async function register(api: Api, port: number, cpus: number): Promise<void> {
  await api('POST', '/api/v1/nodes', {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: NAME, labels: { 'kubernetes.io/hostname': NAME, 'kubernetes.io/os': 'linux' } },
  })
  const capacity = { cpu: String(cpus), memory: '16Gi', pods: '110', 'ephemeral-storage': '50Gi' }
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    type,
    status: type === 'Ready' ? 'True' : 'False',
    reason: 'Tests',
    lastHeartbeatTime: new Date().toISOString(),
    lastTransitionTime: new Date().toISOString(),
  }))
  await api('PATCH', `/api/v1/nodes/${NAME}/status`, {
    status: {
      capacity,
      allocatable: capacity,
      conditions,
      addresses: [{ type: 'InternalIP', address: hostAddress() }],
      daemonEndpoints: { kubeletEndpoint: { Port: port } },
    },
  })
}

/** Says that the node is alive, as a kubelet does every 10 s. */
async function renew(api: Api): Promise<void> {
  const path = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'
  const spec = { holderIdentity: NAME, leaseDurationSeconds: 40, renewTime: micro() }
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: NAME }, spec }
  try {
    await api('PATCH', `${path}/${NAME}`, { spec })
  } catch (error) {
    if (error instanceof ApiError && error.status === 404)
      await api('POST', path, lease).catch(() => undefined)
  }
}

const micro = (): string => new Date().toISOString().replace('Z', '000Z')

async function ifThere(doing: Promise<unknown> | undefined): Promise<void> {
  try {
    await doing
  } catch (error) {
    if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error
  }
}
