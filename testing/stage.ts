import { virtualDate } from './clock.ts'
import { createConsole } from './console.ts'
import type { Core } from './core.ts'

/** The globals that follow the double's time and write into its recording. */
export function stage(core: Core): Record<string, unknown> {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = core.timers
  return {
    Date: virtualDate(core.realm.Date, () => core.clock.read()),
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    console: createConsole(core),
  }
}

/** Puts values on an object and gives back a function that undoes it. */
export function swap(target: object, values: Record<string, unknown>): () => void {
  const old = Object.keys(values).map((key) => [key, Object.getOwnPropertyDescriptor(target, key)] as const)
  for (const [key, value] of Object.entries(values)) {
    Object.defineProperty(target, key, { value, writable: true, configurable: true, enumerable: true })
  }
  return () => {
    for (const [key, descriptor] of old) {
      if (descriptor === undefined) Reflect.deleteProperty(target, key)
      else Object.defineProperty(target, key, descriptor)
    }
  }
}
