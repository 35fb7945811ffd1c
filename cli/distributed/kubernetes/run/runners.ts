import { defined } from '../../../base/index.ts'
import { PART } from '../render/testRun.ts'

/** What is read of a pod. */
export interface Pod {
  metadata: {
    name: string
    labels?: Record<string, string>
    annotations?: Record<string, string>
    creationTimestamp?: string
    deletionTimestamp?: string
  }
  spec?: { containers?: { name: string; resources?: { limits?: { memory?: string } } }[] }
  status?: {
    phase?: string
    reason?: string
    message?: string
    startTime?: string
    conditions?: { type: string; status: string; reason?: string; message?: string }[]
    containerStatuses?: {
      name: string
      state?: {
        waiting?: { reason?: string; message?: string }
        running?: object
        terminated?: Terminated
      }
    }[]
  }
}

interface Terminated {
  exitCode: number
  reason?: string
  startedAt?: string
  finishedAt?: string
}

/** Where a runner is. */
export interface Runner {
  readonly id: string
  readonly pod: string
  readonly isRunning: boolean
  /** Why it waits, in the words of the scheduler or of its node. */
  readonly pending?: string
  /** Its k6's exit code, once it has ended. */
  readonly exit?: number
  readonly ended?: string
  /** How it was lost, where nothing of the test ended it. */
  readonly lost?: string
}

/** Where a runner is, as its pod tells. */
export function runnerOf(pod: Pod): Runner {
  const { metadata, status = {} } = pod
  const state = status.containerStatuses?.find(({ name }) => name === 'k6')?.state
  const { terminated } = state ?? {}
  const lost = lostOf(pod, terminated)
  const pending = pendingOf(pod)
  const isOver = terminated !== undefined || hasEnded(pod)
  return {
    id: idOf(pod) ?? '',
    pod: metadata.name,
    isRunning: status.phase === 'Running' && !isOver,
    ...defined({
      pending,
      exit: lost === undefined ? terminated?.exitCode : undefined,
      ended: isOver ? (terminated?.finishedAt ?? new Date().toISOString()) : undefined,
      lost,
    }),
  }
}

/** The job that made a pod. */
export const jobOf = ({ metadata: { labels = {} } }: Pod): string =>
  labels['batch.kubernetes.io/job-name'] ?? labels['job-name'] ?? ''

/** The number of a pod's runner: the part that it makes, else that of its job. */
const idOf = (pod: Pod): string | undefined => pod.metadata.labels?.[PART] ?? /-(\d+)$/.exec(jobOf(pod))?.[1]

function lostOf(pod: Pod, terminated: Terminated | undefined): string | undefined {
  const { status = {}, spec, metadata } = pod
  if (status.reason === 'Evicted' || status.reason === 'Preempting' || status.reason === 'NodeLost')
    return `was taken from its node (${status.reason}${status.message === undefined ? '' : `: ${status.message}`})`
  if (terminated?.reason === 'OOMKilled') {
    const limit = spec?.containers?.find(({ name }) => name === 'k6')?.resources?.limits?.memory
    return `was killed for its memory (OOMKilled${limit === undefined ? '' : `, its limit is ${limit}`})`
  }
  const disrupted = status.conditions?.find(
    ({ type, status: is }) => type === 'DisruptionTarget' && is === 'True',
  )
  if (disrupted && terminated?.exitCode !== 0)
    return `was taken from its node (${disrupted.reason ?? 'DisruptionTarget'}${disrupted.message === undefined ? '' : `: ${disrupted.message}`})`
  if (terminated === undefined && status.phase === 'Failed')
    return `failed${status.reason === undefined ? '' : ` (${status.reason})`}`
  if (terminated !== undefined && [137, 139, 143].includes(terminated.exitCode))
    return `was killed (exit code ${terminated.exitCode})`
  return metadata.deletionTimestamp !== undefined && terminated?.exitCode !== 0 ? 'was deleted' : undefined
}

/** Whether a pod has come to its end. */
export const hasEnded = ({ status }: Pod): boolean => /^(?:Succeeded|Failed)$/.test(status?.phase ?? '')

/** Why a pod is Pending; undefined of one that is not. */
export const pendingOf = (pod: Pod): string | undefined =>
  pod.status?.phase === 'Pending' ? waitsFor(pod) : undefined

/** Why a pod does not run, in the words of the scheduler or of its node. */
export function waitsFor({ status = {} }: Pod): string | undefined {
  const { conditions = [], containerStatuses = [] } = status
  const unscheduled = conditions.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False')
  if (unscheduled) return unscheduled.message ?? unscheduled.reason
  const waiting = containerStatuses.find(({ state }) => state?.waiting)?.state?.waiting
  if (waiting?.reason === undefined || ['ContainerCreating', 'PodInitializing'].includes(waiting.reason))
    return undefined
  return `${waiting.reason}${waiting.message === undefined ? '' : `: ${waiting.message}`}`
}
