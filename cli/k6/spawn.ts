import { spawn } from 'node:child_process'
import type { ChildProcess, StdioOptions } from 'node:child_process'
import { cleanEnvironment } from './environment.ts'
import type { Engine } from './types.ts'

/** How k6 is started. */
export interface SpawnOptions {
  /** Cleaned by `cleanEnvironment` on the way. */
  env: NodeJS.ProcessEnv
  cwd?: string
  /** The terminal's own streams unless told. */
  stdio?: StdioOptions
}

/** Starts k6 in the caller's process group, so a Ctrl-C in the terminal reaches it: do not send that SIGINT twice. */
export function spawnK6(
  engine: Pick<Engine, 'path'>,
  args: readonly string[],
  options: SpawnOptions,
): ChildProcess {
  const { cwd, stdio = 'inherit' } = options
  return spawn(engine.path, args, {
    env: cleanEnvironment(options.env).env,
    stdio,
    windowsHide: true,
    ...(cwd !== undefined && { cwd }),
  })
}
