import { setTimeout as wait } from 'node:timers/promises'

/** Waits some milliseconds; rejects with the signal's own reason as soon as it is aborted. */
export async function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  await wait(milliseconds, undefined, signal ? { signal } : {}).catch(() => signal?.throwIfAborted())
}
