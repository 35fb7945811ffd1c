import { isRecord } from '../../../config/problem/keys.ts'
import { atomicWrite, locked, NOTIFY_FILE, parseJson } from '../../base/index.ts'
import { join } from 'node:path'

/** Something that a receiver was told of a run. */
export interface Told {
  /** A verdict, `approved`, or `escalation: team-orders`. */
  readonly what: string
  /** What the receiver is called. */
  readonly to: string
  /** ISO 8601, UTC. */
  readonly at: string
}

/** What was told of a run so far, oldest first; nothing where that cannot be read. `text` is what `notify.json` holds. */
export function toldBy(text: string): Told[] {
  const value = parseJson(text)
  if (!isRecord(value) || !Array.isArray(value.told)) return []
  return value.told.filter(
    (one): one is Told => isRecord(one) && typeof one.what === 'string' && typeof one.to === 'string',
  )
}

/** How long a second command waits for one that tells of the same run. */
const WAIT_MS = 30_000

/**
 * Tells of a run, and notes beside it what was told, so that nothing is told twice. `tell` is given what was told before,
 * and gives what it told. Where the folder cannot be written, it tells without; the reason is said.
 */
export async function noted(
  folder: string,
  tell: (before: readonly Told[]) => Promise<readonly Told[]>,
  { read, say }: { read: () => Promise<string>; say: (line: string) => void },
): Promise<void> {
  const file = join(folder, NOTIFY_FILE)
  const seen = { isBegun: false }
  try {
    await locked(
      file,
      async () => {
        const before = toldBy(await read().catch(() => ''))
        seen.isBegun = true
        const told = await tell(before)
        if (told.length > 0)
          await atomicWrite(
            file,
            `${JSON.stringify({ schema: 1, told: [...before, ...told] }, undefined, 2)}\n`,
          )
      },
      WAIT_MS,
    )
  } catch (error) {
    say(`${NOTIFY_FILE} could not be written: ${(error as Error).message}`)
    if (!seen.isBegun) await tell([])
  }
}
