import { gzipSync } from 'node:zlib'
import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { metadataOf } from './about.ts'

/** Bytes of a ConfigMap's data at most: 1 MiB is the cluster's limit for the whole object. */
const MAX_BYTES = 1_000_000
/** Bytes of one part of an archive; Base64 makes a third more of them. */
const PART_BYTES = 700_000
/** What it takes to unpack it. */
const UNPACKING = {
  requests: { cpu: '100m', memory: '32Mi' },
  limits: { cpu: '1', memory: '128Mi' },
}
/** Where the initializer and the runners find a bundle that a ConfigMap does not hold, and its parts. */
const PLACE = { bundle: '/bundle', parts: '/bundle-parts' }

/** How a bundle comes to the runners: its ConfigMaps, and what of a TestRun's spec leads to them. */
export interface BundlePlace {
  readonly maps: readonly KubernetesObject[]
  readonly script: object
  /** For the pods of the initializer and the runners. */
  readonly pod: object
}

/** A bundle in a ConfigMap; a larger one as an archive in several, which is unpacked on a volume of each pod. */
export function bundlePlace(test: ClusterTest): BundlePlace {
  const { names, bundle } = test
  if (bundle.code.length <= MAX_BYTES)
    return {
      maps: [{ ...mapOf(test, names.bundle), data: { [bundle.file]: bundle.code.toString() } }],
      script: { configMap: { name: names.bundle, file: bundle.file } },
      pod: {},
    }
  const parts = partsOf(gzipSync(bundle.code, { level: 9 }))
  const named = parts.map((part, index) => ({ name: `${names.bundle}-${index + 1}`, part }))
  const mounts = named.map(({ name }) => ({ name, mountPath: `${PLACE.parts}/${name}`, readOnly: true }))
  const path = `${PLACE.bundle}/${bundle.file}`
  const unpacked = { name: 'bundle', mountPath: PLACE.bundle }
  return {
    maps: named.map(({ name, part }) => ({
      ...mapOf(test, name),
      binaryData: { part: part.toString('base64') },
    })),
    script: { localFile: path },
    pod: {
      volumes: [
        { name: 'bundle', emptyDir: {} },
        ...named.map(({ name }) => ({ name, configMap: { name } })),
      ],
      volumeMounts: [unpacked],
      initContainers: [
        {
          name: 'bundle',
          image: test.images.k6,
          command: [
            'sh',
            '-c',
            `cat ${mounts.map(({ mountPath }) => `${mountPath}/part`).join(' ')} | gunzip > ${path}`,
          ],
          volumeMounts: [unpacked, ...mounts],
          resources: UNPACKING,
        },
      ],
    },
  }
}

const mapOf = (test: ClusterTest, name: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: metadataOf(test, name),
})

function partsOf(whole: Buffer): Buffer[] {
  const count = Math.ceil(whole.length / PART_BYTES)
  return Array.from({ length: count }, (_, index) =>
    whole.subarray(index * PART_BYTES, (index + 1) * PART_BYTES),
  )
}
