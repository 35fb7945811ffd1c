import { defined } from '../../../base/index.ts'
import type { Cluster } from '../cluster.ts'
import type { TestRunSpec } from '../clusterTest.ts'
import { labelsOf, OPERATED } from '../render/about.ts'
import { hasEnded, jobOf, pendingOf, runnerOf, type Pod, type Runner } from './runners.ts'

/** A test in a cluster by its name, and the names of its TestRuns: its own, unless it has one for each part. */
export interface NamedTest {
  readonly test: string
  readonly runs: readonly string[]
}

/** Where a test in a cluster is. */
export interface TestState {
  /** The operator's word, that of the TestRun that has come least far; undefined where one is gone, empty before the operator has looked at it. */
  readonly stage: string | undefined
  readonly runners: readonly Runner[]
  /** The operator's pods by which it begins; of several those that are waited for. */
  readonly initializer?: Helper
  readonly starter?: Helper
  /** What its TestRuns say. */
  readonly runs: readonly TestRun[]
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

/** The operator's stages, in their order; an error comes before all of them. */
const STAGES = ['error', '', 'initialization', 'initialized', 'created', 'started', 'stopped', 'finished']

/** Where a test is now. */
export async function stateOf({ api }: Cluster, { test, runs }: NamedTest): Promise<TestState> {
  const [found, all] = await Promise.all([
    Promise.all(runs.map((name) => api.get<TestRun>('TestRun', name))),
    api.list<Pod>('Pod', { ...OPERATED, ...labelsOf(test) }),
  ])
  const known = found.filter((run) => run !== undefined)
  const made = new Map(known.map(({ metadata }) => [metadata.name, metadata.creationTimestamp]))
  // A TestRun of its name that was before it may have left some.
  const pods = all.filter((pod) => isNoOlder(pod, made.get(pod.metadata.labels?.k6_cr ?? '')))
  const runners = pods.filter(({ metadata }) => metadata.labels?.runner === 'true').map(runnerOf)
  const helper = (name: string, of = runs): Helper | undefined =>
    pods
      .filter((pod) => of.some((run) => jobOf(pod) === `${run}-${name}`))
      .map(helperOf)
      .sort((a, b) => rank(a) - rank(b))[0]
  return {
    stage: known.length < runs.length ? undefined : earliest(known.map(({ status }) => status?.stage ?? '')),
    runners: runners.filter(({ id }) => id !== '').sort((a, b) => Number(a.id) - Number(b.id)),
    // That of a part is held back: it starts nothing.
    ...defined({ initializer: helper('initializer'), starter: helper('starter', [test]) }),
    runs: known,
  }
}

const earliest = (stages: readonly string[]): string =>
  STAGES.find((stage) => stages.includes(stage)) ?? stages[0] ?? ''

const isNoOlder = ({ metadata: { creationTimestamp } }: Pod, made: string | undefined): boolean =>
  creationTimestamp === undefined || made === undefined || creationTimestamp >= made

const helperOf = (pod: Pod): Helper => ({
  pod: pod.metadata.name,
  ...defined({ pending: pendingOf(pod), ended: hasEnded(pod) ? pod.status?.phase : undefined }),
})

/** What is to be told of several first: one that failed, then one that waits. */
const rank = ({ pending, ended }: Helper): number =>
  ended === 'Failed' ? 0 : pending !== undefined ? 1 : ended === undefined ? 2 : 3
