import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defined, LOG_FILE, ofInstance, SUMMARY_FILE } from '../../base/index.ts'
import { unsoundOf } from '../../collect/index.ts'
import type { RunRecord } from '../../record/index.ts'
import { codeOf, lostBy, type Recorded } from '../../run/index.ts'
import type { InstanceEnd } from '../../verdict/index.ts'
import type { Cluster } from '../cluster.ts'
import type { FollowedTest } from './follow.ts'
import { readPodLog } from './podLog.ts'
import type { Pushed } from './remoteCollector.ts'
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

/** What is known of a test beside how it was followed. */
export interface Known {
  readonly began?: string | undefined
  readonly isAborted: boolean
  /** Why loadwright ended it, by what was recorded. */
  readonly over?: string | undefined
  readonly pushed?: Pushed | undefined
  /** In what it is not what was rendered. */
  readonly changes: readonly string[]
}

/** How a test ended, as a run's record has it. */
export function endedOf(
  started: RunRecord,
  { runners, first, failure, stopped: lostSight, interrupted, isOver }: FollowedTest,
  { began, isAborted, over, pushed, changes }: Known,
): Recorded {
  const stopped = lostSight ?? over
  const members = new Map(pushed?.members.map((one) => [one.id, one]))
  /** Whether nothing is to be said of one that has no end of its own. */
  const isExcused = interrupted || isAborted || failure !== undefined || stopped !== undefined || !isOver
  const ends = started.instances.map((one, index): InstanceEnd => {
    const id = one.id ?? String(index + 1)
    const [runner, member] = [runners.get(id), members.get(id)]
    const lost =
      runner === undefined
        ? isExcused
          ? undefined
          : 'never came: the cluster has no pod of it'
        : (runner.lost ?? (isExcused ? undefined : lostBy({ code: runner.exit }, null)))
    // What all of them were told is said once.
    const changed =
      index === 0 && changes.length > 0 ? `ran, as all did, with ${changes.join(', ')}` : undefined
    const unsound = changed ?? (member && unsoundOf(member))
    return {
      code: runner?.exit,
      ...defined({
        lost,
        unsound,
        started: began,
        ended: runner?.ended,
      }),
    }
  })
  const firstEnd = ends.find(({ lost }) => lost !== undefined) ?? (first && { code: first.exit })
  const code = failure === undefined ? codeOf(ends, { isAborted, first: firstEnd }) : undefined
  return {
    started: { ...started, ...(began === undefined ? {} : { startedAt: began }) },
    ended: {
      code: interrupted && firstEnd === undefined ? 105 : code,
      interrupted,
      ...defined({ failure, stopped }),
      instances: ends,
    },
  }
}
