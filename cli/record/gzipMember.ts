import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { OpenedFile } from './runs/runFolder.ts'

/** RFC 1952: two bytes of magic, deflate, a flag for the extra field; time, level and system after it. */
const START = Buffer.from([0x1f, 0x8b, 8, 4])
const FIXED_BYTES = 10
/** An extra field of 8 bytes: the subfield `LW` with 4 bytes, the member's whole length. */
const EXTRA = Buffer.from([8, 0, 0x4c, 0x57, 4, 0])
const HEAD_BYTES = FIXED_BYTES + EXTRA.length + 4
const MAX_BYTES = 64 * 1024 * 1024
/** The highest level takes four times as long for a tenth less: of what a recorder of many k6 takes, a fifth. */
const LEVEL = 7

/** What lay at one place of a file: a member's text, or why there is none. */
export interface Member {
  readonly text?: string
  /** Why it cannot be read. */
  readonly damage?: string
  /** Where it ends; absent where nothing after it can be found. */
  readonly end?: number
}

/**
 * A text as one gzip member, to be appended to others: `zcat` reads them all. It says its own length, so that a reader
 * needs no more memory than one of them, and finds the next one behind a damaged one.
 */
export async function packMember(text: string): Promise<Buffer> {
  const plain = await promisify(gzip)(text, { level: LEVEL })
  const length = Buffer.alloc(4)
  length.writeUInt32LE(plain.length + EXTRA.length + length.length)
  const fixed = Buffer.concat([START, plain.subarray(START.length, FIXED_BYTES)])
  return Buffer.concat([fixed, EXTRA, length, plain.subarray(FIXED_BYTES)])
}

/** How many of these bytes are whole members, as far as there are members. */
export function wholeBytes(bytes: Buffer): number {
  for (let at = 0; ;) {
    const length = lengthIn(bytes.subarray(at, at + HEAD_BYTES))
    // What is no member is told by whoever reads it.
    if (length === undefined) return at + HEAD_BYTES > bytes.length ? at : bytes.length
    if (at + length > bytes.length) return at
    at += length
  }
}

/** The whole length of the member that begins with these bytes; undefined where none of ours does. */
function lengthIn(head: Buffer): number | undefined {
  const isOurs =
    head.length === HEAD_BYTES &&
    head.subarray(0, START.length).equals(START) &&
    head.subarray(FIXED_BYTES, HEAD_BYTES - 4).equals(EXTRA)
  const length = isOurs ? head.readUInt32LE(HEAD_BYTES - 4) : 0
  return length <= HEAD_BYTES || length > MAX_BYTES ? undefined : length
}

/** The members of a file, one after the other; never throws for what the bytes are. */
export async function* members(file: Pick<OpenedFile, 'read'>): AsyncGenerator<Member> {
  const read = readAhead(file)
  for (let at = 0; ;) {
    const member = await memberAt(read, at)
    if (!member) return
    yield member
    if (member.end === undefined) return
    at = member.end
  }
}

async function memberAt(bytes: ReadBytes, at: number): Promise<Member | undefined> {
  const head = await bytes(at, HEAD_BYTES)
  if (head.length === 0) return undefined
  const isOurs = head.subarray(0, START.length).equals(START.subarray(0, head.length))
  if (isOurs && head.length < HEAD_BYTES) return { damage: 'its last lines are cut off' }
  const length = lengthIn(head)
  if (length === undefined) return { damage: `from byte ${at} on there are no lines of it` }
  const whole = await bytes(at, length)
  if (whole.length < length) return { damage: 'its last lines are cut off' }
  const end = at + length
  try {
    const text = await promisify(gunzip)(whole, { maxOutputLength: MAX_BYTES })
    return { text: text.toString('utf8'), end }
  } catch (error) {
    return { damage: `bytes ${at} to ${end} are damaged (${(error as Error).message})`, end }
  }
}

/** The bytes at a place of a file, fewer where it ends. */
type ReadBytes = (at: number, length: number) => Promise<Buffer>

/** Members are small: so many bytes are read at once. */
const AHEAD_BYTES = 256 * 1024

/** Reads a file from its beginning on in few large parts. */
function readAhead(file: Pick<OpenedFile, 'read'>): ReadBytes {
  let [start, known] = [0, Buffer.alloc(0)]
  return async (at, length) => {
    if (at < start || at + length > start + known.length) {
      const buffer = Buffer.allocUnsafe(Math.max(length, AHEAD_BYTES))
      let read = 0
      while (read < length) {
        const { bytesRead } = await file.read(buffer, read, buffer.length - read, at + read)
        if (bytesRead === 0) break
        read += bytesRead
      }
      ;[start, known] = [at, buffer.subarray(0, read)]
    }
    return known.subarray(at - start, at - start + length)
  }
}
