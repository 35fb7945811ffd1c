import { readFileSync } from 'node:fs'

/** What Linux says of a process in `/proc/PID/stat`, from its state on, field 3; nothing of one that is gone, and elsewhere. */
export function processStat(pid: number | string): string[] {
  try {
    // The name in brackets before them may hold anything, brackets too.
    return readFileSync(`/proc/${pid}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return []
  }
}
