import { randomUUID } from 'node:crypto'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { isAlive, ownerIn, thisProcess } from './lockOwner.ts'
import { ofPath } from './ofPath.ts'

/** How often a holder shows that it lives, for those on other machines. */
const HEARTBEAT_MS = 10_000
/** Without a sign for so long, a holder of which nothing else is known is gone. */
const SILENT_MS = 60_000

/** Lets others have a lock. */
export type Release = () => Promise<void>

/**
 * Takes a lock, which is a file, for this process, and gives what releases it; undefined where a living one has it. That of a process that was
 * killed, or of a machine that gave no sign for a minute, is taken over, by one process only.
 */
export async function takeLock(path: string): Promise<Release | undefined> {
  const text = JSON.stringify({ ...thisProcess(), lock: randomUUID() })
  if (await claim(path, text)) return held(path, text)
  if (await isLocked(path)) return undefined
  // Whoever has this one alone may remove a dead lock. A process that is killed with it leaves a dead lock in its turn.
  const done = await takeLock(`${path}.over`)
  if (done === undefined) return undefined
  try {
    const state = await stateOf(path)
    if (state === 'held') return undefined
    // One that is free may be taken by another process at any time, so that nothing may be removed.
    if (state === 'dead') await rm(path)
    return (await claim(path, text)) ? held(path, text) : undefined
  } finally {
    await done()
  }
}

/** Whether a living process has a lock. */
export const isLocked = async (path: string): Promise<boolean> => (await stateOf(path)) === 'held'

/** A lock that no process has is free, or dead where its file is still there. */
async function stateOf(path: string): Promise<'free' | 'held' | 'dead'> {
  const text = await textOf(path)
  if (text === undefined) return 'free'
  const owner = ownerIn(text)
  const alive = owner && isAlive(owner)
  if (alive !== undefined) return alive ? 'held' : 'dead'
  const silentMs = await silence(path)
  if (silentMs === undefined) return 'free'
  return silentMs > SILENT_MS ? 'dead' : 'held'
}

/** Who has a lock, in words; nothing where its file does not say. */
export async function lockHolder(path: string): Promise<string> {
  const owner = ownerIn((await textOf(path)) ?? '')
  return owner === undefined ? '' : ` (process ${owner.pid} on ${owner.host})`
}

/** Makes a lock's file; false where there is one. */
async function claim(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    const { code, path: place } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return false
    // A full disk takes the file, and not what is in it: nobody could tell whose it is.
    if (place === undefined) await rm(path, { force: true })
    throw ofPath(error, path)
  }
}

function held(path: string, text: string): Release {
  const beat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => undefined)
  }, HEARTBEAT_MS)
  beat.unref()
  return async () => {
    clearInterval(beat)
    if ((await textOf(path)) === text) await rm(path, { force: true })
  }
}

const textOf = (path: string): Promise<string | undefined> =>
  readFile(path, 'utf8').catch((error: unknown) =>
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '',
  )

/** How long ago a lock's holder gave a sign; undefined where the lock is gone. */
const silence = (path: string): Promise<number | undefined> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  )
