/** The time as a watch has it. */
export interface Clock {
  now(): number
  /** Waits until a time; resolves at once where it is over, and where the signal is aborted. */
  until(time: number, signal: AbortSignal): Promise<void>
}

/** The real time. */
export const CLOCK: Clock = {
  now: () => Date.now(),
  until: (time, signal) =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, Math.max(0, time - Date.now()))
      signal.addEventListener('abort', done)
      if (signal.aborted) done()
    }),
}
