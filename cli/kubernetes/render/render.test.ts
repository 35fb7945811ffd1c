import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { clusterTest } from '../../../test/doubles/kubernetes/clusterTest.ts'
import { specProblems } from '../../../test/doubles/kubernetes/schemaProblems.ts'
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

test('a bundle that no ConfigMap holds is an archive in several, unpacked on a volume', () => {
  const code = Buffer.from(randomBytes(1_500_000).toString('base64'))
  const objects = objectsOf(clusterTest({ bundle: { file: 'boutique.js', code } }))
  const parts = found(objects, 'ConfigMap').filter(({ binaryData }) => binaryData)
  expect(parts.length).toBeGreaterThan(1)
  expect(Math.max(...parts.map((part) => JSON.stringify(part).length))).toBeLessThan(2 ** 20)
  const archive = Buffer.concat(parts.map(({ binaryData }) => Buffer.from(binaryData?.part ?? '', 'base64')))
  expect(gunzipSync(archive).equals(code)).toBe(true)
  const [run] = found(objects, 'TestRun')
  expect(specProblems(run?.spec)).toEqual([])
  expect(run?.spec).toMatchObject({ script: { localFile: '/bundle/boutique.js' } })
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
