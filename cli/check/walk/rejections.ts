/** Gives what was rejected since it was asked last, and forgets it. */
export type Taken = () => Error[]

let last: Promise<unknown> = Promise.resolve()
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Runs a foreign script while promises that it rejects and nobody handles are gathered: k6 prints them, Node would end
 * with the first. One script at a time, so that each has its own.
 */
export function gathering<Result>(run: (taken: Taken) => Promise<Result>): Promise<Result> {
  const alone = last.then(async () => {
    const rejected: Error[] = []
    const gather = (reason: unknown): void => void rejected.push(errorOf(reason))
    const listeners = process.rawListeners('unhandledRejection') as NodeJS.UnhandledRejectionListener[]
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', gather)
    try {
      return await run(() => rejected.splice(0))
    } finally {
      // Node tells of a rejection only after the turn in which it happened.
      await turn()
      process.off('unhandledRejection', gather)
      for (const listener of listeners) process.on('unhandledRejection', listener)
    }
  })
  last = alone.catch(() => undefined)
  return alone
}

/** An error of this process, whatever was thrown where. */
function errorOf(reason: unknown): Error {
  const { name = 'Error', message } = Object(reason) as Partial<Error>
  return Object.assign(new Error(message ?? String(reason)), { name })
}
