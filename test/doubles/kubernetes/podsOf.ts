import type { KubernetesObject } from '../../../cli/distributed/kubernetes/clusterTest.ts'
import type { PodContainer, PodSpec } from './podSecurity.ts'

/** A pod of a TestRun's spec: what is said of the initializer, the runners and the starter alike. */
type Described = Omit<PodSpec, 'containers'> & {
  readonly containerSecurityContext?: PodContainer['securityContext']
}

/**
 * The pods that objects lead to, by what they are: of a TestRun those that k6-operator 1.6.0 makes (pkg/resources/jobs). It
 * gives containers of the beginning `containerSecurityContext`, too; the stopper is as the starter, which has no others.
 */
export const podsOf = (objects: readonly KubernetesObject[]): Record<string, PodSpec> =>
  Object.fromEntries(
    objects.flatMap(({ kind, metadata: { name }, spec = {} }): [string, PodSpec][] => {
      if (kind === 'Deployment') return [[name, (spec as { template: { spec: PodSpec } }).template.spec]]
      if (kind !== 'TestRun') return []
      const { initializer, runner, starter } = spec as Record<string, Described>
      return Object.entries({ initializer, runner, starter }).map(([role, described]) => [
        `${name} ${role}`,
        role === 'starter' ? { ...podOf(described), initContainers: [], volumes: [] } : podOf(described),
      ])
    }),
  )

/** Without a part in the spec the operator's own pod has no contexts at all. */
function podOf({
  securityContext,
  containerSecurityContext,
  initContainers = [],
  volumes = [],
}: Described = {}): PodSpec {
  const inContext = (container: PodContainer): PodContainer => ({
    ...container,
    ...(containerSecurityContext && { securityContext: containerSecurityContext }),
  })
  return {
    ...(securityContext && { securityContext }),
    containers: [inContext({ name: 'k6' })],
    initContainers: initContainers.map(({ name = '' }) => inContext({ name })),
    volumes,
  }
}
