import { open, rm, stat } from 'node:fs/promises'
import { delay } from './delay.ts'
import { UserError } from './errors.ts'

/** A lock that is older was left by a process that was killed. */
const STALE_MS = 60_000
/** How long a writer sleeps before it looks again. */
const LOOK_AGAIN_MS = 25

/**
 * Works on a file as its only writer, by a lock beside it. Another writer is waited for, for `waitMs` (0 unless told);
 * throws UserError where it has not ended by then.
 */
export async function locked<T>(file: string, work: () => Promise<T>, waitMs = 0): Promise<T> {
  const lock = `${file}.lock`
  const until = Date.now() + waitMs
  while (!(await take(lock))) {
    if (await isStale(lock)) await rm(lock, { force: true })
    else if (Date.now() >= until)
      throw new UserError(`${file} is being written by another loadwright: try again in a moment`)
    else await delay(LOOK_AGAIN_MS)
  }
  try {
    return await work()
  } finally {
    await rm(lock, { force: true })
  }
}

/** Takes a lock; false where somebody has it. */
async function take(lock: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx')
    await file.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

const isStale = async (lock: string): Promise<boolean> =>
  stat(lock).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > STALE_MS,
    () => false,
  )
