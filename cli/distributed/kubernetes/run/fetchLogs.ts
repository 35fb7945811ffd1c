import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { LOG_FILE, ofInstance, SUMMARY_FILE } from '../../../base/index.ts'
import type { Cluster } from '../cluster.ts'
import { readPodLog } from './podLog.ts'
import type { Runner } from './runners.ts'

/** Fetches what runners have left: their figures, and their logs as one. */
export async function fetchLogs({ api }: Cluster, folder: string, runners: Iterable<Runner>): Promise<void> {
  const log = join(folder, LOG_FILE)
  await appendFile(log, '', { mode: 0o600 })
  for (const { id, pod } of runners) {
    const { lines, summary } = readPodLog(await api.log(pod, 'k6'))
    await appendFile(log, lines.map((line) => `${line} instance_id=${id}\n`).join(''))
    if (summary !== undefined)
      await writeFile(join(folder, ofInstance(SUMMARY_FILE, id)), summary, { mode: 0o600 })
  }
}
