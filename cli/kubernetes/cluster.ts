import { clusterAccess, type Access } from './api/access.ts'
import { apiOf, type Api } from './api/api.ts'

/** A cluster that is reached, and the objects in the namespace that is meant. */
export interface Cluster {
  readonly access: Access
  readonly api: Api
}

/** The cluster of the user's kubeconfig. Throws UserError where there is none. */
export async function clusterOf(given: {
  context?: string | undefined
  namespace?: string | undefined
}): Promise<Cluster> {
  const access = await clusterAccess(given)
  return { access, api: apiOf(access) }
}
