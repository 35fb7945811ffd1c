import { quote } from '../../config/problem/problem.ts'
import { refusal } from '../base/index.ts'
import {
  findRun,
  isDamaged,
  readRecord,
  readRecorded,
  type RunRecord,
  type Timeline,
} from '../record/index.ts'
import { aboutOf } from './about.ts'
import { outcomeOf } from './outcome.ts'
import { notEnded } from './rules/notEnded.ts'

/** A run as its folder has it. */
export interface Opened {
  folder: string
  record: RunRecord
  /** Absent where nothing was recorded. */
  timeline?: Timeline
}

/**
 * A run by its name (see {@link findRun}). Of one that has not ended, or was cut short, the figures are made of what it
 * has left until then; it stays invalid, and says so. Throws UserError where there is no such run.
 */
export async function openRun(results: string, name?: string): Promise<Opened> {
  const folder = await findRun(results, name)
  const record = await readRecord(folder)
  if (record === undefined || isDamaged(record))
    throw refusal([
      {
        where: 'run.json',
        got: `no record that this version of loadwright reads${record ? `: ${record.why}` : ''}`,
        allowed: `the record of a run, in ${quote(folder)}`,
      },
    ])
  const recorded = await readRecorded(folder)
  if (record.state === 'ended') {
    const timeline = recorded?.timeline(aboutOf(record))
    return { folder, record, ...(timeline ? { timeline } : {}) }
  }
  const at = recorded?.until ?? Date.parse(record.startedAt)
  const outcome = await outcomeOf(
    record,
    recorded,
    { code: undefined, interrupted: false, cutShort: true, at },
    folder,
  )
  const { state, verdict, exitCode, k6 } = record
  const { endedAt: _, ...figures } = outcome.record
  const seconds = Math.max(0, Math.round((at - Date.parse(record.startedAt)) / 1000))
  return {
    folder,
    record: { ...figures, state, verdict, exitCode, k6, reasons: notEnded(seconds) },
    ...(outcome.timeline ? { timeline: outcome.timeline } : {}),
  }
}
