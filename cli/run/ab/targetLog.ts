import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'

/** Bytes that are kept of what a target says, over all of its starts; and characters of its end for a message. */
const MAX_BYTES = 1024 * 1024
const LAST_CHARACTERS = 1000

/** What a side's commands say: kept in a file up to a limit. */
export interface TargetLog {
  readonly file: string
  /** Takes what a process says from now on. */
  follow(...outputs: Readable[]): void
  /** The last of what that process said. */
  last(): string
  close(): Promise<void>
}

/** Opens the log of a side. What cannot be written is dropped: the target runs on. */
export function targetLog(file: string): TargetLog {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  stream.on('error', () => undefined)
  let left = MAX_BYTES
  let end = ''
  return {
    file,
    follow(...outputs) {
      end = ''
      for (const output of outputs)
        output.on('data', (part: Buffer) => {
          end = (end + part.toString()).slice(-LAST_CHARACTERS)
          if (left > 0) stream.write(part.subarray(0, left))
          left -= part.length
        })
    },
    last: () => end.trim(),
    close: () => new Promise((resolve) => stream.end(resolve)),
  }
}
