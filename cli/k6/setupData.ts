import { readFile, rm } from 'node:fs/promises'
import { atomicWrite } from '../base/index.ts'

/**
 * Takes what `setup` returned, which may be a secret, out of k6's figures. A file that k6 did not write to its end is
 * removed: a part of a secret may be in it.
 */
export async function removeSetupData(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return
  try {
    const { setup_data: _, ...rest } = JSON.parse(text) as Record<string, unknown>
    await atomicWrite(path, `${JSON.stringify(rest, undefined, 4)}\n`)
  } catch {
    await rm(path, { force: true })
  }
}
