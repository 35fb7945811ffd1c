import { createHash } from 'node:crypto'
import { RECORD_FILE } from '../../../base/index.ts'
import type { ClusterTest, KubernetesObject } from '../clusterTest.ts'
import { collectorResources } from '../../sizing/pods.ts'
import { labelsOf, metadataOf, runnerLabels, UNPRIVILEGED, userOf } from './about.ts'
import { LOADING_FILE, type Loadings } from './loading.ts'

/** The port of a collector, and the key of its token in a Secret. */
export const COLLECTOR_PORT = 9090
export const TOKEN_KEY = 'token'

/** The annotation of a collector's pod that tells which one it is. */
export const HASH = 'loadwright/collects'

/** The user `node` of Node's own image. */
const NODE_USER = 1000
const PROGRAM_FILE = 'collector.mjs'
/** Where the collector's program lies, and what it writes. */
const PLACE = { program: '/loadwright', data: '/data' }

/** The collector of a test, without its Secret: nothing that is secret is ever written. */
export function collectorObjects(test: ClusterTest, loadings: Loadings): KubernetesObject[] {
  const { names, started, program } = test
  const metadata = metadataOf(test, names.collector)
  const labels = { ...labelsOf(names.test), 'app.kubernetes.io/component': 'collector' }
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: {
        [PROGRAM_FILE]: program,
        [RECORD_FILE]: `${JSON.stringify(started)}\n`,
        [LOADING_FILE]: `${JSON.stringify(loadings)}\n`,
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        selector: labels,
        ports: [{ name: 'http', port: COLLECTOR_PORT, targetPort: 'http', protocol: 'TCP' }],
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata,
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [{ podSelector: { matchLabels: runnerLabels(names.test) } }],
            ports: [{ protocol: 'TCP', port: COLLECTOR_PORT }],
          },
        ],
        egress: [],
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: 1,
        // Two at once would each have a part of the run.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: { metadata: { labels, annotations: { [HASH]: collectorHash(test) } }, spec: podOf(test) },
      },
    },
  ]
}

/** Another program or another run is another collector: by this its pod is made anew. */
export const collectorHash = ({ program, started: { id, bundle } }: ClusterTest): string =>
  createHash('sha256').update(`${program}\n${id}\n${bundle.sha256}`).digest('hex')

function podOf({ names, images, runners, started, windowSeconds }: ClusterTest): object {
  const probe = { httpGet: { path: '/healthz', port: 'http' } }
  return {
    serviceAccountName: names.collector,
    automountServiceAccountToken: false,
    securityContext: userOf(NODE_USER),
    containers: [
      {
        name: 'collector',
        image: images.node,
        imagePullPolicy: 'IfNotPresent',
        command: ['node', `${PLACE.program}/${PROGRAM_FILE}`],
        env: [
          { name: 'RUN_ID', value: started.id },
          { name: 'BUNDLE_SHA256', value: started.bundle.sha256 },
          { name: 'WINDOW_SECONDS', value: String(windowSeconds) },
          { name: 'FOLDER', value: PLACE.data },
          { name: 'LISTEN', value: `0.0.0.0:${COLLECTOR_PORT}` },
          { name: 'COLLECT_TOKEN', valueFrom: { secretKeyRef: { name: names.secret, key: TOKEN_KEY } } },
        ],
        ports: [{ name: 'http', containerPort: COLLECTOR_PORT }],
        readinessProbe: { ...probe, periodSeconds: 2 },
        livenessProbe: { ...probe, periodSeconds: 10, timeoutSeconds: 5 },
        resources: collectorResources(runners),
        securityContext: { ...UNPRIVILEGED, readOnlyRootFilesystem: true },
        volumeMounts: [
          { name: 'program', mountPath: PLACE.program, readOnly: true },
          { name: 'data', mountPath: PLACE.data },
        ],
      },
    ],
    volumes: [
      { name: 'program', configMap: { name: names.collector } },
      // Outlives the container, not the pod.
      { name: 'data', emptyDir: {} },
    ],
  }
}
