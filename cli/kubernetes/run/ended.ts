import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defined, LOG_FILE, ofInstance, SUMMARY_FILE } from '../../base/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { codeOf, lostBy, type Recorded } from '../../run/index.ts'
import type { InstanceEnd } from '../../verdict/index.ts'
import type { Cluster } from '../cluster.ts'
import type { FollowedTest } from './follow.ts'
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

/** How a test ended, as a run's record has it. */
export function endedOf(
  started: RunRecord,
  { runners, failure, interrupted }: FollowedTest,
  { began, isAborted }: { began: string | undefined; isAborted: boolean },
): Recorded {
  const ends = started.instances.map((one, index): InstanceEnd => {
    const runner = runners.get(one.id ?? String(index + 1))
    const lost =
      runner === undefined
        ? interrupted || failure !== undefined
          ? undefined
          : 'never came: the cluster has no pod of it'
        : (runner.lost ?? (isAborted || interrupted ? undefined : lostBy({ code: runner.exit }, null)))
    return {
      code: runner?.exit,
      ...defined({ lost, started: began, ended: runner?.ended }),
    }
  })
  const first = ends.find(({ lost }) => lost !== undefined)
  const code = failure === undefined ? codeOf(ends, { isAborted, first }) : undefined
  return {
    started: { ...started, ...(began === undefined ? {} : { startedAt: began }) },
    ended: {
      code: interrupted && first === undefined ? 105 : code,
      interrupted,
      ...defined({ failure }),
      instances: ends,
    },
  }
}
