import { createReadStream } from 'node:fs'
import { UserError } from '../../base/index.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
/** What stands beside the entries (pages, the creator's name) is small. */
const MAX_REST_BYTES = 20 * 1024 * 1024

/** The list that is read element by element: `entries` of `log`. */
const PATH = ['log', 'entries']

/** What a file says beside its entries, as JSON text in which that list is empty. */
export interface Rest {
  text: string
  /** Whether there was such a list. */
  found: boolean
}

/**
 * Reads a HAR piece by piece, and gives each entry as JSON text: in memory is never more than one of them.
 * `progress` is told how many bytes were read. Throws UserError where the file ends in the middle.
 */
export async function eachEntry(
  path: string,
  entry: (json: string, number: number) => void,
  progress: (bytes: number) => void,
): Promise<Rest> {
  const rest: Buffer[] = []
  let restBytes = 0
  let held: Buffer[] = []
  let count = 0
  let depth = 0
  let inText = false
  let escaped = false
  /** The names that lead to where the reader is; those of lists are empty. */
  const names: string[] = []
  /** The text that was read last outside of the list: a name, where a colon follows. */
  let last = ''
  let inList = false
  let found = false
  let read = 0
  let opened = false

  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    let from = 0
    let textFrom = 0
    /** Keeps what was read up to here: of an entry, or of what is beside them. */
    const keep = (to: number): void => {
      if (to > from) {
        const piece = Buffer.from(chunk.subarray(from, to))
        if (inList) held.push(piece)
        else {
          rest.push(piece)
          restBytes += piece.length
        }
      }
      from = to
    }
    const end = (): void => {
      const json = Buffer.concat(held).toString('utf8').trim()
      held = []
      if (json !== '') entry(json, ++count)
    }
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] as number
      if (inText) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) {
          inText = false
          if (!inList) last += chunk.toString('utf8', textFrom, at)
        }
        continue
      }
      switch (byte) {
        case QUOTE:
          inText = true
          textFrom = at + 1
          last = ''
          break
        case 0x3a: // :
          if (!inList) names[depth - 1] = last
          break
        case 0x5b: // [
        case 0x7b: // {
          opened = true
          depth++
          if (!inList && byte === 0x5b && depth === 3 && PATH.every((name, index) => names[index] === name)) {
            keep(at + 1)
            inList = true
            found = true
          } else if (!inList) names[depth - 1] = ''
          break
        case 0x5d: // ]
        case 0x7d: // }
          depth--
          if (inList && depth === 2) {
            keep(at)
            end()
            inList = false
          }
          if (!inList) names.length = Math.max(0, depth)
          break
        case COMMA:
          if (inList && depth === 3) {
            keep(at)
            end()
            from = at + 1
          }
          break
      }
    }
    if (inText && !inList) last += chunk.toString('utf8', textFrom)
    keep(chunk.length)
    if (restBytes > MAX_REST_BYTES)
      throw new UserError('the recording has more than 20 MiB beside its entries: it is no HAR')
    read += chunk.length
    progress(read)
  }
  if (opened && (depth > 0 || inText)) throw new UserError('it ends in the middle')
  return {
    text: Buffer.concat(rest)
      .toString('utf8')
      .replace(/^\uFEFF/, ''),
    found,
  }
}
