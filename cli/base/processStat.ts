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

/** Clock ticks per second in /proc (proc(5): `sysconf(_SC_CLK_TCK)`, 100 on every Linux that Node runs on). */
const TICKS_PER_SECOND = 100

/** Seconds of CPU, user and system, that a process has used; undefined where the system does not say. */
export function cpuSeconds(pid: number): number | undefined {
  const [user, system] = processStat(pid).slice(11, 13).map(Number)
  return user === undefined || system === undefined ? undefined : (user + system) / TICKS_PER_SECOND
}
