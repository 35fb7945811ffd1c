import type { RequestOptions } from 'node:https'
import { quote } from '../../../../config/problem/problem.ts'
import { refusal, UserError } from '../../../base/index.ts'

/** How a cluster is reached: its server, what each request carries, and the namespace that is meant. */
export interface Access {
  readonly server: URL
  readonly namespace: string
  /** The user's credentials, which may have to be fetched anew. */
  options(): Promise<RequestOptions>
}

/** What is used of `@kubernetes/client-node`, which is an optional dependency. */
interface KubeConfig {
  loadFromDefault(): void
  setCurrentContext(name: string): void
  getCurrentContext(): string
  getContextObject(name: string): { namespace?: string } | null
  getCurrentCluster(): { server: string } | null
  applyToHTTPSOptions(options: RequestOptions): Promise<void> | void
}

// By name alone: who never uses a cluster does not have it.
const PACKAGE = '@kubernetes/client-node'

/** What names a cluster of the user's kubeconfig. */
export interface ClusterName {
  /** The current one unless told. */
  readonly context?: string | undefined
  /** That of the context unless told. */
  readonly namespace?: string | undefined
  /** The region whose context it is. */
  readonly region?: string | undefined
}

/** The cluster of the user's kubeconfig. Throws UserError where there is none. */
export async function clusterAccess(given: ClusterName): Promise<Access> {
  const config = await kubeConfig()
  try {
    config.loadFromDefault()
  } catch (error) {
    throw new UserError(`kubernetes: the kubeconfig cannot be read: ${(error as Error).message}`)
  }
  const { context = config.getCurrentContext() } = given
  const known = config.getContextObject(context)
  if (!known)
    throw refusal([
      {
        where: given.region === undefined ? '--context' : '--region',
        got: quote(given.region === undefined ? context : `${given.region}=${context}`),
        allowed: 'a context of the kubeconfig: kubectl config get-contexts lists them',
      },
    ])
  config.setCurrentContext(context)
  const server = config.getCurrentCluster()?.server ?? ''
  if (!URL.canParse(server))
    throw new UserError(`kubernetes: the context ${quote(context)} names no cluster with a server`)
  return {
    server: new URL(server.endsWith('/') ? server : `${server}/`),
    namespace: given.namespace ?? known.namespace ?? 'default',
    async options() {
      const options: RequestOptions = {}
      await config.applyToHTTPSOptions(options)
      return options
    },
  }
}

async function kubeConfig(): Promise<KubeConfig> {
  try {
    const { KubeConfig } = (await import(PACKAGE)) as { KubeConfig: new () => KubeConfig }
    return new KubeConfig()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new UserError(
      `kubernetes: reaching a cluster needs the package ${PACKAGE}, which is not installed: npm install --save-dev ${PACKAGE}`,
    )
  }
}
