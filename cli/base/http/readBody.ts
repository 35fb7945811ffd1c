import type { IncomingMessage } from 'node:http'

/**
 * The body of a request; undefined where it has more than `most` bytes. `count` is told of each part as it comes. Rejects
 * where its connection breaks, and with what `count` throws.
 */
export async function readBody(
  request: IncomingMessage,
  most: number,
  count?: (bytes: number) => void,
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > most) return undefined
    count?.(chunk.length)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
