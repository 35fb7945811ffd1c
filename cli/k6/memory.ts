import { readFileSync } from 'node:fs'
import { sum } from '../../config/sum.ts'
import type { Running } from './execute.ts'

/** Memory of this machine, or of the container where that has less; bytes. */
export interface MachineMemory {
  total: number
  /** What is left without the caches that can be given up. */
  left: number
  /** What k6 holds. */
  k6: number
}

/** Shares of the memory that are left when k6 is asked to end, and when it is ended by force. */
const LOW_SHARE = 0.06
const EXHAUSTED_SHARE = 0.02
/** From this share of the memory on, k6 is why there is little left. */
const LARGE_SHARE = 0.25
/** Milliseconds between two looks: bodies of a gigabyte come fast. */
const INTERVAL_MS = 250

/**
 * Ends k6 before it takes the machine's last memory, which would end something else. Only where the system tells (Linux).
 * `stop` gives the look at which k6 held most.
 */
export function guardMemory(
  running: Running,
  read: (pids: readonly number[]) => MachineMemory | undefined = memoryOf,
): { stop: () => MachineMemory | undefined } {
  let most: MachineMemory | undefined
  const timer = setInterval(() => {
    const memory = read(running.pids)
    if (!memory) return
    if (memory.k6 > (most?.k6 ?? 0)) most = memory
    if (memory.k6 < memory.total * LARGE_SHARE) return
    const share = memory.left / memory.total
    if (share > LOW_SHARE) return
    running.stop(
      `k6 held ${mib(memory.k6)} of ${mib(memory.total)} of memory, and ${mib(memory.left)} were left: the run was ended before the machine ran out of it. Fewer VUs, smaller bodies, or a larger machine`,
    )
    if (share < EXHAUSTED_SHARE) running.kill()
  }, INTERVAL_MS)
  timer.unref()
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`

/** The memory that there is, and what processes of k6 hold of it; undefined where the system does not tell. */
export function memoryOf(
  pids: readonly number[],
  read: (path: string) => string = text,
): MachineMemory | undefined {
  const held = pids.flatMap((pid) => fields(read(`/proc/${pid}/status`)).get('VmRSS') ?? [])
  const memory = memoryLeft(read)
  return memory && held.length > 0 ? { ...memory, k6: sum(held) } : undefined
}

/** The memory that there is; undefined where the system does not tell. */
export function memoryLeft(read: (path: string) => string = text): Omit<MachineMemory, 'k6'> | undefined {
  const machine = fields(read('/proc/meminfo'))
  const [total, left] = [machine.get('MemTotal'), machine.get('MemAvailable')]
  if (total === undefined || left === undefined) return undefined
  const container = containerOf(read)
  return container && container.total < total
    ? { ...container, left: Math.min(container.left, left) }
    : { total, left }
}

/** What a control group allows, of version 2 or 1. */
function containerOf(read: (path: string) => string): Omit<MachineMemory, 'k6'> | undefined {
  const [unified, v1] = ['/sys/fs/cgroup', '/sys/fs/cgroup/memory']
  for (const [limit, used, statistics] of [
    [`${unified}/memory.max`, `${unified}/memory.current`, `${unified}/memory.stat`],
    [`${v1}/memory.limit_in_bytes`, `${v1}/memory.usage_in_bytes`, `${v1}/memory.stat`],
  ] as const) {
    const [total, taken] = [Number(read(limit).trim() || NaN), Number(read(used).trim() || NaN)]
    if (!Number.isFinite(total) || !Number.isFinite(taken)) continue
    const cache = Number(/^(?:total_)?inactive_file (\d+)/m.exec(read(statistics))?.[1] ?? 0)
    return { total, left: Math.max(0, total - taken + cache) }
  }
  return undefined
}

/** The lines of a file of /proc that give a size, in bytes. */
const fields = (file: string): Map<string, number> =>
  new Map(
    Array.from(file.matchAll(/^(\w+):\s*(\d+) kB$/gm), ([, name = '', size]) => [name, Number(size) * 1024]),
  )

function text(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
