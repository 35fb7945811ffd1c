import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ForwardOutcome, Replayed } from '../forward/index.ts'
import { writeWhole } from '../whole.ts'
import type { RunRecord } from './record.ts'

/** Writes into the records of former runs what became of samples that waited; a run without a record has none. */
export async function noteForwarded(results: string, replayed: readonly Replayed[]): Promise<void> {
  for (const { run, outcome } of replayed) {
    if (!outcome) continue
    const path = join(results, run, 'run.json')
    try {
      const record = JSON.parse(await readFile(path, 'utf8')) as RunRecord
      const forward = together(record.forward, outcome)
      await writeWhole(path, `${JSON.stringify({ ...record, forward }, undefined, 2)}\n`)
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
