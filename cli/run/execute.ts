import { spawnK6, type Engine } from '../k6/index.ts'

/** How a k6 process ended. */
export interface Ended {
  /** Its exit code; undefined where a signal ended it. */
  code: number | undefined
  interrupted: boolean
  /** Why it could not be started, if it could not. */
  failure?: string
}

/**
 * How long k6 may take to end after a SIGINT that it may have got (milliseconds): its own limits on `teardown`, 60 s,
 * and on `handleSummary`, 120 s, and a little more.
 */
const PATIENCE = 190_000

/**
 * Runs k6 to its end, its output being the terminal's. k6 stays in this process's group. A SIGTERM or SIGHUP is sent to
 * one process, so it is passed on; a Ctrl-C reaches the whole group. `onStart` is told k6's process, once it is there.
 */
export async function runK6(
  engine: Engine,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  onStart?: (pid: number) => void,
): Promise<Ended> {
  const child = spawnK6(engine, args, { env, stdio: 'inherit' })
  if (child.pid !== undefined) onStart?.(child.pid)
  let interrupted = false
  let timer: NodeJS.Timeout | undefined
  // k6 ends by force at a second SIGINT, without `teardown` and summary, and nobody can ask whether it has got the
  // first. A terminal sends it to the group, and so do CI and test runners; what is sent to this process alone, without
  // a terminal, is passed on once a k6 that had got it would have ended. A person's second Ctrl-C reaches k6 by itself.
  const onInterrupt = (): void => {
    interrupted = true
    if (!process.stdin.isTTY) timer ??= setTimeout(() => child.kill('SIGINT'), PATIENCE)
  }
  const onTerminate = (): void => {
    interrupted = true
    child.kill('SIGTERM')
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  process.on('SIGHUP', onTerminate)
  try {
    return await new Promise<Ended>((resolve) => {
      child.on('error', ({ message }) => resolve({ code: undefined, interrupted, failure: message }))
      child.on('exit', (code) => resolve({ code: code ?? undefined, interrupted }))
    })
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerminate)
    process.off('SIGHUP', onTerminate)
  }
}
