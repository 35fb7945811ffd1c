import { createContext, Script } from 'node:vm'
import { runBounded } from './bounds.ts'
import { ownError } from './foreignError.ts'
import type { Realm } from './realm.ts'

/** A realm of its own for one script. */
export interface World {
  readonly realm: Realm
  /** Evaluates CommonJS and gives what it exports; rethrows as an `Error` of this process. */
  load(code: string, filename: string): Record<string, unknown>
  /** Calls, and throws when the synchronous part takes more than a script may. */
  bounded(call: () => unknown): unknown
}

const key = '(the call to bound)'
const caller = new Script(`{ const call = globalThis['${key}']; delete globalThis['${key}']; call() }`)

/** A new, bare world whose synchronous work is stopped after that many milliseconds of CPU. */
export function createWorld(time: number): World {
  const context = createContext({}, { codeGeneration: { strings: true, wasm: false } })
  const realm = new Script('globalThis').runInContext(context) as Realm
  const bounded = (call: () => unknown): unknown => {
    Object.defineProperty(realm, key, { value: call, configurable: true })
    return runBounded(caller, context, time)
  }
  return {
    realm,
    bounded,
    load: (code, filename) => {
      const module = { exports: {} as Record<string, unknown> }
      try {
        // Places in stacks are places in the code: the wrapper has a line of its own, which is not counted.
        const wrapped = `(function (module, exports) { 'use strict';\n${code}\n})`
        const program = new Script(wrapped, { filename, lineOffset: -1 })
        const body = program.runInContext(context) as (...args: unknown[]) => void
        bounded(() => {
          body(module, module.exports)
        })
      } catch (error) {
        throw ownError(error)
      }
      return { ...module.exports }
    },
  }
}
