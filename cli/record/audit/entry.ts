import { createHash } from 'node:crypto'
import type { Verdict } from '../verdicts.ts'

/** The version of an entry's shape. Described in docs/gating.md. */
export const AUDIT_SCHEMA = 1

/** What came to pass at a gate: a waiver was used, or somebody let a run through in spite of the decision. */
export interface AuditEvent {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly action: 'waiver' | 'override'
  readonly run: string
  readonly verdict: Verdict
  /** Who ran the gate, where, at which commit. */
  readonly by: Readonly<Record<string, string>>
  /** Why: the reason of the waiver, or of the override. */
  readonly reason: string
  /** What would have failed, or did, in sentences. */
  readonly failing: readonly string[]
  /** Of a waiver: what it says, key by key. */
  readonly waiver?: Readonly<Record<string, string>>
  /** Who answers for what would have failed, or did; absent where nobody is named. */
  readonly owners?: readonly string[]
}

/** An event as a line of the log: its number from 1, the hash of the line before it, and its own. */
export interface AuditEntry extends AuditEvent {
  readonly line: number
  readonly previous: string
  /** SHA-256 of the line's text without this key, in hexadecimal. */
  readonly hash: string
}

/** What stands in the first line for the hash of the one before it. */
export const NO_HASH = '0'.repeat(64)

/** The text of a line, without its end, and its hash. */
export function lineOf(event: AuditEvent, line: number, previous: string): { text: string; hash: string } {
  const text = JSON.stringify({ loadwright: 'audit', schema: AUDIT_SCHEMA, line, ...event, previous })
  const hash = hashOf(text)
  return { text: `${text.slice(0, -1)},"hash":"${hash}"}`, hash }
}

/** The hash that a text without one should have. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
