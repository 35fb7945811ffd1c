import { open } from 'node:fs/promises'

/** Whether a file is a HAR, by its name or by how it begins. Throws as `open` does. */
export async function isHar(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) return false
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096), position: 0 })
    const text = buffer.toString('utf8', 0, bytesRead)
    return /\.har$/i.test(path) || /^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(text)
  } finally {
    await file.close()
  }
}
