import { formatDuration } from '../../../config/duration.ts'
import { endWithCause, failureText } from './causes.ts'
import { isRunnersOwn, type Exit } from './exitWords.ts'
import type { AgentLog } from './log.ts'
import type { Registered, AgentSeries } from './registry.ts'

/** What the agent has after an execution. */
export interface Execution {
  exit: Exit
  /** The check's timeout (milliseconds). */
  timeout: number
  log: AgentLog
  metrics: Registered
}

/** What the agent makes of an execution. */
export interface AgentJudgement {
  /** Whether the check is up; a person sees that only where nothing was dropped. */
  up: boolean
  /** Nothing of the execution is published, not even whether it was up. */
  dropped: boolean
  /** The kind of failure that the agent writes into its log. */
  errorCode?: 'timeout' | 'aborted' | 'failed'
  /** Why it is down, or dropped; most important first. */
  reasons: string[]
  /** The script's series that are published. */
  series: AgentSeries[]
}

/** Judges an execution by the agent's rules: neither checks nor thresholds count. */
export function judgePass({ exit, timeout, log, metrics }: Execution): AgentJudgement {
  const down = { up: false, dropped: false, series: [] }
  if (isRunnersOwn(exit)) return { ...down, reasons: [endWithCause(exit, log)] }
  const failed = [...exitReasons(exit, timeout, log), ...logReasons(exit, log)]
  const errorCode = errorCodeOf(exit, log)
  const about = { ...(errorCode && { errorCode }) }
  const lost = [
    ...(log.unreadable === undefined || exit.killed
      ? []
      : [`the agent cannot read the log, and reads no metrics then: ${log.unreadable}`]),
    ...metrics.unreadable.map((why) => `the agent cannot read the metrics: ${why}`),
  ]
  if (lost.length > 0) return { ...down, ...about, reasons: [...failed, ...lost] }
  const conflicts = metrics.conflicts.map((why) => `nothing of this execution is published: ${why}`)
  return {
    up: failed.length === 0,
    dropped: conflicts.length > 0,
    ...about,
    reasons: [...failed, ...conflicts],
    series: metrics.series,
  }
}

function exitReasons(exit: Exit, timeout: number, log: AgentLog): string[] {
  if (exit.killed)
    return [`k6 was killed at the timeout of ${formatDuration(timeout)}, before it wrote any metrics`]
  return exit.code === 0 ? [] : [endWithCause(exit, log)]
}

/** What only the log tells of: k6's other exit codes come with their own exception. */
function logReasons({ code }: Exit, { failure }: AgentLog): string[] {
  return failure && (code === 0 || code === 110) ? [failureText(failure)] : []
}

function errorCodeOf({ code, killed }: Exit, { failure }: AgentLog): AgentJudgement['errorCode'] {
  if (killed) return 'timeout'
  if (failure) return failure.kind === 'exception' ? 'aborted' : 'failed'
  return code === 0 ? undefined : 'aborted'
}
