import { spawn, type ChildProcess } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delay, processStat } from '../../base/index.ts'
import { tieToCaller } from '../../k6/index.ts'
import type { TargetLog } from './targetLog.ts'

/** How a shell runs a command: where, and with which variables over those of this process. */
export interface ShellCommand {
  readonly command: string
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** A command that runs in a process group of its own. */
export interface RunningCommand {
  /** How it ended: `exit 1`, `SIGTERM`, or why it could not be started; undefined while it runs. */
  end(): string | undefined
  /** Resolves when it has ended, with {@link end}. */
  readonly ended: Promise<string>
  /** Ends it with all processes that it has started, and waits for that. */
  stop(): Promise<void>
}

/** Milliseconds that a command has to end by itself; then it is ended by force. */
const GRACE_MS = 10_000
/** Milliseconds after that, in which it has to be gone. */
const FORCED_MS = 5_000
const LOOK_AGAIN_MS = 50
const GROUPS = process.platform !== 'win32'

/** Runs a command by the shell. It ends with this process, however that ends. */
export function runCommand({ command, cwd, env }: ShellCommand, log: TargetLog): RunningCommand {
  const child = spawn(command, {
    cwd,
    env: { ...process.env, ...env },
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: GROUPS,
    windowsHide: true,
  })
  tieToCaller(child, [], 'group')
  log.follow(child.stdout, child.stderr)
  let how: string | undefined
  const ended = new Promise<string>((resolve) => {
    const end = (text: string): void => resolve((how ??= text))
    child.on('error', ({ message }) => end(message))
    child.on('exit', (code, signal) => end(signal ?? `exit ${code ?? 0}`))
  })
  return { end: () => how, ended, stop: () => stopGroup(child) }
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const until = Date.now() + GRACE_MS
  signalled(child, 'SIGTERM')
  while (signalled(child, 0) && !isDead(child) && Date.now() < until + FORCED_MS) {
    if (Date.now() > until) signalled(child, 'SIGKILL')
    await delay(LOOK_AGAIN_MS)
  }
}

/**
 * Whether all that is left of a group has ended, and is only waited for by nobody: in a container without an init process
 * it stays so for ever. Linux only.
 */
function isDead({ pid, exitCode, signalCode }: ChildProcess): boolean {
  if (process.platform !== 'linux' || (exitCode === null && signalCode === null)) return false
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .every((name) => {
      const [state, , group] = processStat(name)
      return Number(group) !== pid || state === 'Z'
    })
}

/** Sends a signal to a command and all that it has started; false where nothing is left of it. */
function signalled(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  const { pid } = child
  if (pid === undefined) return false
  if (!GROUPS) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    if (signal !== 0)
      spawn('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true })
    return true
  }
  try {
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}
