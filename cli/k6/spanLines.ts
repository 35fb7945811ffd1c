import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { isSpanLine } from './spanLine.ts'

/**
 * Takes the lines of spans out of k6's log, whole or not at all: they were exported, and are most of it. Call it
 * when nobody writes or follows the file any more. Where the disk does not take it, the file stays as it is.
 */
export async function removeSpanLines(file: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.part`
  try {
    const { mode } = await stat(file)
    // Latin-1 gives each byte back as it was.
    await pipeline(
      createReadStream(file, 'latin1'),
      withoutSpans,
      createWriteStream(draft, { encoding: 'latin1', mode }),
    )
    await rename(draft, file)
  } catch {
    await rm(draft, { force: true })
  }
}

/** The lines of k6's log that hold no spans. */
export async function* withoutSpans(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    const kept = lines.filter((line) => !isSpanLine(line))
    if (kept.length > 0) yield `${kept.join('\n')}\n`
  }
  if (rest !== '' && !isSpanLine(rest)) yield rest
}
