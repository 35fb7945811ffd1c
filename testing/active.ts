import { INIT_ENV } from './aliases.ts'
import { createK6, type K6Double } from './double.ts'

const key = Symbol.for('loadwright.testing.k6')
const shared = globalThis as unknown as Record<symbol, K6Double | undefined>

/**
 * The one double behind the aliased modules of this process, in the init context until something is rehearsed.
 * It outlives a reset of the module graph, so metrics and cached tags objects stay valid.
 */
export function active(): K6Double {
  let double = shared[key]
  if (double === undefined) {
    const given = process.env[INIT_ENV]
    const env = given === undefined ? {} : (JSON.parse(given) as Record<string, string>)
    shared[key] = double = createK6({ env })
    const { __ENV, __VU, open } = double.globals
    Object.assign(globalThis, { __ENV, __VU, open })
  }
  return double
}

/** One of the active double's modules, for the files that stand in for `k6/*`. */
export const moduleOf = (name: string): Record<string, unknown> => active().modules[name] ?? {}
