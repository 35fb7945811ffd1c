import { createContext, Script } from 'node:vm'
import { ownError } from './foreignError.ts'
import type { Realm } from './realm.ts'

/** A realm of its own for one script. */
export interface World {
  readonly realm: Realm
  /** Evaluates CommonJS and gives what it exports; rethrows as an `Error` of this process. */
  load(code: string, filename: string): Record<string, unknown>
  /** Calls, and throws when the synchronous part takes longer than the world's timeout. */
  bounded(call: () => unknown): unknown
}

const key = '(the call to bound)'
const caller = new Script(`{ const call = globalThis['${key}']; delete globalThis['${key}']; call() }`)

/** A new, bare world whose synchronous work is stopped after that many milliseconds. */
export function createWorld(timeout: number): World {
  const context = createContext({}, { codeGeneration: { strings: true, wasm: false } })
  const realm = new Script('globalThis').runInContext(context) as Realm
  const bounded = (call: () => unknown): unknown => {
    Object.defineProperty(realm, key, { value: call, configurable: true })
    try {
      return caller.runInContext(context, { timeout })
    } catch (error) {
      if ((error as NodeJS.ErrnoException | undefined)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw new Error(`the script ran for more than ${timeout} ms without coming back`, { cause: error })
    }
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
