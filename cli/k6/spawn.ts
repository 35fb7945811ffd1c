import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { cleanEnvironment } from './environment.ts'
import type { Engine } from './types.ts'
import { tieToCaller } from './watchdog.ts'

/** How k6 is started. */
export interface SpawnOptions {
  /** Cleaned by `cleanEnvironment` on the way. */
  env: NodeJS.ProcessEnv
  /** A configuration file instead of the user's. */
  config?: string
  cwd?: string
  stdio: StdioOptions
  /** What k6 writes at its end, to be removed where the caller did not live to see it. */
  files?: readonly string[]
}

/** Whether k6 can have a process group of its own. */
const GROUPS = process.platform !== 'win32'

/**
 * Starts k6, which ends soon after its caller does. It has a process group of its own: a Ctrl-C in the terminal does not
 * reach it, and whoever starts it passes it on, once.
 */
export function spawnK6(
  engine: Pick<Engine, 'path'>,
  args: readonly string[],
  { env, config, cwd, stdio, files }: SpawnOptions,
): ChildProcess {
  const child = spawn(engine.path, args, {
    env: { ...cleanEnvironment(env).env, ...(config === undefined ? {} : { K6_CONFIG: config }) },
    stdio,
    detached: GROUPS,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  })
  tieToCaller(child, files)
  return child
}

/** Ends k6 by force, with the browsers that it has started. */
export function killK6(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(GROUPS ? -child.pid : child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL')
  }
}
