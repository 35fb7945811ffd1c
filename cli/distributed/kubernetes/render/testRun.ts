import { READABLE, recorderEnvironment, segmentArguments } from '../../../project/index.ts'
import { PATHS } from '../../../run/index.ts'
import type { ClusterTest, EnvVar, KubernetesObject, Share, TestRunSpec } from '../clusterTest.ts'
import { STARTER } from '../images.ts'
import { runName } from '../names.ts'
import { runnerResources } from '../../sizing/pods.ts'
import { labelsOf, metadataOf, runnerLabels, UNPRIVILEGED, userOf } from './about.ts'
import type { BundlePlace } from './bundle.ts'
import { COLLECTOR_PORT, TOKEN_KEY } from './collector.ts'

/** The user of k6's own image. */
const K6_USER = 12_345
/** What the starter takes, which asks each runner once. */
const STARTER_RESOURCES = {
  requests: { cpu: '50m', memory: '16Mi' },
  limits: { cpu: '200m', memory: '200Mi' },
}

/** A TestRun as it is rendered. */
export type RenderedRun = KubernetesObject & { readonly spec: TestRunSpec }

/**
 * The TestRuns of a test: one, whose load the operator divides, or one for each part where this cluster makes a share of a
 * load, of which the operator knows nothing.
 */
export function testRuns(test: ClusterTest, place: Omit<BundlePlace, 'maps'>): RenderedRun[] {
  const { share, names } = test
  if (!share) return [testRun(test, place, { name: names.test, runners: test.runners })]
  return share.parts.map((part) => {
    const own = { name: runName(names.test, part.id), runners: 1, part, region: share.region }
    return testRun(test, place, own)
  })
}

/** What one TestRun of several has of its own. */
interface Own {
  readonly name: string
  readonly runners: number
  readonly part?: Share['parts'][number]
  readonly region?: string
}

/** The TestRun of a test: runners that push to its collector and judge nothing, as each sees its own part alone. */
function testRun(
  test: ClusterTest,
  { script, pod }: Omit<BundlePlace, 'maps'>,
  { name, runners, part, region }: Own,
): RenderedRun {
  const { names, images, env, args, load } = test
  const each = {
    metadata: { labels: labelsOf(names.test) },
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
    metadata: metadataOf(test, name),
    // Without `cleanup`: what a runner leaves when it has ended is what it is judged by.
    spec: {
      parallelism: runners,
      script,
      args: [
        ...args,
        ...(region === undefined ? [] : ['--tag', `region=${region}`]),
        ...(part ? partArguments(part) : []),
      ],
      initializer: { ...each, env, resources: runnerResources({ ...load, requests: 0 }) },
      runner: {
        ...each,
        ...(part ? { metadata: { labels: { ...each.metadata.labels, [PART]: part.id } } } : {}),
        env: [...env, ...writing(test, part?.id)],
        resources: runnerResources(load),
        topologySpreadConstraints: [spread],
      },
      starter: {
        metadata: each.metadata,
        // The regions begin together: loadwright releases them itself.
        ...(part ? { schedulerName: NOBODY } : {}),
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

/** The label of a runner's pod that tells which part of a load it makes, where the operator does not know. */
export const PART = 'loadwright/part'
/** A scheduler that there is not: a pod that names it stays Pending. */
const NOBODY = 'loadwright-none'

/** What makes a k6 one of several; `setup` is run once for all, through the API of the first. */
const partArguments = (part: Share['parts'][number]): string[] => [
  ...segmentArguments(part),
  '--no-setup',
  ...(part.id === '1' ? [] : ['--no-teardown']),
]

/** The variables by which a runner's k6 pushes to the collector, by its part's name if it has one, and can be read. */
function writing({ names, started }: ClusterTest, part: string | undefined): EnvVar[] {
  const { K6_PROMETHEUS_RW_SERVER_URL: url = '', ...others } = recorderEnvironment(
    // The operator calls the only runner of a TestRun 1.
    `http://${names.collector}:${COLLECTOR_PORT}${PATHS.write}${part === undefined ? '' : `/${part}`}`,
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
