import type { ReportData } from './data.ts'
import { picturesOf } from './pictures.ts'
import type { RunFolder, RunRecord, Timeline } from '../record/index.ts'

/** What a report is made of, of a run that was opened. */
export async function dataOf(run: {
  readonly record: RunRecord
  readonly folder: RunFolder
  timeline(): Promise<Timeline | undefined>
}): Promise<ReportData> {
  const { record, folder } = run
  const timeline = await run.timeline()
  return { record, pictures: await picturesOf(record, folder), ...(timeline ? { timeline } : {}) }
}
