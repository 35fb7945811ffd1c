import { quote } from '../../config/problem/problem.ts'
import { RECORD_FILE, refusal } from '../base/index.ts'
import {
  diskFolder,
  findRun,
  isDamaged,
  readRecord,
  readRecorded,
  readStore,
  type RecordedRun,
  type RunFolder,
  type RunRecord,
  type Store,
  type Timeline,
} from '../record/index.ts'
import { runDetails } from './runDetails.ts'
import { outcomeOf } from './outcome.ts'
import { notEnded } from './rules/notEnded.ts'

/** A run that was opened: its record, and what was recorded of it, which is read when it is first asked for. */
export interface Run {
  readonly folder: RunFolder
  readonly record: RunRecord
  /** Its series; undefined where nothing was recorded. */
  store(): Promise<Store | undefined>
  /** Its course; undefined where nothing was recorded. */
  timeline(): Promise<Timeline | undefined>
}

/** A run on the disk, by its name (see {@link findRun}), as {@link runIn} opens it. Throws UserError where there is no such run. */
export const openRun = async (results: string, name?: string): Promise<Run> =>
  runIn(diskFolder(await findRun(results, name)))

/**
 * The run in a folder. Of one that is still running, or was killed, the figures come from what it has left so far;
 * it stays invalid, and says so. Throws UserError where the folder has no record.
 */
export async function runIn(folder: RunFolder): Promise<Run> {
  const record = await readRecord(folder)
  if (record === undefined || isDamaged(record))
    throw refusal([
      {
        where: RECORD_FILE,
        got: `no record that this version of loadwright reads${record ? `: ${record.why}` : ''}`,
        allowed: `the record of a run, in ${quote(folder.path)}`,
      },
    ])
  let reading: Promise<RecordedRun | undefined> | undefined
  let alone: Promise<Store | undefined> | undefined
  const recorded = (): Promise<RecordedRun | undefined> => (reading ??= readRecorded(folder))
  return {
    folder,
    record: record.state === 'ended' ? record : await untilNow(record, await recorded(), folder),
    store: async () => (reading ? (await reading)?.store : (alone ??= readStore(folder))),
    timeline: async () => (await recorded())?.timeline(runDetails(record)),
  }
}

/** The record of a run that has not ended, with the figures that it has left. */
async function untilNow(
  record: RunRecord,
  recorded: RecordedRun | undefined,
  folder: RunFolder,
): Promise<RunRecord> {
  const at = recorded?.until ?? Date.parse(record.startedAt)
  const ending = { code: undefined, interrupted: false, cutShort: true, at }
  const outcome = await outcomeOf(record, recorded, ending, folder)
  const { state, verdict, exitCode } = record
  const { endedAt: _, ...figures } = outcome.record
  const seconds = Math.max(0, Math.round((at - Date.parse(record.startedAt)) / 1000))
  return { ...figures, state, verdict, exitCode, reasons: notEnded(seconds) }
}
