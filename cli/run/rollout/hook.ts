import { spawn, type ChildProcess } from 'node:child_process'
import { STOP_SIGNALS } from '../../k6/index.ts'
import type { RolloutDecision } from '../../verdict/index.ts'

/** What is run once something is decided: shell commands. */
export interface Hooks {
  readonly promote?: string
  readonly hold?: string
  readonly 'roll back'?: string
  /** Where the watch was interrupted; nothing else is run then. */
  readonly interrupt?: string
}

/** The hook of a decision; undefined where there is none. */
export const hookOf = (hooks: Hooks, { decision, reasons }: RolloutDecision): string | undefined =>
  reasons.some(({ code }) => code === 'watch-interrupted') ? hooks.interrupt : hooks[decision]

/** How a hook is run. */
export interface HookRun {
  readonly command: string
  readonly decision: RolloutDecision
  /** The file of the decision; absent where it could not be written. */
  readonly file?: string
  /** Milliseconds. */
  readonly timeoutMs: number
  readonly say: (line: string) => void
}

/** Milliseconds between the request to end and the end by force. */
const GRACE_MS = 5000

/**
 * Runs a hook to its end, once. Its output goes to stderr. A signal does not end it, since half a rollback is worse than
 * none: only its time does. Gives why it failed; undefined where it did not.
 */
export async function runHook({
  command,
  decision,
  file,
  timeoutMs,
  say,
}: HookRun): Promise<string | undefined> {
  const onSignal = (): void => say('the hook still runs; it is waited for')
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal)
  const child = spawn(command, {
    shell: true,
    // In a group of its own: a Ctrl-C does not reach it, and all that it started is ended with it.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...variablesOf(decision, file) },
  })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => process.stderr.write(part))
  const late = { is: false }
  const timers = [
    setTimeout(() => {
      late.is = true
      end(child, 'SIGTERM')
    }, timeoutMs),
    setTimeout(() => end(child, 'SIGKILL'), timeoutMs + GRACE_MS),
  ]
  try {
    const ended = await endOf(child)
    return late.is ? `was ended after ${timeoutMs / 1000} s` : ended
  } finally {
    for (const timer of timers) clearTimeout(timer)
    for (const signal of STOP_SIGNALS) process.off(signal, onSignal)
  }
}

/** What a hook finds in its environment. */
function variablesOf(decision: RolloutDecision, file: string | undefined): Record<string, string> {
  return {
    ...(file === undefined ? {} : { LOADWRIGHT_DECISION: file }),
    LOADWRIGHT_DECIDED: decision.decision,
    LOADWRIGHT_TEXT: decision.text,
    LOADWRIGHT_EXIT_CODE: `${decision.exitCode}`,
    LOADWRIGHT_CANARY: decision.canary,
    LOADWRIGHT_STABLE: decision.stable,
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Milliseconds for the last of what a hook has printed: what it left running may hold its output open. */
const LAST_OUTPUT_MS = 1000

const endOf = (child: ChildProcess): Promise<string | undefined> =>
  new Promise((resolve) => {
    let why: string | undefined
    child.on('error', ({ message }) => resolve(`could not be started: ${message}`))
    child.on('exit', (code, signal) => {
      if (code !== 0) why = signal === null ? `ended with exit code ${code ?? ''}` : `was ended by ${signal}`
      setTimeout(() => resolve(why), LAST_OUTPUT_MS).unref()
    })
    child.on('close', () => resolve(why))
  })
