import { join } from 'node:path'
import { readPart, SERIES_FILE } from '../../../base/index.ts'
import type { Collection } from '../../collect/collection.ts'
import { unkept } from '../../collect/unkept.ts'

/** Bytes of the series that are sent at once: there is a time limit for an answer. */
const MOST_BYTES = 16 * 1024 * 1024

/** What a collector in a cluster answers to whoever fetches a run: its series from a byte on, and who has pushed. */
export const answersOf =
  ({ intake, recording }: Collection, folder: string) =>
  async (path: string, query: URLSearchParams): Promise<Buffer | undefined> => {
    if (path === '/standing')
      return Buffer.from(
        JSON.stringify({ members: intake.members(), problems: [...intake.problems(), ...unkept(intake)] }),
      )
    if (path !== '/series') return undefined
    await recording.flush()
    return readPart(join(folder, SERIES_FILE), Number(query.get('from')), MOST_BYTES)
  }
