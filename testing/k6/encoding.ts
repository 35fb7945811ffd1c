import { isAnyArrayBuffer } from 'node:util/types'
import type { Core } from '../core.ts'

/** The bytes of a string, an ArrayBuffer or a view on one; throws k6's error for anything else. */
export function toBytes(core: Core, value: unknown): Buffer {
  if (typeof value === 'string') return Buffer.from(value)
  if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (isAnyArrayBuffer(value)) return Buffer.from(value as ArrayBuffer)
  throw new core.GoError(`invalid type ${typeof value}, expected string, []byte or ArrayBuffer`)
}

/** The bytes as an ArrayBuffer of the script's realm. */
export const toArrayBuffer = (core: Core, bytes: Uint8Array): ArrayBufferLike =>
  core.realm.Uint8Array.from(bytes).buffer

/** The module `k6/encoding`. */
export function encodingModule(core: Core) {
  return {
    b64encode: (input: unknown, encoding?: string) => {
      const standard = toBytes(core, input).toString('base64')
      const safe = encoding === 'url' || encoding === 'rawurl' ? urlSafe(standard) : standard
      return encoding === 'rawstd' || encoding === 'rawurl' ? safe.replace(/=+$/, '') : safe
    },
    b64decode: (input: unknown, encoding?: string, format?: string) => {
      const text = String(input)
      const raw = encoding === 'rawstd' || encoding === 'rawurl'
      const alphabet = encoding === 'url' || encoding === 'rawurl' ? /[^A-Za-z0-9_-]/ : /[^A-Za-z0-9+/]/
      const digits = raw ? text : text.replace(/={0,2}$/, '')
      const bad =
        alphabet.exec(digits)?.index ??
        (!raw && text.length % 4 !== 0 ? text.length - (text.length % 4) : undefined)
      if (bad !== undefined) throw new core.GoError(`illegal base64 data at input byte ${bad}`)
      const bytes = Buffer.from(text, 'base64')
      return format === 's' ? bytes.toString() : toArrayBuffer(core, bytes)
    },
  }
}

const urlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')
