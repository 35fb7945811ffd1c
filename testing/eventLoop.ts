import type { Core } from './core.ts'
import { warn, worked } from './core.ts'

// Taken before any test may fake them.
const { setImmediate: immediate, setTimeout: wait } = globalThis
const turn = () => new Promise<void>((resolve) => immediate(resolve))
const aWhile = () => new Promise<void>((resolve) => wait(resolve, 5))

/** Pauses of 5 ms that work outside the double may take before a promise counts as forgotten, where it is not counted. */
const MAX_IDLE_TURNS = 400

/**
 * Runs the call and k6's event loop until nothing is left to do: timers and answers run on virtual time.
 * Throws what the call, its promise or a timer threw, and what was rejected without being handled, as k6 does.
 */
export async function untilDone(core: Core, call: () => unknown, pause = aWhile): Promise<unknown> {
  let state: { value: unknown } | { error: unknown } | undefined
  Promise.resolve(call()).then(
    (value) => (state = { value }),
    (error: unknown) => (state = { error }),
  )
  for (let idle = 0; ;) {
    await turn()
    if (state !== undefined && 'error' in state) throw state.error
    const [rejected] = core.rejected?.() ?? []
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a script may reject with anything
    if (rejected !== undefined) throw rejected
    const { outside } = core
    if (core.timers.runNext()) {
      worked(core)
    } else if (state !== undefined) {
      return state.value
    } else if (outside ? outside.running === 0 : ++idle > MAX_IDLE_TURNS) {
      warn(core, 'the iteration ended although its promise was never settled')
      return undefined
    } else {
      await pause()
    }
  }
}
