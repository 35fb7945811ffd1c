import type { Realm } from './realm.ts'

type Listener = (reason: unknown, promise: Promise<unknown>) => void

/** What was rejected and not handled, by the prototype of the realm's promises. */
const watched = new Map<object, unknown[]>()
let others: Listener[] = []

/**
 * Gathers the promises of a realm that are rejected and handled by nobody, until it is closed: Node would end with the
 * first. Those of anybody else are told as before.
 */
export function watchRejections(realm: Realm): { taken: () => unknown[]; close: () => Promise<void> } {
  const rejected: unknown[] = []
  if (watched.size === 0) {
    others = process.rawListeners('unhandledRejection') as Listener[]
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', dispatch)
  }
  watched.set(realm.Promise.prototype as object, rejected)
  return {
    taken: () => rejected.splice(0),
    close: async () => {
      // Node tells of a rejection only after the turn in which it happened.
      await new Promise<void>((resolve) => setImmediate(resolve))
      watched.delete(realm.Promise.prototype as object)
      if (watched.size > 0) return
      process.off('unhandledRejection', dispatch)
      for (const listener of others.splice(0)) process.on('unhandledRejection', listener)
    },
  }
}

const dispatch: Listener = (reason, promise) => {
  const ours = watched.get(Object.getPrototypeOf(promise) as object)
  if (ours) ours.push(reason ?? new Error(`a promise was rejected with ${String(reason)}`))
  else if (others.length === 0) throw reason
  else for (const listener of others) listener(reason, promise)
}
