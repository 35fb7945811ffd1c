import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { create, type Api, type KubernetesObject } from './api.ts'
import type { Image } from './container.ts'
import { SERVICE_ADDRESSES, startControlPlane, type ControlPlane } from './controlPlane.ts'
import { startNode, type TestNode } from './node.ts'
import { findPrograms } from './programs.ts'

/** A real control plane with the real k6-operator, on a node without containers. */
export interface Cluster extends ControlPlane {
  readonly node: TestNode
}

/** How a cluster is started. */
export interface ClusterOptions {
  readonly folder: string
  readonly cpus: number
  /** What images are besides the operator's. */
  readonly imageOf: (image: string) => Image | undefined
  readonly hosts?: Readonly<Record<string, string>>
  /** Addresses of its services, where another cluster has the usual ones. */
  readonly services?: string
}

const OF_THE_CLUSTER = /^(Namespace|CustomResourceDefinition|ClusterRole|ClusterRoleBinding)$/

interface Deployment extends KubernetesObject {
  readonly spec: {
    readonly template: {
      readonly spec: { readonly containers: { args?: string[]; [probe: string]: unknown }[] }
    }
  }
}

/** The operator would listen on 8080 and 8081 of this machine. */
function onFreePorts({ spec }: Deployment): void {
  for (const container of spec.template.spec.containers) {
    container.args = ['--leader-elect', '--metrics-bind-address=0', '--health-probe-bind-address=0']
    delete container.livenessProbe
    delete container.readinessProbe
  }
}

/** Starts all of it, and installs the operator by its own manifest. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, cpus, hosts, services = SERVICE_ADDRESSES } = options
  const programs = await findPrograms((text) => process.stderr.write(text))
  const controlPlane = await startControlPlane(programs, join(folder, 'control-plane'), services)
  const imageOf = (image: string): Image => {
    if (image.includes('k6-operator:controller')) return { programs: { '/manager': programs.operator } }
    const found = options.imageOf(image)
    if (!found) throw new Error(`The node has no image ${image}.`)
    return found
  }
  try {
    const node = await startNode({
      controlPlane,
      bwrap: programs.bwrap,
      folder: join(folder, 'pods'),
      cpus,
      imageOf,
      ...(hosts && { hosts }),
    })
    const stop = async (): Promise<void> => {
      await node.stop()
      await controlPlane.stop()
    }
    const manifest = parseAllDocuments(await readFile(programs.operatorManifest, 'utf8'))
    for (const document of manifest) {
      const object = document.toJS() as KubernetesObject | null
      if (!object) continue
      if (object.kind === 'Deployment') onFreePorts(object as Deployment)
      await create(controlPlane.api, object, OF_THE_CLUSTER.test(object.kind ?? ''))
    }
    await untilInstalled(controlPlane.api)
    return { ...controlPlane, node, stop }
  } catch (error) {
    await controlPlane.stop()
    throw error
  }
}

/** Waits until the kinds of the operator are known, and it runs. */
async function untilInstalled(api: Api): Promise<void> {
  const path = '/apis/apps/v1/namespaces/k6-operator-system/deployments/k6-operator-controller-manager'
  const end = Date.now() + 120_000
  while (Date.now() < end) {
    const { status } = await api<{ status: { availableReplicas?: number } }>('GET', path)
    const known = await api('GET', '/apis/k6.io/v1alpha1/namespaces/default/testruns').then(
      () => true,
      () => false,
    )
    if (known && (status.availableReplicas ?? 0) > 0) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The k6-operator did not start in two minutes: see the logs in the folder of the cluster.')
}
