import { spawnK6, type Engine } from '../k6/index.ts'

/** How a k6 process ended. */
export interface Ended {
  /** Its exit code; undefined where a signal ended it. */
  code: number | undefined
  interrupted: boolean
}

/** How long k6 may take to end by itself after a Ctrl-C that its process group may have got (milliseconds). */
const PATIENCE = 15_000

/**
 * Runs k6 to its end, its output being the terminal's. k6 stays in this process's group, so a Ctrl-C reaches it
 * by itself and is not sent twice; a SIGTERM, which is sent to one process, is passed on.
 */
export async function runK6(engine: Engine, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawnK6(engine, args, { env, stdio: 'inherit' })
  let interrupted = false
  let timer: NodeJS.Timeout | undefined
  const onInterrupt = (): void => {
    interrupted = true
    timer ??= setTimeout(() => child.kill('SIGINT'), PATIENCE)
  }
  const onTerminate = (): void => {
    interrupted = true
    child.kill('SIGTERM')
  }
  process.on('SIGINT', onInterrupt)
  process.on('SIGTERM', onTerminate)
  process.on('SIGHUP', onTerminate)
  try {
    const code = await new Promise<number | undefined>((resolve, reject) => {
      child.on('error', reject)
      child.on('exit', (exitCode) => resolve(exitCode ?? undefined))
    })
    return { code, interrupted }
  } finally {
    clearTimeout(timer)
    process.off('SIGINT', onInterrupt)
    process.off('SIGTERM', onTerminate)
    process.off('SIGHUP', onTerminate)
  }
}
