import { defined } from '../../../base/index.ts'
import type { Stop } from './beginning.ts'
import type { Runner } from './runners.ts'
import type { TestState } from './state.ts'

/** What a test waits for before its load begins. */
export interface Wait {
  /** Who is waited for, as a sentence goes on with it: `the starter`. */
  readonly whom: string
  /** Why that one waits, in the cluster's words. */
  readonly why?: string
  /** What may be looked at. */
  readonly hint: string
}

/** What a test waits for now; undefined once its load has begun, or where it never will. */
export function waitOf(
  { stage, runners, initializer, starter }: Omit<TestState, 'runs'>,
  count: number,
  hasBegun: boolean,
): Wait | undefined {
  switch (stage) {
    case '':
      return { whom: 'the operator', hint: 'does k6-operator run, and does it watch this namespace?' }
    case 'initialization':
      return {
        whom: 'the initializer',
        ...defined({ why: initializer?.pending }),
        hint: 'see its pod, or its job where there is none',
      }
    case 'initialized':
      return { whom: 'the runners’ jobs', hint: 'see the operator’s log' }
    case 'created': {
      const missing = count - runners.length
      const pending = runners.filter(({ isRunning, ended }) => !isRunning && ended === undefined)
      if (missing > 0)
        return {
          whom: `${missing} of ${count} runners`,
          hint: 'a quota or a policy may refuse their pods: see their jobs',
        }
      if (pending.length > 0)
        return {
          whom: `${pending.length} of ${count} runners`,
          ...defined({ why: pending.find((one) => one.pending !== undefined)?.pending }),
          hint: 'see their pods',
        }
      return {
        whom: 'the operator to release the runners',
        hint: 'it asks the Service of each at port 6565 first, which a NetworkPolicy or a mesh may not let through',
      }
    }
    case 'started':
      return starter && starter.ended === undefined
        ? { whom: 'the starter', ...defined({ why: starter.pending }), hint: 'see its pod' }
        : hasBegun
          ? undefined
          : { whom: 'the other regions', hint: 'all begin together' }
    default:
      return undefined
  }
}

/** That a wait was too long: what waits for room is lost by it. */
export function tooLong({ whom, why, hint }: Wait, waitMs: number, runners: readonly Runner[]): Stop {
  const waited = `${waitMs / 1000} s`
  const failure = `waited for ${whom} for ${waited} (--wait)${why === undefined ? '' : `, Pending: ${why}`}: ${hint}`
  const pending = runners.filter((one) => one.pending !== undefined)
  const lost = pending.map((one) => [one.id, `was Pending for ${waited}: ${one.pending ?? ''}`] as const)
  return { say: failure, failure, lost: new Map(lost) }
}
