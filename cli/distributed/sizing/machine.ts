import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { cpuQuota, memoryLeft } from '../../k6/index.ts'
import type { Resource } from './resources.ts'

/** What this machine has of each resource; absent where the system does not tell. */
export type Machine = Partial<Readonly<Record<Resource, number>>>

/** Bytes per second of a megabit per second. */
const MEGABIT = 125_000

/** What this machine has: cores and memory of the container where that has less. */
export function thisMachine(read: (path: string) => string = text): Machine {
  const has: [Resource, number | undefined][] = [
    ['cpu', cpuQuota()?.cores ?? availableParallelism()],
    ['memory', memoryLeft(read)?.left],
    ['files', openFiles(read)],
    ['ports', localPorts(read)],
    ['bandwidth', bandwidth(read)],
  ]
  return Object.fromEntries(has.filter(([, value]) => value !== undefined))
}

/** Files and sockets that a process may have open. The hard limit: Go's runtime, so k6, raises its own to that. */
function openFiles(read: (path: string) => string): number | undefined {
  const hard = /^Max open files\s+\S+\s+(\d+)/m.exec(read('/proc/self/limits'))?.[1]
  return hard === undefined ? undefined : Number(hard)
}

/** Ports from which this machine can connect to one address of a target: all of its processes share them. */
function localPorts(read: (path: string) => string): number | undefined {
  const [, first, last] = /^(\d+)\s+(\d+)/.exec(read('/proc/sys/net/ipv4/ip_local_port_range')) ?? []
  return first === undefined || last === undefined ? undefined : Number(last) - Number(first) + 1
}

/** Bytes per second, each way, of the network card of the default route; many virtual ones do not tell. */
function bandwidth(read: (path: string) => string): number | undefined {
  const card = /^(\S+)\t00000000\t/m.exec(read('/proc/net/route'))?.[1]
  const speed = Number(read(`/sys/class/net/${card ?? ''}/speed`).trim() || NaN)
  return card !== undefined && speed > 0 ? speed * MEGABIT : undefined
}

/** Files and sockets that a process has open now; undefined where the system does not tell. */
export function openNow(pid: number): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}

function text(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
