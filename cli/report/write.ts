import { join } from 'node:path'
import { PAGE_FILE, atomicWrite } from '../base/index.ts'
import type { ReportData } from './data.ts'
import { htmlReport } from './html.ts'
import { junitReport } from './junit.ts'
import { markdownReport } from './markdown.ts'

const FILES = {
  [PAGE_FILE]: htmlReport,
  'report.md': markdownReport,
  'junit.xml': junitReport,
} as const satisfies Record<string, (data: ReportData) => Promise<string> | string>

/**
 * Writes report.html, report.md and junit.xml into a run's folder, each whole or not at all. Never throws: gives a
 * sentence for each that could not be written.
 */
export async function writeReports(folder: string, data: ReportData): Promise<string[]> {
  const problems: string[] = []
  for (const [name, make] of Object.entries(FILES))
    try {
      await atomicWrite(join(folder, name), await make(data))
    } catch (error) {
      problems.push(`${name} could not be written: ${reasonOf(error)}`)
    }
  return problems
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' ? 'no space is left on the disk' : message
}
