import { open, rename, rm, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all: to a neighbour first, synced, then renamed; a neighbour that fails is removed. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`
  try {
    await writeFile(draft, text)
    const file = await open(draft, 'r+')
    await file.sync().finally(() => file.close())
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
}
