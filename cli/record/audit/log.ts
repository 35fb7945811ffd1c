import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { locked, makeFolder, readBounded, refusal, UserError } from '../../base/index.ts'
import { chainOf, type BrokenLine } from './chain.ts'
import { lineOf, NO_HASH, type AuditEntry, type AuditEvent } from './entry.ts'

/** How long another writer is waited for. */
const WAIT_MS = 20_000

/** The entries of an audit log; none where there is no file. Throws UserError with the line that is not as it was written. */
export async function readAudit(file: string): Promise<readonly AuditEntry[]> {
  const chain = await chainIn(file)
  if (isBroken(chain)) throw brokenLog(file, chain)
  return chain
}

/** The entries of an audit log up to the first line that is not as it was written, and that line, if there is one. */
export async function soundAudit(
  file: string,
): Promise<{ entries: readonly AuditEntry[]; broken?: Omit<BrokenLine, 'sound'> }> {
  const chain = await chainIn(file)
  if (!isBroken(chain)) return { entries: chain }
  const { line, why, sound } = chain
  return { entries: sound, broken: { line, why } }
}

/** Far more than gates let through in years. */
const MAX_BYTES = 256 * 1024 * 1024

const chainIn = async (file: string): Promise<readonly AuditEntry[] | BrokenLine> =>
  chainOf(
    await readBounded(file, MAX_BYTES).catch((error: unknown) => {
      const { code = '', message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return ''
      throw new UserError(`${file} cannot be read: ${code || message}`)
    }),
  )

const isBroken = (chain: readonly AuditEntry[] | BrokenLine): chain is BrokenLine => 'why' in chain

const brokenLog = (file: string, { line, why }: BrokenLine): Error =>
  refusal([
    {
      where: `${file}, line ${line}`,
      got: `a line that cannot be trusted: ${why}`,
      allowed: 'the log as loadwright wrote it',
      fix: 'Restore the file, as from git; nothing is added to it until then.',
    },
  ])

/**
 * Adds events to an audit log, one line each, in one write that is on the disk when this returns. Writers wait for each
 * other. Throws UserError where the log is not as it was written, or cannot be written, and adds nothing.
 */
export async function appendAudit(file: string, events: readonly AuditEvent[]): Promise<void> {
  if (events.length === 0) return
  try {
    await append(file, events)
  } catch (error) {
    if (error instanceof UserError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new UserError(
      `${file} could not be written: ${code ?? message}. Nothing was added, and so nothing is let through.`,
    )
  }
}

async function append(file: string, events: readonly AuditEvent[]): Promise<void> {
  await makeFolder(dirname(file))
  await locked(
    file,
    async () => {
      const known = await readAudit(file)
      let previous = known.at(-1)?.hash ?? NO_HASH
      const lines = events.map((event, index) => {
        const { text, hash } = lineOf(event, known.length + index + 1, previous)
        previous = hash
        return `${text}\n`
      })
      const log = await open(file, 'a')
      try {
        const { size } = await log.stat()
        try {
          await log.appendFile(lines.join(''))
          await log.sync()
        } catch (error) {
          // A full disk takes a part of it, after which nobody could trust the log.
          await log.truncate(size)
          throw error
        }
      } finally {
        await log.close()
      }
    },
    WAIT_MS,
  )
}
