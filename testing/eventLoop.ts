import type { Core } from './core.ts'
import { warn } from './core.ts'

// Taken before any test may fake them.
const { setImmediate: immediate, setTimeout: wait } = globalThis
const turn = () => new Promise<void>((resolve) => immediate(resolve))

/** Callbacks of timers that one call may run before it counts as endless. */
const endless = 100_000
/** Turns of 5 ms that work outside the double (`crypto.subtle`) may take before a promise counts as forgotten. */
const patience = 400

/**
 * Runs the call and k6's event loop until nothing is left to do: timers and answers run on virtual time.
 * Throws what the call, its promise or a timer threw.
 */
export async function untilDone(core: Core, call: () => unknown): Promise<unknown> {
  let state: { value: unknown } | { error: unknown } | undefined
  Promise.resolve(call()).then(
    (value) => (state = { value }),
    (error: unknown) => (state = { error }),
  )
  for (let run = 0, idle = 0; ;) {
    await turn()
    if (state !== undefined && 'error' in state) throw state.error
    if (core.timers.runNext()) {
      if (++run > endless) throw new Error('the iteration does not end: is a setInterval never cleared?')
    } else if (state !== undefined) {
      return state.value
    } else if (++idle > patience) {
      warn(core, 'the iteration ended although its promise was never settled')
      return undefined
    } else {
      await new Promise<void>((resolve) => wait(resolve, 5))
    }
  }
}
