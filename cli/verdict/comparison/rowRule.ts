import { reasonOf, type Reason, type Values } from '../../record/index.ts'
import type { RowVerdict } from './row.ts'

/** A row of a table of rules for rows: `Found` are the figures and names of its sentence. */
export interface RowRuleRow<Facts, Found extends Values<Found>> {
  readonly code: string
  /** When it applies, for docs/reasons.md. */
  readonly about: string
  readonly verdict: RowVerdict
  readonly when: (facts: Facts) => Found | undefined
  readonly say: (found: Found) => string
}

/** A rule as it is read: what it finds is a reason by then. */
export interface RowRule<Facts> {
  readonly code: string
  readonly about: string
  readonly verdict: RowVerdict
  readonly read: (facts: Facts) => Reason | undefined
}

/** Makes a rule of its row. */
export function rowRule<Facts, Found extends Values<Found>>({
  when,
  say,
  ...row
}: RowRuleRow<Facts, Found>): RowRule<Facts> {
  return {
    ...row,
    read: (facts) => {
      const found = when(facts)
      return found === undefined ? undefined : reasonOf(row.code, say(found), found)
    },
  }
}

/** The verdict on a row, and why: the first rule that finds something decides. The last one always has to. */
export function judgedBy<Facts>(
  rules: readonly RowRule<Facts>[],
  facts: Facts,
): { verdict: RowVerdict; reason: Reason } {
  for (const { verdict, read } of rules) {
    const reason = read(facts)
    if (reason) return { verdict, reason }
  }
  throw new Error('the last rule for rows always applies')
}
