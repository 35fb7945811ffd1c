import { open } from 'node:fs/promises'

/** Bytes of a file from one place on, at most so many; none where it has no more, or is not there. */
export async function readPart(path: string, from: number, most: number): Promise<Buffer> {
  const file = await open(path).catch(() => undefined)
  if (!file) return Buffer.alloc(0)
  try {
    const { size } = await file.stat()
    const length = Math.max(0, Math.min(most, size - from))
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Writes bytes at their place in a file, which is made if need be: a part that comes twice is there once. */
export async function writePart(path: string, bytes: Uint8Array, at: number): Promise<void> {
  const made = await open(path, 'a', 0o600)
  await made.close()
  const file = await open(path, 'r+')
  try {
    for (let written = 0; written < bytes.length;)
      written += (await file.write(bytes, written, bytes.length - written, at + written)).bytesWritten
  } finally {
    await file.close()
  }
}
