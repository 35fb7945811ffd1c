import { isRecord } from '../../../config/problem/keys.ts'
import { parseJson } from '../../base/index.ts'
import { formDamage, type Form } from '../form.ts'
import { VERDICTS } from '../verdicts.ts'
import { AUDIT_SCHEMA, hashOf, NO_HASH, type AuditEntry } from './entry.ts'

/** The line of a log that is not as it was written, and why. */
export interface BrokenLine {
  readonly line: number
  readonly why: string
  /** The entries before it. */
  readonly sound: readonly AuditEntry[]
}

const ENTRY: Form = {
  keys: {
    line: 'number',
    at: 'text',
    action: { oneOf: ['waiver', 'override'] },
    run: 'text',
    verdict: { oneOf: VERDICTS },
    by: 'scalars',
    reason: 'text',
    failing: { list: 'text' },
    'waiver?': 'scalars',
    'owners?': { list: 'text' },
    previous: 'text',
  },
}

/** A line's text, without its hash and with it. */
const HASHED = /^(.*),"hash":"([0-9a-f]{64})"\}$/

/** The entries of a log; where a line is not as it was written, that line. */
export function chainOf(text: string): readonly AuditEntry[] | BrokenLine {
  const lines = text.split('\n')
  const cut = lines.pop()
  const entries: AuditEntry[] = []
  for (const [index, line] of lines.entries()) {
    const before = entries[index - 1]?.hash ?? NO_HASH
    const entry = entryOf(line, index + 1, before)
    if (typeof entry === 'string') return { line: index + 1, why: entry, sound: entries }
    entries.push(entry)
  }
  return cut === '' ? entries : { line: lines.length + 1, why: 'it is cut short', sound: entries }
}

/** A line as an entry, or what is the matter with it. */
function entryOf(line: string, number: number, before: string): AuditEntry | string {
  const value = parseJson(line)
  if (!isRecord(value) || value.loadwright !== 'audit') return 'it is no entry of loadwright'
  if (value.schema !== AUDIT_SCHEMA)
    return `its schema is ${String(value.schema)}, and this version of loadwright reads schema ${AUDIT_SCHEMA}`
  const [, rest = '', hash = ''] = HASHED.exec(line) ?? []
  if (hashOf(`${rest}}`) !== hash) return 'it was changed after it had been written'
  const damage = formDamage(value, ENTRY)
  if (damage !== undefined) return damage
  if (value.previous !== before || value.line !== number)
    return 'it does not follow the line before it: lines are missing, were added, or changed places'
  return value as unknown as AuditEntry
}
