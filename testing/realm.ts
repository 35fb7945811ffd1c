/** The built-ins that values handed to the script are made of: this process's own, or those of a vm context. */
export type Realm = Pick<
  typeof globalThis,
  | 'Array'
  | 'ArrayBuffer'
  | 'Date'
  | 'Error'
  | 'JSON'
  | 'Math'
  | 'Object'
  | 'Promise'
  | 'TypeError'
  | 'Uint8Array'
>

/** A constructor of k6's own errors. */
export type GoErrorClass = new (message: string) => Error

/** The class of the errors that k6's Go code throws into scripts: named `GoError`, an `Error` of that realm. */
export function goErrorClass(realm: Realm): GoErrorClass {
  class GoError extends realm.Error {
    value = {}
  }
  Object.defineProperty(GoError.prototype, 'name', { value: 'GoError', writable: true, configurable: true })
  return GoError
}

/** Whether a constructor was called with `new`; k6's own refuse anything else. */
export const isNew = (target: unknown): boolean => target !== undefined

/** Thrown by `exec.test.abort()`: k6 stops the script at once, and no `catch` sees it. */
export class Interrupt extends Error {
  override name = 'Interrupt'
}

/** Whether k6 would refuse the function as asynchronous; a plain function that returns a promise is not noticed. */
export const isAsyncFunction = (value: unknown): boolean =>
  typeof value === 'function' && value.constructor.name === 'AsyncFunction'
