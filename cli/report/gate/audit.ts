import pc from 'picocolors'
import { plural, printable } from '../../base/index.ts'
import type { AuditEntry } from '../../record/index.ts'

/** An audit log for a terminal, the newest last: two lines for each entry. */
export function auditText(entries: readonly AuditEntry[], file: string): string {
  if (entries.length === 0) return `no entries in ${file}`
  return entries
    .flatMap(({ at, action, run, verdict, by, reason, failing, waiver }) => {
      const who = [by.user, by.commit?.slice(0, 12), by.ci].filter(Boolean).join(', ')
      const limit =
        waiver === undefined
          ? ''
          : ` ${waiver.limit ?? ''} until ${waiver.expires ?? ''} (${waiver.ticket ?? ''})`
      return [
        `${pc.bold(action)}${printable(limit)}  ${at.slice(0, 16).replace('T', ' ')}  ${printable(`${run} (${verdict}) by ${who}: ${reason}`)}`,
        ...failing.map((one) => pc.dim(`  ${printable(one)}`)),
      ]
    })
    .join('\n')
}

/** That a log is as it was written, with the hash by which a copy can be told from it. */
export const soundText = (entries: readonly AuditEntry[], file: string): string =>
  entries.length === 0
    ? `no entries in ${file}`
    : `${file}: as it was written, ${plural(entries.length, 'entry', 'entries')}; the last is ${entries.at(-1)?.hash ?? ''}`
