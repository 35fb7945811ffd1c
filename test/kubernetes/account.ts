import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { packageRoot } from '../../cli/base/index.ts'
import { create, type KubernetesObject } from './api.ts'
import type { ControlPlane } from './controlPlane.ts'

/**
 * Makes a namespace that allows restricted pods alone, and an account in it with the rights that `docs/kubernetes.md` says a
 * user needs and no others; gives the path of its kubeconfig.
 */
export async function makeAccount(
  { api, kubeconfigOf }: Pick<ControlPlane, 'api' | 'kubeconfigOf'>,
  namespace: string,
  folder: string,
): Promise<string> {
  const of = (apiVersion: string, kind: string, more: object): KubernetesObject => ({
    apiVersion,
    kind,
    metadata: { name: 'loadwright', namespace },
    ...more,
  })
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  await create(api, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }, true)
  const role = await documentedRole()
  const rbac = 'rbac.authorization.k8s.io'
  for (const object of [
    of('v1', 'ServiceAccount', {}),
    of(`${rbac}/v1`, 'Role', { rules: role }),
    of(`${rbac}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: rbac, kind: 'Role', name: 'loadwright' },
      subjects: [{ kind: 'ServiceAccount', name: 'loadwright', namespace }],
    }),
  ])
    await create(api, object, false)
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/loadwright/token`
  const { status } = await api<{ status: { token: string } }>('POST', path, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  })
  const file = join(folder, `kubeconfig-${namespace}`)
  await writeFile(file, kubeconfigOf({ token: status.token, namespace }), { mode: 0o600 })
  return file
}

/** The rules of the Role that the documentation gives. */
async function documentedRole(): Promise<object> {
  const page = await readFile(join(packageRoot, 'docs/kubernetes.md'), 'utf8')
  const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, code = '']) => parseAllDocuments(code))
  const role = blocks
    .map((one) => one.toJS() as { kind?: string; rules?: object })
    .find(({ kind }) => kind === 'Role')
  if (!role?.rules) throw new Error('docs/kubernetes.md has no Role.')
  return role.rules
}
