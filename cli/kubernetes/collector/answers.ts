import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { SERIES_FILE } from '../../base/index.ts'
import type { Collection } from '../../collect/index.ts'

/** What a collector in a cluster answers to whoever fetches a run: its series from a byte on, and who has pushed. */
export const answersOf =
  ({ intake, recording }: Collection, folder: string) =>
  async (path: string, query: URLSearchParams): Promise<Buffer | undefined> => {
    if (path === '/standing')
      return Buffer.from(JSON.stringify({ members: intake.members(), problems: intake.problems() }))
    if (path !== '/series') return undefined
    await recording.flush()
    const bytes = await readFile(join(folder, SERIES_FILE)).catch(() => Buffer.alloc(0))
    return bytes.subarray(Number(query.get('from')))
  }
