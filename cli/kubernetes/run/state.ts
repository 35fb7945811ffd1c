import { defined } from '../../base/index.ts'
import type { Cluster } from '../cluster.ts'
import type { TestRunSpec } from '../clusterTest.ts'
import { hasEnded, jobOf, pendingOf, runnerOf, type Pod, type Runner } from './runners.ts'

/** Where a test in a cluster is. */
export interface TestState {
  /** The operator's word; undefined where the TestRun is gone, empty before the operator has looked at it. */
  readonly stage: string | undefined
  readonly runners: readonly Runner[]
  /** The operator's pods by which it begins. */
  readonly initializer?: Helper
  readonly starter?: Helper
  /** What its TestRun says. */
  readonly run?: TestRun
}

/** What is read of a TestRun. */
export interface TestRun {
  readonly metadata: { readonly name: string; readonly uid: string; readonly creationTimestamp: string }
  readonly spec: TestRunSpec
  readonly status?: { readonly stage?: string }
}

/** A pod of the operator's that ends by itself. */
export interface Helper {
  readonly pod: string
  /** Why it waits, in the words of the scheduler or of its node. */
  readonly pending?: string
  /** `Succeeded` or `Failed`, once it has ended. */
  readonly ended?: string
}

/** The labels that the operator gives all pods of a test. */
const podLabels = (test: string): Record<string, string> => ({ app: 'k6', k6_cr: test })

/** Where a test is now. */
export async function stateOf({ api }: Cluster, test: string): Promise<TestState> {
  const [run, all] = await Promise.all([
    api.get<TestRun>('TestRun', test),
    api.list<Pod>('Pod', podLabels(test)),
  ])
  const pods = run ? all.filter((pod) => isNoOlder(pod, run)) : all
  const runners = pods.filter(({ metadata }) => metadata.labels?.runner === 'true').map(runnerOf)
  const helper = (name: string): Helper | undefined => {
    const pod = pods.find((one) => jobOf(one) === `${test}-${name}`)
    return pod && helperOf(pod)
  }
  return {
    stage: run === undefined ? undefined : (run.status?.stage ?? ''),
    runners: runners.filter(({ id }) => id !== '').sort((a, b) => Number(a.id) - Number(b.id)),
    ...defined({ initializer: helper('initializer'), starter: helper('starter'), run }),
  }
}

/** Whether a pod is of this TestRun: one of its name that was before it may have left some. */
const isNoOlder = ({ metadata: { creationTimestamp } }: Pod, { metadata }: TestRun): boolean =>
  creationTimestamp === undefined || creationTimestamp >= metadata.creationTimestamp

const helperOf = (pod: Pod): Helper => ({
  pod: pod.metadata.name,
  ...defined({ pending: pendingOf(pod), ended: hasEnded(pod) ? pod.status?.phase : undefined }),
})
