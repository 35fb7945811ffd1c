import type { Cluster } from '../cluster.ts'
import { initializerSaid } from './initializer.ts'
import type { JointStart } from './jointStart.ts'
import { createPausedCheck } from './runnerApi.ts'
import type { NamedTest, TestState } from './state.ts'

/** Why all runners are stopped, as it is said, and as the record has it. */
export interface Stop {
  readonly say: string
  /** All clusters know it. */
  readonly isTold?: true
  /** Why the load never began. */
  readonly failure?: string
  /** Why loadwright ended it. */
  readonly stopped?: string
  /** k6's exit code, where `setup` ended all. */
  readonly code?: number
  /** Runners that were lost by it, and how. */
  readonly lost?: ReadonlyMap<string, string>
}

/** How the load of a test begins. */
export interface Beginning {
  /** Whether it may have begun. */
  hasBegun(state: TestState): boolean
  /** Looks after its beginning; gives why it will not come, or not whole. `lastedMs` since it may have begun, less than 0 before. */
  look(state: TestState, lastedMs: number): Promise<Stop | undefined>
}

/** Milliseconds after the starter within which every runner must have begun. */
const RELEASE_MS = 60_000

/** A load that the operator begins by its starter. */
export function begunByOperator(cluster: Cluster, count: number): Beginning {
  const pausedOf = createPausedCheck(cluster)
  return {
    hasBegun: ({ stage, starter }) =>
      stage === undefined ||
      (/^(started|stopped|finished|error)$/.test(stage) && (!starter || starter.ended !== undefined)),
    async look({ starter, runners }, lastedMs) {
      if (lastedMs < 0) return undefined
      const paused = starter ? await pausedOf(runners) : []
      if (paused.length === 0 || lastedMs <= RELEASE_MS) return undefined
      const how = 'was not released by the operator’s starter'
      return {
        say: `the starter has not released ${paused.length} of ${count} runners`,
        lost: new Map(paused.map((id) => [id, how])),
      }
    },
  }
}

/** A load that begins in several clusters at once. */
export const begunTogether = (
  cluster: Cluster,
  count: number,
  { start, named }: { start: JointStart; named: NamedTest },
): Beginning => ({
  hasBegun: () => start.begun !== undefined,
  async look({ stage, runners }) {
    const here = [...start.lost].filter(([lost]) => runners.some(({ id }) => id === lost))
    if (here.length > 0)
      return { say: `runner ${here[0]?.join(' ') ?? ''}; the others are stopped`, lost: new Map(here) }
    if (start.begun !== undefined) return undefined
    if (start.failed) {
      const { words, code } = start.failed
      return code === undefined ? neverBegan(words) : { say: words, code }
    }
    if (stage === undefined) return neverBegan('a TestRun of it was deleted')
    if (stage === 'error') return neverBegan(await initializerSaid(cluster, named))
    if (stage === 'started' && runners.filter(({ isRunning }) => isRunning).length === count)
      start.wait(cluster, runners)
    return undefined
  },
})

const neverBegan = (failure: string): Stop => ({ say: failure, failure })
