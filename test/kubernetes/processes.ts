import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { readFile } from 'node:fs/promises'

/** A process of the cluster, which writes to a file. */
export interface Process {
  /** Settles with what it ended by. */
  readonly ended: Promise<{ readonly code: number; readonly signal: NodeJS.Signals | null }>
  readonly running: () => boolean
  /** Sends a signal to it and all that it started. */
  readonly kill: (signal: NodeJS.Signals) => void
  readonly log: string
}

/** How a process is started. */
export interface Start {
  readonly command: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly log: string
}

/**
 * What makes both outputs a real pipe, as those of a container are: Node's own are sockets, which nobody can open by their
 * name (`/dev/stdout`). What writes the file ends when the process has ended, and holds channel 3 until then.
 */
const PIPED = 'exec "${@:2}" > >(exec setsid cat >> "$1") 2>&1 3>&-'

/** Starts a process in a group of its own; both of its outputs go to the file `log`. */
export function startProcess({ command, env = process.env, log }: Start): Process {
  const child = spawn('bash', ['-c', PIPED, 'bash', log, ...command], {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const [, , , written] = child.stdio
  ;(written as Readable).resume()
  let over = false
  const ended = new Promise<{ code: number; signal: NodeJS.Signals | null }>((done) => {
    child.once('error', () => done({ code: 127, signal: null }))
    // What it wrote last is in the file before it counts as ended.
    child.once('close', (code, signal) => done({ code: code ?? 128, signal }))
  }).finally(() => (over = true))
  const kill = (signal: NodeJS.Signals): void => {
    if (over || child.pid === undefined) return
    try {
      process.kill(-child.pid, signal)
    } catch {
      // It ended just now.
    }
  }
  return { ended, running: () => !over, kill, log }
}

/** Ends processes in order, each politely and then not. */
export async function stopAll(processes: readonly Process[]): Promise<void> {
  for (const one of processes) {
    one.kill('SIGTERM')
    const late = setTimeout(() => one.kill('SIGKILL'), 10_000)
    await one.ended
    clearTimeout(late)
  }
}

/** Asks until the answer is yes. Throws with the end of the process's log where it dies, or after two minutes. */
export async function untilReady(one: Process, ready: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 120_000
  while (!(await ready().catch(() => false))) {
    if (!one.running() || Date.now() > end) {
      const tail = (await readFile(one.log, 'utf8')).split('\n').slice(-15).join('\n')
      throw new Error(`${one.log}: it is not ready:\n${tail}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
