import { open } from 'node:fs/promises'
import { bytes } from './format.ts'

/**
 * The text of a file, a pipe or a device of at most `most` bytes. Throws an Error with what is wrong where there is more: a
 * device such as `/dev/zero` has no end.
 */
export async function readBounded(path: string, most: number): Promise<string> {
  const file = await open(path)
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > most) throw new Error(`it has more than ${bytes(most)}`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks).toString('utf8')
  } finally {
    await file.close()
  }
}
