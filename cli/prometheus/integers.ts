import type { Reader } from 'protobufjs/minimal.js'
import { RecordError } from './errors.ts'

// Integers of 64 bits as numbers; each throws a RecordError beyond 2^53, where numbers stop being exact. Those of a push
// are short, nearly all: protobufjs makes an object for each, which for many k6 costs more than all that is done with it.

export const uint64 = (reader: Reader): number => short(reader) ?? exact(reader.uint64())

export const int64 = (reader: Reader): number => short(reader) ?? exact(reader.int64())

/** In zigzag: 0, −1, 1, −2 … */
export function sint64(reader: Reader): number {
  const number = short(reader)
  if (number === undefined) return exact(reader.sint64())
  return number % 2 === 0 ? number / 2 : -(number + 1) / 2
}

/** Bytes of an integer that is exact as a number, whatever they hold: each has seven of its bits. */
const SHORT_BYTES = 7

/** The integer that a reader stands before; undefined, and nothing read, where it has more bytes than that. */
function short(reader: Reader): number | undefined {
  const { buf, pos } = reader
  const end = Math.min(reader.len, pos + SHORT_BYTES)
  let number = 0
  let scale = 1
  for (let at = pos; at < end; at++) {
    const byte = buf[at] ?? 0
    number += (byte & 0x7f) * scale
    scale *= 0x80
    if (byte >= 0x80) continue
    reader.pos = at + 1
    return number
  }
  return undefined
}

/** What protobufjs makes of an integer of 64 bits is a number, or a Long where that library is there. */
function exact(wide: { toString(): string }): number {
  const number = Number(wide.toString())
  if (!Number.isSafeInteger(number)) throw new RecordError(`The push holds ${number}, too large to be exact.`)
  return number
}
