import { backoff } from './backoff.ts'
import { delay } from './delay.ts'
import { UserError } from './errors.ts'
import { lockHolder, takeLock, type Release } from './lock.ts'

/** How long a writer sleeps before it looks again. */
const LOOK_AGAIN = { firstMs: 25, mostMs: 500 }

/**
 * Works on a file as its only writer, by a lock beside it. Another writer is waited for, for `waitMs` (0 unless told);
 * throws UserError where it has not ended by then.
 */
export async function locked<T>(file: string, work: () => Promise<T>, waitMs = 0): Promise<T> {
  const release = await taken(file, Date.now() + waitMs)
  try {
    return await work()
  } finally {
    await release()
  }
}

async function taken(file: string, until: number): Promise<Release> {
  const path = `${file}.lock`
  for (let tries = 1; ; tries++) {
    const release = await takeLock(path)
    if (release) return release
    if (Date.now() >= until)
      throw new UserError(
        `${file} is being written by another loadwright${await lockHolder(path)}: try again in a moment`,
      )
    await delay(backoff(LOOK_AGAIN, tries))
  }
}
