import { clusterAccess, type Access, type ClusterName } from './api/access.ts'
import { apiOf, type Api } from './api/api.ts'
import type { NamedRegion } from './regions.ts'

/** A cluster that is reached, and the objects in the namespace that is meant. */
export interface Cluster {
  readonly access: Access
  readonly api: Api
}

/** A cluster in which a test runs, or a region's share of it. */
export interface Place {
  readonly cluster: Cluster
  /** What its share of the load is called; undefined where it makes all of it. */
  readonly region?: string | undefined
}

/** The clusters of regions; the cluster of the kubeconfig's context where there are none. Throws UserError. */
export const placesOf = (
  regions: readonly NamedRegion[],
  given: Omit<ClusterName, 'region'>,
): Promise<Place[]> =>
  regions.length === 0
    ? clusterOf(given).then((cluster) => [{ cluster }])
    : Promise.all(
        regions.map(async ({ region, context }) => ({
          region,
          cluster: await clusterOf({ ...given, region, context }),
        })),
      )

/** The cluster of the user's kubeconfig. Throws UserError where there is none. */
export async function clusterOf(given: ClusterName): Promise<Cluster> {
  const access = await clusterAccess(given)
  return { access, api: apiOf(access) }
}
