import { randomUUID } from 'node:crypto'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { isAlive, ownerIn, thisProcess } from './lockOwner.ts'
import { ofPath } from './ofPath.ts'

/** How often a holder shows that it lives, for those on other machines. */
const HEARTBEAT_MS = 10_000
/** Without a sign for so long, a holder of which nothing else is known is gone. */
const SILENT_MS = 60_000
/** A process that takes a dead one's lock over needs a few milliseconds. */
const TAKE_OVER_MS = 5_000

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
  const over = `${path}.over`
  if (!(await claim(over, text))) {
    if (await isOlder(over, TAKE_OVER_MS)) await rm(over, { force: true })
    return undefined
  }
  try {
    // Another process may have taken it over in the meantime.
    if (await isLocked(path)) return undefined
    await rm(path, { force: true })
    return (await claim(path, text)) ? held(path, text) : undefined
  } finally {
    await rm(over, { force: true })
  }
}

/** Whether a living process has a lock. */
export async function isLocked(path: string): Promise<boolean> {
  const text = await textOf(path)
  if (text === undefined) return false
  const owner = ownerIn(text)
  const alive = owner && isAlive(owner)
  return alive ?? !(await isOlder(path, SILENT_MS))
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

const isOlder = (path: string, ms: number): Promise<boolean> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > ms,
    () => true,
  )
