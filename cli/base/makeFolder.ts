import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder, with those above it that are missing. Rejects as `mkdir` does where that cannot be, also in /proc, where
 * Node's own `recursive` never comes to an end.
 */
export async function makeFolder(path: string): Promise<void> {
  const failed = await failureOf(path)
  if (failed === undefined) return
  if (failed.code !== 'ENOENT' || dirname(path) === path) throw failed
  await makeFolder(dirname(path))
  const still = await failureOf(path)
  if (still !== undefined) throw still
}

/** Why a folder cannot be made; undefined where it is there. */
async function failureOf(path: string): Promise<NodeJS.ErrnoException | undefined> {
  try {
    await mkdir(path)
    return undefined
  } catch (error) {
    const isThere = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    )
    return isThere ? undefined : (error as NodeJS.ErrnoException)
  }
}
