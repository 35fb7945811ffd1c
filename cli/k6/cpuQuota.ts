import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** Cores that this container may use, and seconds of CPU that all in it have used; undefined where nothing limits it. */
export function cpuQuota(): { cores: number; used: number } | undefined {
  try {
    const [quota, period] = readFileSync('/sys/fs/cgroup/cpu.max', 'latin1').trim().split(' ').map(Number)
    const used = /^usage_usec (\d+)/m.exec(readFileSync('/sys/fs/cgroup/cpu.stat', 'latin1'))?.[1]
    const cores = Number(quota) / Number(period)
    return Number.isFinite(cores) && used !== undefined && cores < cpus().length
      ? { cores, used: Number(used) / 1e6 }
      : undefined
  } catch {
    return undefined
  }
}
