import { open, rename, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all: to a neighbour first, synced, then renamed. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.part`
  await writeFile(draft, text)
  const file = await open(draft, 'r+')
  await file.sync()
  await file.close()
  await rename(draft, path)
}
