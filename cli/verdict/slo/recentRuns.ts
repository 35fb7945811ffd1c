import {
  diskFolder,
  isDamaged,
  readRecord,
  readResults,
  type RunFolder,
  type RunRecord,
} from '../../record/index.ts'

/** A run as its record has it. */
export interface RecentRun {
  readonly record: RunRecord
  readonly folder: RunFolder
}

/** Which runs are looked at. */
export interface Wanted {
  readonly environment?: string | undefined
  readonly suite?: string | undefined
  /** So many of each suite in each environment, at most. */
  readonly last: number
}

/** The newest runs in a folder of results that ended and were valid, newest first. */
export async function recentRuns(
  results: string,
  { environment, suite, last }: Wanted,
): Promise<RecentRun[]> {
  const { runs } = await readResults(results)
  const counts = new Map<string, number>()
  const wanted = runs.filter((one) => {
    if (one.state !== 'ended' || one.verdict === 'invalid') return false
    if (one.environment !== (environment ?? one.environment) || one.suite !== (suite ?? one.suite))
      return false
    const key = JSON.stringify([one.suite, one.environment])
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= last
  })
  const read = await Promise.all(
    wanted.map(async (one): Promise<RecentRun | undefined> => {
      const folder = diskFolder(one.folder)
      const record = await readRecord(folder)
      return record === undefined || isDamaged(record) ? undefined : { record, folder }
    }),
  )
  return read.filter((one) => one !== undefined)
}
