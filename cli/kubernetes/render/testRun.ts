import { READABLE, recorderEnvironment } from '../../project/index.ts'
import type { ClusterTest, EnvVar, KubernetesObject, TestRunSpec } from '../clusterTest.ts'
import { STARTER } from '../images.ts'
import { runnerResources } from '../../sizing/index.ts'
import { metadataOf, runnerLabels, UNPRIVILEGED, userOf } from './about.ts'
import type { BundlePlace } from './bundle.ts'
import { COLLECTOR_PORT, TOKEN_KEY } from './collector.ts'

/** The user of k6's own image. */
const K6_USER = 12_345
/** What the starter takes, which asks each runner once. */
const STARTER_RESOURCES = {
  requests: { cpu: '50m', memory: '16Mi' },
  limits: { cpu: '200m', memory: '200Mi' },
}

/** The TestRun of a test: runners that push to its collector and judge nothing, as each sees its own part alone. */
export function testRun(
  test: ClusterTest,
  { script, pod }: Omit<BundlePlace, 'maps'>,
): KubernetesObject & { readonly spec: TestRunSpec } {
  const { names, runners, images, env, args, load } = test
  const each = {
    image: images.k6,
    imagePullPolicy: 'IfNotPresent',
    serviceAccountName: names.collector,
    automountServiceAccountToken: 'false',
    securityContext: userOf(K6_USER),
    containerSecurityContext: UNPRIVILEGED,
    ...pod,
  }
  const spread = {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: runnerLabels(names.test) },
  }
  return {
    apiVersion: 'k6.io/v1alpha1',
    kind: 'TestRun',
    metadata: metadataOf(test, names.test),
    // Without `cleanup`: what a runner leaves when it has ended is what it is judged by.
    spec: {
      parallelism: runners,
      script,
      args,
      initializer: { ...each, env, resources: runnerResources({ ...load, requests: 0 }) },
      runner: {
        ...each,
        env: [...env, ...writing(test)],
        resources: runnerResources(load),
        topologySpreadConstraints: [spread],
      },
      starter: {
        image: STARTER,
        automountServiceAccountToken: 'false',
        imagePullPolicy: 'IfNotPresent',
        serviceAccountName: names.collector,
        securityContext: userOf(K6_USER),
        containerSecurityContext: UNPRIVILEGED,
        resources: STARTER_RESOURCES,
      },
    },
  }
}

/** The variables by which a runner's k6 pushes to the collector, and can be read. */
function writing({ names, started }: ClusterTest): EnvVar[] {
  const { K6_PROMETHEUS_RW_SERVER_URL: url = '', ...others } = recorderEnvironment(
    `http://${names.collector}:${COLLECTOR_PORT}/api/v1/write`,
    started.bundle.sha256,
  )
  return [
    { name: 'K6_PROMETHEUS_RW_SERVER_URL', value: url },
    {
      name: 'K6_PROMETHEUS_RW_BEARER_TOKEN',
      valueFrom: { secretKeyRef: { name: names.secret, key: TOKEN_KEY } },
    },
    ...Object.entries({ ...others, ...READABLE }).map(([name, value]) => ({ name, value })),
    { name: 'K6_NO_USAGE_REPORT', value: 'true' },
    { name: 'K6_AUTO_EXTENSION_RESOLUTION', value: 'false' },
  ]
}
