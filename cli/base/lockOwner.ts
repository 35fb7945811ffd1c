import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { parseJson } from './parseJson.ts'
import { processStat } from './processStat.ts'

/** A process, so that it is told from a later one with the same number. */
export interface LockOwner {
  readonly host: string
  readonly pid: number
  /** When it began, as its system counts; undefined where that cannot be known. */
  readonly began?: string | undefined
  /** Within what its number is its own, as a container is; undefined where there is no such thing. */
  readonly space?: string | undefined
}

/** This process, as the owner of a lock. */
export const thisProcess = (): LockOwner => ({
  host: hostname(),
  pid: process.pid,
  began: beganAt(process.pid),
  space: ownSpace(),
})

/** The owner that a lock's text names; undefined where it names none. */
export function ownerIn(text: string): LockOwner | undefined {
  const value = parseJson(text) as Partial<LockOwner> | null | undefined
  return typeof value?.host === 'string' && typeof value.pid === 'number' ? (value as LockOwner) : undefined
}

/** Whether an owner lives; undefined where this machine cannot tell, as of one on another machine. */
export function isAlive({ host, pid, began, space }: LockOwner): boolean | undefined {
  if (host !== hostname() || (space !== undefined && space !== ownSpace())) return undefined
  if (!isRunning(pid)) return false
  const running = beganAt(pid)
  return began === undefined || running === undefined ? undefined : began === running
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process began: ticks since its system started; undefined where there is no /proc. */
const beganAt = (pid: number): string | undefined => processStat(pid)[19]

/** Within what the numbers of processes are their own here. */
function ownSpace(): string | undefined {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return undefined
  }
}
