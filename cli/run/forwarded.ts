import { RECORD_FILE } from '../base/index.ts'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ForwardOutcome, RunRecord } from '../record/index.ts'
import type { ReplayedQueue } from '../telemetry/index.ts'
import { writeRecord } from './keepRecord.ts'

/** Writes into the records of former runs what became of samples that waited; a run without a record has none. */
export async function noteForwarded(results: string, replayed: readonly ReplayedQueue[]): Promise<void> {
  for (const { run, outcome } of replayed) {
    if (!outcome) continue
    const folder = join(results, run)
    try {
      const record = JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8')) as RunRecord
      await writeRecord(folder, { ...record, forward: together(record.forward, outcome) })
    } catch {
      // What was sent is sent, also where its record is gone or cannot be written.
    }
  }
}

/** What was sent before and what was sent now; what waits is what waits now. */
export const together = (
  before: Partial<ForwardOutcome> | undefined,
  now: ForwardOutcome,
): ForwardOutcome => ({
  ...(before?.tooOld ? { tooOld: before.tooOld } : {}),
  ...now,
  sent: (before?.sent ?? 0) + now.sent,
  samples: (before?.samples ?? 0) + now.samples,
  dropped: (before?.dropped ?? 0) + now.dropped,
  lost: (before?.lost ?? 0) + now.lost,
  problems: [...new Set([...(before?.problems ?? []), ...now.problems])],
})
