import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'

/** What is longer is no line of a log. */
const MAX_LINE_CHARACTERS = 64 * 1024

/** A file's bytes, unpacked where they are gzip's; `progress` is told how many of the file's own were read. */
export async function unpacked(
  path: string,
  progress: (bytes: number) => void = () => undefined,
): Promise<Readable> {
  const file = await open(path, 'r')
  const magic = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close())
  const source = createReadStream(path, { highWaterMark: 1024 * 1024 })
  source.on('data', (chunk) => progress(chunk.length))
  source.pause()
  if (!(magic.buffer[0] === 0x1f && magic.buffer[1] === 0x8b)) return source
  const gunzip = createGunzip()
  source.on('error', (error) => gunzip.destroy(error))
  return source.pipe(gunzip)
}

/** Calls `each` with every line that is not empty, until it gives false; of one that is too long with its beginning. */
export async function eachLine(stream: Readable, each: (line: string) => boolean | undefined): Promise<void> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const told = (line: string): boolean =>
    line.trim() === '' || each(line.endsWith('\r') ? line.slice(0, -1) : line) !== false
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = (lines.pop() ?? '').slice(0, MAX_LINE_CHARACTERS)
    for (const line of lines)
      if (!told(line)) {
        stream.destroy()
        return
      }
  }
  told(rest)
}
