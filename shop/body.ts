import type { IncomingMessage } from 'node:http'

/** Bytes of a request's body that the shop takes; more is 413. */
export const MAX_BODY_BYTES = 64 * 1024

const MAX_DRAINED_BYTES = 1024 * 1024

/** The body of a request; undefined when it is too large (read on a little, so that the refusal can be read). */
export function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= MAX_BODY_BYTES) chunks.push(chunk)
      else if (size > MAX_DRAINED_BYTES) resolve(undefined)
    })
    request.on('end', () => resolve(size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined))
    request.on('error', reject)
  })
}
