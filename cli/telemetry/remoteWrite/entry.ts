import { join } from 'node:path'
import { crc32 } from 'node:zlib'

const MAGIC = Buffer.from('LWQ1')
const HEAD_BYTES = 12

/** A push as it lies on disk: a mark, its length, its checksum, its bytes. */
export function entryBytes(body: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  MAGIC.copy(head)
  head.writeUInt32LE(body.length, 4)
  head.writeUInt32LE(crc32(body), 8)
  return Buffer.concat([head, body])
}

/** The push in an entry; undefined for one that a crash or a full disk left half written. */
export function bodyOf(entry: Buffer): Buffer | undefined {
  if (entry.length < HEAD_BYTES || !entry.subarray(0, 4).equals(MAGIC)) return undefined
  const body = entry.subarray(HEAD_BYTES)
  const whole = body.length === entry.readUInt32LE(4) && crc32(body) === entry.readUInt32LE(8)
  return whole ? body : undefined
}

/** The file of an entry: their order is that of their names. */
export const fileOf = (number: number): string => `${String(number).padStart(10, '0')}.push`

/** The number in an entry's file name; undefined for another file. */
export function entryNumber(file: string): number | undefined {
  const digits = /^(\d{10})\.push$/.exec(file)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** The lock of a queue, by the queue's folder. */
export const queueLock = (folder: string): string => join(folder, 'lock')
