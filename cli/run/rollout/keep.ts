import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { atomicWrite, makeFolder, WATCH_FILE } from '../../base/index.ts'
import type { RolloutDecision } from '../../verdict/index.ts'

/**
 * Writes a decision into a folder, or where that cannot be written into the system's own for temporary files, and says
 * so; undefined where neither takes it.
 */
export async function keepDecision(
  folder: string,
  decision: RolloutDecision,
  say: (line: string) => void,
): Promise<string | undefined> {
  const text = `${JSON.stringify(decision, undefined, 2)}\n`
  for (const place of [folder, join(tmpdir(), `loadwright-watch-${process.pid}`)]) {
    const file = join(place, WATCH_FILE)
    try {
      await makeFolder(place)
      await atomicWrite(file, text)
      return file
    } catch (error) {
      say(`${file} could not be written: ${(error as Error).message}`)
    }
  }
  return undefined
}
