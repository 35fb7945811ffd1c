import { delay, EXIT, UserError } from '../base/index.ts'
import { say } from './output.ts'

/** Runs work that a Ctrl-C ends: with one line and exit code 105, leaving nothing half done behind. */
export async function abortable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = (): void => controller.abort(new UserError('interrupted', EXIT.interrupted))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}

/** Milliseconds in which a signal that a child of ours got as well reaches this process. */
const SAME_SIGNAL_MS = 100

/** Does work that leaves nothing half done: a Ctrl-C ends the process there and then, with one line and exit code 105. */
export async function endable<T>(work: () => Promise<T>): Promise<T> {
  const stop = (): never => {
    say('interrupted')
    process.exit(EXIT.interrupted)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await work()
  } catch (error) {
    // A Ctrl-C reaches esbuild's process too, whose end may be noticed first.
    await delay(SAME_SIGNAL_MS)
    throw error
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
