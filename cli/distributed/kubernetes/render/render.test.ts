import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { clusterTest } from '../../../../test/doubles/kubernetes/clusterTest.ts'
import { podsOf } from '../../../../test/doubles/kubernetes/podsOf.ts'
import { securityProblems, type PodSpec } from '../../../../test/doubles/kubernetes/podSecurity.ts'
import { specProblems } from '../../../../test/doubles/kubernetes/schemaProblems.ts'
import { equalParts } from '../../../run/index.ts'
import { objectsOf } from './objects.ts'
import { kustomizeBase, objectsText } from './text.ts'

interface Found {
  kind: string
  metadata: { name: string; namespace?: string }
  data?: Record<string, string>
  binaryData?: Record<string, string>
  spec: Record<string, never>
}
const found = (objects: readonly unknown[], kind: string): Found[] =>
  (objects as Found[]).filter((one) => one.kind === kind)

test('the objects of a test, what runs last of all; each is written as it is read', () => {
  const test = clusterTest({ namespace: 'load' })
  const objects = objectsOf(test)
  expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
    'ServiceAccount boutique-load-collector',
    'ConfigMap boutique-load-collector',
    'Service boutique-load-collector',
    'NetworkPolicy boutique-load-collector',
    'Deployment boutique-load-collector',
    'ConfigMap boutique-load-bundle',
    'TestRun boutique-load',
  ])
  const text = objectsText(test, objects)
  expect(parseAllDocuments(text).map((document) => document.toJS() as unknown)).toEqual(
    JSON.parse(JSON.stringify(objects)),
  )
  expect(text).toContain('kubectl create secret generic boutique-load-collector --namespace load')
  expect(text).not.toMatch(/:latest|kind: Secret|cleanup/)
  expect(objectsText(test, objectsOf(test))).toBe(text)
})

test('a TestRun is what the operator’s schema allows, with runners that judge nothing and tell where they push', () => {
  const [run] = found(objectsOf(clusterTest()), 'TestRun')
  expect(specProblems(run?.spec)).toEqual([])
  expect(specProblems({ ...run?.spec, cleanup: 'never', extra: 1 })).toEqual([
    'spec.cleanup: "never"',
    'spec.extra is unknown',
  ])
  expect(run?.spec).toMatchObject({
    parallelism: 4,
    script: { configMap: { name: 'boutique-load-bundle', file: 'boutique.js' } },
    args: ['--no-thresholds'],
    initializer: { env: [{ name: 'PROFILE', value: 'load' }] },
    runner: {
      resources: { requests: { cpu: '250m', memory: '328Mi' }, limits: { cpu: '2', memory: '656Mi' } },
      topologySpreadConstraints: [{ topologyKey: 'kubernetes.io/hostname' }],
    },
  })
  const { env } = run?.spec.runner as unknown as { env: { name: string }[] }
  expect(env).toContainEqual({
    name: 'K6_PROMETHEUS_RW_BEARER_TOKEN',
    valueFrom: { secretKeyRef: { name: 'boutique-load-collector', key: 'token' } },
  })
})

const code = Buffer.from(randomBytes(1_500_000).toString('base64'))
const LARGE = { bundle: { file: 'boutique.js', code } }

test('a bundle that no ConfigMap holds is an archive in several, unpacked on a volume', () => {
  const objects = objectsOf(clusterTest(LARGE))
  const parts = found(objects, 'ConfigMap').filter(({ binaryData }) => binaryData)
  expect(parts.length).toBeGreaterThan(1)
  expect(Math.max(...parts.map((part) => JSON.stringify(part).length))).toBeLessThan(2 ** 20)
  const archive = Buffer.concat(parts.map(({ binaryData }) => Buffer.from(binaryData?.part ?? '', 'base64')))
  expect(gunzipSync(archive).equals(code)).toBe(true)
  const [run] = found(objects, 'TestRun')
  expect(specProblems(run?.spec)).toEqual([])
  expect(run?.spec).toMatchObject({ script: { localFile: '/bundle/boutique.js' } })
})

const parts = equalParts(2)

test.each([
  ['a bundle in a ConfigMap', {}, ['initializer', 'runner', 'starter']],
  ['one in an archive on a volume', LARGE, ['initializer: bundle', 'runner: bundle', 'starter']],
  [
    'a region’s share',
    { ...LARGE, share: { region: 'eu', parts: parts.slice(0, 1) } },
    ['initializer: bundle'],
  ],
])('a restricted namespace takes each pod of %s', (_what, more, roles) => {
  const pods = podsOf(objectsOf(clusterTest(more)))
  const named = Object.entries(pods).map(([name, { initContainers = [] }]) =>
    [name, ...initContainers.map((one) => one.name)].join(': '),
  )
  expect(named[0]).toBe('boutique-load-collector')
  for (const role of roles) expect(named.some((name) => name.endsWith(role))).toBe(true)
  for (const [name, pod] of Object.entries(pods))
    expect({ name, problems: securityProblems(pod) }).toEqual({ name, problems: [] })
})

test('and none that lacks one of its restrictions', () => {
  const pods = podsOf(objectsOf(clusterTest(LARGE)))
  const runner = pods['boutique-load runner']
  const problemsOf = (more: Partial<PodSpec>): string[] =>
    securityProblems({ containers: [], ...runner, ...more })
  expect(problemsOf({ securityContext: {} })).toEqual([
    'bundle: securityContext.runAsNonRoot is not set',
    'bundle: securityContext.seccompProfile.type is not set',
    'k6: securityContext.runAsNonRoot is not set',
    'k6: securityContext.seccompProfile.type is not set',
  ])
  expect(problemsOf({ initContainers: [{ name: 'bundle' }], hostNetwork: true })).toEqual([
    'hostNetwork is true',
    'bundle: securityContext.allowPrivilegeEscalation is not set',
    'bundle: securityContext.capabilities.drop is not set',
  ])
  expect(problemsOf({ volumes: [{ name: 'disk', hostPath: { path: '/' } }] })).toEqual(['volume disk'])
})

test('the same as a Kustomize base', () => {
  const files = kustomizeBase(clusterTest(), objectsOf(clusterTest()))
  const [first, ...others] = files
  expect(parse(first?.text ?? '')).toEqual({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: others.map(({ path }) => path),
  })
  expect(others.map(({ path }) => path)).toContain('testrun-boutique-load.yaml')
})
