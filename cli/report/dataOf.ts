import type { ReportData } from './data.ts'
import type { RunRecord, Timeline } from '../record/index.ts'

/** What a report is made of, of a run that was opened. */
export async function dataOf(run: {
  readonly record: RunRecord
  timeline(): Promise<Timeline | undefined>
}): Promise<ReportData> {
  const timeline = await run.timeline()
  return { record: run.record, ...(timeline ? { timeline } : {}) }
}
