import type { Clock } from './clock.ts'

type Callback = (...args: unknown[]) => void

interface Timer {
  id: number
  due: number
  every?: number
  run: () => void
}

/** Timers on virtual time, as k6's event loop keeps them. */
export interface Timers {
  readonly setTimeout: (callback: Callback, delay?: number, ...args: unknown[]) => number
  readonly clearTimeout: (id?: number) => void
  readonly setInterval: (callback: Callback, delay?: number, ...args: unknown[]) => number
  readonly clearInterval: (id?: number) => void
  /** Moves the clock to the next timer and runs it; false when none waits. */
  runNext(): boolean
  clear(): void
}

/** An empty queue of timers on that clock. */
export function createTimers(clock: Clock): Timers {
  const queue = new Map<number, Timer>()
  let last = 0
  const add = (run: () => void, delay: number | undefined, repeat: boolean) => {
    const wait = Math.max(Number(delay) || 0, repeat ? 1 : 0)
    const timer: Timer = { id: ++last, due: clock.now() + wait, run }
    if (repeat) timer.every = wait
    queue.set(timer.id, timer)
    return timer.id
  }
  const remove = (id?: number) => {
    if (id !== undefined) queue.delete(id)
  }
  return {
    setTimeout: (callback, delay, ...args) => add(() => callback(...args), delay, false),
    setInterval: (callback, delay, ...args) => add(() => callback(...args), delay, true),
    clearTimeout: remove,
    clearInterval: remove,
    clear: () => queue.clear(),
    runNext: () => {
      let next: Timer | undefined
      for (const timer of queue.values()) if (next === undefined || timer.due < next.due) next = timer
      if (next === undefined) return false
      clock.advance(next.due - clock.now())
      if (next.every === undefined) queue.delete(next.id)
      else next.due = clock.now() + next.every
      next.run()
      return true
    },
  }
}
