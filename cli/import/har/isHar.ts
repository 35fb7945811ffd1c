import { open } from 'node:fs/promises'

/** Larger files are no text that anything else is read from. */
const LARGE_BYTES = 20 * 1024 * 1024

/**
 * Whether a file is a HAR: `begins` where it begins as one, `named` where nothing but its name says so. Throws as `open`
 * does.
 */
export async function isHar(path: string): Promise<'begins' | 'named' | undefined> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) return undefined
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096), position: 0 })
    const text = buffer.toString('utf8', 0, bytesRead)
    if (/^\uFEFF?\s*\{\s*"log"\s*:\s*\{/.test(text)) return 'begins'
    if (!/\.har$/i.test(path)) return undefined
    return size > LARGE_BYTES ? 'begins' : 'named'
  } finally {
    await file.close()
  }
}
