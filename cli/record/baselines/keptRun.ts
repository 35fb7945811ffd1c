import { MEASURED_FILE, RECORD_FILE, SERIES_FILE, version } from '../../base/index.ts'
import type { RunFolder } from '../runs/runFolder.ts'
import { baselineText, readBaselineText } from './baseline.ts'
import type { MeasuredRun } from './measuredRun.ts'

/** Rises when more is measured of a run than before. */
const SHAPE = 5

/**
 * What a run measured, as an earlier command kept it beside the run; undefined where none did, where another version of
 * loadwright did, and where what it was made of has changed since.
 */
export async function keptRun(folder: RunFolder): Promise<MeasuredRun | undefined> {
  try {
    const [head = '', rest = ''] = (await folder.text(MEASURED_FILE)).split(/\n(.*)/s)
    if (head !== (await headOf(folder))) return undefined
    const read = readBaselineText(rest)
    return 'why' in read ? undefined : read.runs[0]
  } catch {
    return undefined
  }
}

/** Keeps what a run measured beside it, for the next command; a folder that takes nothing is none of its business. */
export async function keepRun(folder: RunFolder, run: MeasuredRun): Promise<void> {
  const { id: name, startedAt: writtenAt } = run
  const text = baselineText({ name, kind: 'pinned', last: 1, writtenAt, runs: [run] })
  await folder.keep(MEASURED_FILE, `${await headOf(folder)}\n${text}`).catch(() => undefined)
}

/** What is true of a measurement as long as it holds: who made it, and of which files. */
async function headOf(folder: RunFolder): Promise<string> {
  const of = await Promise.all([RECORD_FILE, SERIES_FILE].map((name) => folder.state(name)))
  return JSON.stringify({ loadwright: 'measured', shape: SHAPE, version, of })
}
