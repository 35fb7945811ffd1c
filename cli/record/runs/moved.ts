import { RECORD_FILE, MOVED_FILE } from '../../base/index.ts'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'

/** Where a run's record lies: in its folder, or where that says it has moved to, if it is there. */
export function movedPlace(folder: string): string {
  if (hasRecord(folder)) return folder
  try {
    const elsewhere = readFileSync(join(folder, MOVED_FILE), 'utf8').trim()
    return isAbsolute(elsewhere) && hasRecord(elsewhere) ? elsewhere : folder
  } catch {
    return folder
  }
}

/** Whether a path is a folder with a record in it. */
const hasRecord = (folder: string): boolean => existsSync(join(folder, RECORD_FILE))
