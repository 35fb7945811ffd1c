import { backoff, delay, UserError } from '../../../base/index.ts'

/** What a cluster did not do now, and may do a little later: it gave no answer, or had too much to do. */
export class Unavailable extends UserError {
  /** Milliseconds that the cluster asks to wait. */
  readonly askedMs: number | undefined
  constructor(text: string, askedMs?: number) {
    super(text)
    this.askedMs = askedMs
  }
}

/** How long a cluster is asked again that is not available. */
export interface Patience {
  readonly ms: number
  /** Says once that it is waited for, and why. */
  readonly say?: (line: string) => void
  /** Nobody waits any more. */
  readonly signal?: AbortSignal
}

const PAUSES = { firstMs: 250, mostMs: 10_000 }

/** Does work again as long as the cluster is not available, until patience ends; then it rejects with the last reason. */
export async function patiently<T>(work: () => Promise<T>, { ms, say, signal }: Patience): Promise<T> {
  const until = performance.now() + ms
  for (let failures = 1; ; failures++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof Unavailable) || signal?.aborted === true) throw error
      const pause = backoff(PAUSES, failures, error.askedMs)
      if (performance.now() + pause > until) throw error
      if (failures === 3) say?.(`${error.message}; it is asked again for ${Math.round(ms / 1000)} s`)
      // Whoever stops waiting gets the reason for which it was waited.
      await delay(pause, signal).catch(() => {
        throw error
      })
    }
  }
}
