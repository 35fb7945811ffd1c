import { open, readFile, stat, unlink, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Heartbeat interval of a lock, and the age (ms) at which a lock without a heartbeat is stale. */
const HEARTBEAT_MS = 10_000
const STALE_MS = 60_000

interface Owner {
  readonly host: string
  readonly pid: number
}

/** Takes a queue for this process; gives what ends that, or undefined where a living process has it. */
export async function takeLock(folder: string): Promise<(() => Promise<void>) | undefined> {
  const path = join(folder, 'lock')
  for (let tries = 0; tries < 3; tries++) {
    if (await written(path)) return held(path)
    if (await inUse(path)) return undefined
    await unlink(path).catch(() => undefined)
  }
  return undefined
}

/** Whether a living process has a queue. A lock is nobody's when its process is gone, or gave no sign for a minute. */
export async function isLocked(folder: string): Promise<boolean> {
  return inUse(join(folder, 'lock'))
}

async function written(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(JSON.stringify({ host: hostname(), pid: process.pid } satisfies Owner))
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function held(path: string): () => Promise<void> {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, HEARTBEAT_MS)
  beat.unref()
  return async () => {
    clearInterval(beat)
    await unlink(path).catch(() => undefined)
  }
}

async function inUse(path: string): Promise<boolean> {
  const seen = await stat(path).catch(() => undefined)
  if (seen === undefined || Date.now() - seen.mtimeMs > STALE_MS) return false
  const owner = await ownerOf(path)
  return owner?.host !== hostname() || isAlive(owner.pid)
}

/** Who holds a lock; undefined while it is being written. */
async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
