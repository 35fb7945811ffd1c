import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { ofPath } from './ofPath.ts'

/** How a file is written. */
export interface AtomicWriteOptions {
  /** Who may read it, as in `chmod`; whoever may read new files unless told. */
  mode?: number
  /** Whether it outlives a power cut as soon as it is written; true unless told. */
  sync?: boolean
}

/**
 * Writes a file whole or not at all: to a neighbour with a name of its own first, so that two processes may write it at
 * once, then renamed; a neighbour that fails is removed.
 */
export async function atomicWrite(
  path: string,
  content: string | Uint8Array,
  { mode = 0o666, sync = true }: AtomicWriteOptions = {},
): Promise<void> {
  const draft = `${path}.${randomUUID()}.part`
  try {
    const file = await open(draft, 'wx', mode)
    try {
      await file.writeFile(content)
      if (sync) await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw ofPath(error, path)
  }
}
