import { open, type FileHandle } from 'node:fs/promises'

/** A file that another process writes, line by line. */
export interface Tail {
  /** The whole lines of the next 64 KiB; undefined where nothing more was written so far, or there is no file yet. */
  next(): Promise<string[] | undefined>
  close(): Promise<void>
}

const CHUNK_BYTES = 64 * 1024
/** Bytes of a line at most: a longer one is left out. */
const MAX_LINE_BYTES = 1024 * 1024
const NEWLINE_BYTE = 10

/** Follows a file from its beginning. Half a line waits for its other half. */
export function followFile(file: string): Tail {
  const chunk = Buffer.alloc(CHUNK_BYTES)
  let handle: FileHandle | undefined
  let position = 0
  let rest: Buffer = Buffer.alloc(0)
  let skipping = false

  return {
    async next() {
      handle ??= await open(file).catch(() => undefined)
      const { bytesRead = 0 } = (await handle?.read(chunk, 0, CHUNK_BYTES, position)) ?? {}
      if (bytesRead === 0) return undefined
      position += bytesRead
      const bytes = Buffer.concat([rest, chunk.subarray(0, bytesRead)])
      const end = bytes.lastIndexOf(NEWLINE_BYTE)
      rest = bytes.subarray(end + 1)
      const lines = end < 0 ? [] : bytes.toString('utf8', 0, end).split('\n')
      if (skipping && end >= 0) lines.shift()
      if (end >= 0) skipping = false
      if (rest.length > MAX_LINE_BYTES) {
        rest = Buffer.alloc(0)
        skipping = true
      } else if (skipping) rest = Buffer.alloc(0)
      return lines
    },
    async close() {
      await handle?.close()
    },
  }
}
