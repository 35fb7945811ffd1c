import type { ChildProcess } from 'node:child_process'
import { killK6 } from './spawn.ts'

/** Milliseconds in which a second signal is the same Ctrl-C: a terminal and npm may both send it. */
const SAME_SIGNAL_MS = 1000
/** The signals that end a command. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Does work that no signal ends: it is told by its own signal, and comes to its end by itself. Its second signal comes with
 * the second Ctrl-C: nobody waits any more.
 */
export async function whileNotStopped<T>(
  work: (stopped: AbortSignal, hurried: AbortSignal) => Promise<T>,
): Promise<T> {
  const [first, second] = [new AbortController(), new AbortController()]
  let at: number | undefined
  const stop = (): void => {
    const now = performance.now()
    if (at !== undefined && now - at > SAME_SIGNAL_MS) second.abort()
    at ??= now
    first.abort()
  }
  for (const signal of STOP_SIGNALS) process.on(signal, stop)
  try {
    return await work(first.signal, second.signal)
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, stop)
  }
}

/** What ends k6. */
export interface Stopper {
  /** Interrupts every k6, once; ends by force what takes longer than the grace. */
  stop: () => void
  /** No signal is passed on any more. */
  release: () => void
}

/** How k6 is to be ended. */
export interface Stopping {
  /** Milliseconds that k6 has once it was interrupted. */
  grace: number
  /** Told with each signal that is passed on. */
  onSignal?: () => void
  /** Interrupts one k6; by a SIGINT unless told. */
  interrupt?: (child: ChildProcess) => void
  /** Told where k6 was ended by force. */
  onKill?: () => void
}

/**
 * Passes the signals that this process gets on to k6, or to several: the first as one SIGINT, on which k6 stops the load,
 * makes its `teardown` and its summary; the second, or the end of the grace, ends it by force.
 */
export function stopping(
  children: readonly ChildProcess[],
  { grace, onSignal, onKill, interrupt = (child) => void child.kill('SIGINT') }: Stopping,
): Stopper {
  const toAll = (signal: NodeJS.Signals): void => {
    for (const child of children) child.kill(signal)
  }
  let killer: NodeJS.Timeout | undefined
  let toldAt: number | undefined
  const kill = (): void => {
    onKill?.()
    for (const child of children) killK6(child)
  }
  const stop = (): void => {
    if (killer) return
    children.forEach((child) => interrupt(child))
    killer = setTimeout(kill, grace)
  }
  const onSignalled = (): void => {
    onSignal?.()
    const now = performance.now()
    if (toldAt !== undefined && now - toldAt > SAME_SIGNAL_MS) kill()
    toldAt ??= now
    stop()
  }
  for (const signal of STOP_SIGNALS) process.on(signal, onSignalled)
  // A Ctrl-Z stops the processes of the terminal, of which k6 is none: stop k6 as well.
  const suspend = (): void => {
    toAll('SIGSTOP')
    process.kill(process.pid, 'SIGSTOP')
  }
  const resume = (): void => toAll('SIGCONT')
  if (process.platform !== 'win32') process.on('SIGTSTP', suspend).on('SIGCONT', resume)
  return {
    stop,
    release() {
      clearTimeout(killer)
      for (const signal of STOP_SIGNALS) process.off(signal, onSignalled)
      process.off('SIGTSTP', suspend).off('SIGCONT', resume)
    },
  }
}
