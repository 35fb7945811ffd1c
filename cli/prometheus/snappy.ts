import { compress, uncompress } from 'snappyjs'
import { RecordError } from './errors.ts'

/**
 * The block's bytes, unpacked to at most `limit` bytes; throws a RecordError before anything is allocated for
 * a bad block.
 */
export function unpack(block: Uint8Array, limit: number): Uint8Array {
  const { length, start } = declared(block)
  if (length > limit) {
    throw new RecordError(`The push unpacks to ${length} bytes; at most ${limit} are accepted.`)
  }
  if (produced(block, start, length) !== length)
    throw new RecordError('The push is not a whole Snappy block.')
  try {
    return uncompress(new Uint8Array(block.buffer, block.byteOffset, block.byteLength), limit)
  } catch {
    throw new RecordError('The push is not a Snappy block: an element refers to bytes that do not exist.')
  }
}

/** The bytes as one Snappy block. */
export function pack(bytes: Uint8Array): Uint8Array {
  return compress(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

/** The preamble: the unpacked length as a varint of up to 32 bits, and where the elements start. */
function declared(block: Uint8Array): { length: number; start: number } {
  let length = 0
  for (let start = 0; start < 5; start++) {
    const byte = block[start] ?? 0x80
    length += (byte & 0x7f) * 2 ** (7 * start)
    if (byte < 0x80) return { length, start: start + 1 }
  }
  throw new RecordError('The push is not a Snappy block: its length is missing.')
}

/**
 * How many bytes the elements produce, −1 for an element that is cut off. A block is walked before it is
 * unpacked: the library trusts its lengths, and a literal of 2 GiB would turn its position back for ever.
 */
function produced(block: Uint8Array, start: number, most: number): number {
  let at = start
  let made = 0
  while (at < block.length && made <= most) {
    const tag = block[at++] ?? 0
    const kind = tag & 3
    let size = (tag >>> 2) + 1
    if (kind === 1) size = ((tag >>> 2) & 7) + 4
    let skip = [0, 1, 2, 4][kind] ?? 0
    if (kind === 0) {
      const wide = Math.max(0, size - 60)
      if (wide > 0) size = 1 + littleEndian(block, at, wide)
      skip = wide + size
    }
    at += skip
    made += size
  }
  return at === block.length ? made : -1
}

function littleEndian(block: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let byte = 0; byte < width; byte++) value += (block[at + byte] ?? 0) * 2 ** (8 * byte)
  return value
}
