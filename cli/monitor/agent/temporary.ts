import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder that is gone when this process ends, however it ends but by SIGKILL; unless it is kept. */
export interface Temporary {
  path: string
  remove(): void
}

/** Makes a temporary folder. */
export function temporaryFolder(keep = false): Temporary {
  const path = mkdtempSync(join(tmpdir(), 'loadwright-monitor-'))
  const remove = (): void => {
    process.off('exit', remove)
    if (!keep) rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { path, remove }
}
