import type { Trouble } from './answers.ts'
import { backoff, bell, type Backoff } from '../../base/index.ts'

/** How patient sending is. */
export interface RetryPace extends Backoff {
  /** Milliseconds for one request. */
  readonly timeoutMs: number
}

/** The pace where nobody tells another. */
export const PACE: RetryPace = { firstMs: 500, mostMs: 30_000, timeoutMs: 15_000 }

/** When to try again, and when not. */
export interface Patience {
  /** Waits after trouble, the longer the longer it lasts; false where trying again is hopeless. */
  readonly after: (trouble: Trouble) => Promise<boolean>
  /** It went through. */
  readonly over: () => void
  /** From now on only trouble of less than `most` ms is borne; whoever waits tries at once. */
  readonly end: (most: number) => void
  /** No more tries. */
  readonly stop: () => void
}

/** Back-off for a server; reports once when failures begin and once when they end. */
export function patienceWith(
  url: string,
  pace: RetryPace,
  tell: { begun: (why: string) => void; over: () => void },
): Patience {
  const pausing = bell()
  let stopped = false
  let borne: number | undefined
  let failures = 0
  let since: number | undefined
  let told: Trouble['is'] | undefined
  return {
    async after(trouble) {
      if (stopped) return false
      if (told !== trouble.is) tell.begun(`${url} ${trouble.why}`)
      told = trouble.is
      since ??= Date.now()
      failures++
      const lasted = Date.now() - since
      if (borne !== undefined && (trouble.is === 'refused' || lasted > borne)) return false
      await pausing.rung(pauseAfter(trouble, pace, failures))
      return !isStopped()
    },
    over() {
      if (since !== undefined) tell.over()
      since = undefined
      told = undefined
      failures = 0
    },
    end(patience) {
      borne = patience
      failures = 0
      pausing.ring()
    },
    stop() {
      stopped = true
      pausing.ring()
    },
  }
  function isStopped(): boolean {
    return stopped
  }
}

const pauseAfter = (trouble: Trouble, pace: Backoff, failures: number): number =>
  trouble.is === 'refused' ? pace.mostMs : backoff(pace, failures, trouble.wait)
