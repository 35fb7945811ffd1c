import { webcrypto } from 'node:crypto'
import type { Realm } from './realm.ts'
import { BUILT_INS } from './tables.ts'

/** Methods that newer engines have and k6's has not: a script that calls one fails here as it would there. */
const absentMethods: Record<string, string> = {
  Array: 'fromAsync',
  'ArrayBuffer.prototype': 'detached maxByteLength resizable resize transfer transferToFixedLength',
  Error: 'captureStackTrace isError prepareStackTrace',
  JSON: 'isRawJSON rawJSON',
  Map: 'groupBy',
  'Map.prototype': 'getOrInsert getOrInsertComputed',
  Math: 'f16round sumPrecise',
  Object: 'groupBy',
  Promise: 'try withResolvers',
  RegExp: 'escape',
  'Set.prototype': 'difference intersection isDisjointFrom isSubsetOf isSupersetOf symmetricDifference union',
  'String.prototype': 'isWellFormed toWellFormed',
  Uint8Array: 'fromBase64 fromHex',
  'Uint8Array.prototype': 'setFromBase64 setFromHex toBase64 toHex',
}

/**
 * Turns the global object of a new vm context into a k6 script's: what k6 lacks goes, what it adds is put there. What it
 * has begun outside (`crypto.subtle`) is counted.
 */
export function furnish(realm: Realm, globals: Record<string, unknown>, outside: { running: number }): void {
  const scope = realm as unknown as Record<string, unknown>
  for (const name of Object.getOwnPropertyNames(scope)) {
    if (!BUILT_INS.includes(name)) Reflect.deleteProperty(scope, name)
  }
  for (const [path, names] of Object.entries(absentMethods)) {
    const [owner = '', inner] = path.split('.')
    const object = scope[owner] as Record<string, unknown>
    const target = (inner === undefined ? object : object[inner]) as object
    for (const name of names.split(' ')) Reflect.deleteProperty(target, name)
  }
  const added = { ...globals, global: realm, crypto: cryptoOf(outside), ...codecs(realm) }
  for (const [name, value] of Object.entries(added)) {
    Object.defineProperty(realm, name, { value, writable: true, configurable: true, enumerable: false })
  }
}

const cryptoOf = (outside: { running: number }) => ({
  // One random byte an element, whatever its width, as k6 does.
  getRandomValues: <View extends { length: number; [index: number]: number }>(view: View): View => {
    const bytes = webcrypto.getRandomValues(new Uint8Array(view.length))
    for (const [index, byte] of bytes.entries()) view[index] = byte
    return view
  },
  randomUUID: () => webcrypto.randomUUID(),
  subtle: counted(webcrypto.subtle, outside),
})

/** An object whose methods return promises: those that have not settled are counted. */
function counted<T extends object>(target: T, outside: { running: number }): T {
  return new Proxy(target, {
    get: (_, key) => {
      const method = Reflect.get(target, key) as unknown
      if (typeof method !== 'function') return method
      return async (...args: unknown[]): Promise<unknown> => {
        outside.running++
        try {
          return await (Reflect.apply(method, target, args) as unknown)
        } finally {
          outside.running--
        }
      }
    },
  })
}

function codecs(realm: Realm) {
  class Encoder {
    readonly encoding = 'utf-8'
    encode(text = ''): Uint8Array {
      return realm.Uint8Array.from(new TextEncoder().encode(text))
    }
  }
  return { TextEncoder: Encoder, TextDecoder }
}
