import { stringify } from 'yaml'
import { TOKEN_KEY } from './collector.ts'
import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'

/** What has to be there before a test is applied by hand, or by what follows a repository. */
const headOf = ({ names, namespace }: ClusterTest): string => {
  const where = namespace === undefined ? '' : ` --namespace ${namespace}`
  return `# Written by loadwright. The collector's token is not in it: make its Secret once, before this is applied.
#   kubectl create secret generic ${names.secret}${where} --from-literal=${TOKEN_KEY}="$(openssl rand -hex 32)"
# Then:  loadwright kubernetes status ${names.test}${where}  and, when it has ended,  loadwright kubernetes collect ${names.test}${where}
`
}

const yamlOf = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })

/** The objects of a test as one YAML text. */
export const objectsText = (test: ClusterTest, objects: readonly KubernetesObject[]): string =>
  `${headOf(test)}${objects.map((one) => `---\n${yamlOf(one)}`).join('')}`

/** The same as files of a Kustomize base, by name. */
export function kustomizeBase(
  test: ClusterTest,
  objects: readonly KubernetesObject[],
): { path: string; text: string }[] {
  const files = objects.map((one) => ({
    path: `${one.kind.toLowerCase()}-${one.metadata.name}.yaml`,
    text: yamlOf(one),
  }))
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(({ path }) => path),
  }
  return [{ path: 'kustomization.yaml', text: `${headOf(test)}${yamlOf(kustomization)}` }, ...files]
}
