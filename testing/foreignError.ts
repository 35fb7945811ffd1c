/** An `Error` of this process with the name, message and stack of one thrown in another realm. */
export function ownError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown
  const { name, message, stack } = Object(thrown) as Partial<Error>
  if (typeof message !== 'string') return new Error(`the script threw ${String(thrown)}`)
  const error = new Error(message, { cause: thrown })
  // Not enumerable, as on errors that were made here.
  if (typeof name === 'string')
    Object.defineProperty(error, 'name', { value: name, configurable: true, writable: true })
  if (typeof stack === 'string') error.stack = stack
  return error
}
