import { plural } from '../../base/index.ts'
import type { Decision, GateCase } from '../../verdict/index.ts'
import { readLimit } from '../limits.ts'

/** Which run was gated, and with what it was compared, in a line. */
export function aboutText({ run, base, confirmedBy }: Decision): string {
  const [only] = base?.runs ?? []
  const against =
    base === undefined
      ? 'compared with nothing'
      : `against ${base.name === only ? only : `${base.name}: ${plural(base.runs.length, 'run')}`}`
  return `${run.id} (${run.verdict})${confirmedBy === undefined ? '' : ` with ${confirmedBy}`} ${against}`
}

/** What a case is, with its figures: `p(95) 612 ms, limit < 500 ms, 112 ms over (22 %)`. */
export function caseText({ threshold, text, owner }: GateCase): string {
  if (threshold === undefined) return text
  const { metric, where, aggregation, value, limit, margin } = readLimit(threshold)
  const of = `${metric}${where === '' ? '' : ` (${where})`}`
  const figures = [`${aggregation} of ${of} ${value ?? 'no samples'}, limit ${limit}`, margin]
  return `${figures.filter(Boolean).join(', ')}${owner === undefined ? '' : ` [${owner}]`}`
}

/** How a waiver is named beside what it allows: `+15% until 2026-12-31 (SHOP-1, team-shop, approved by lead): why`. */
export function waiverText({ waiver }: GateCase): string {
  if (waiver === undefined) return ''
  const { limit, expires, ticket, owner, approvedBy, reason } = waiver
  return `${limit} until ${expires} (${ticket}, ${owner}, approved by ${approvedBy}): ${reason}`
}

/** The cases in the order of a report: what failed, what is open, what is waived, and the rest. */
export const sortedCases = ({ cases }: Decision): GateCase[] =>
  cases.toSorted((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome))

const ORDER: readonly GateCase['outcome'][] = ['failed', 'open', 'waived', 'cannot tell', 'held']

/** An override in a sentence. */
export const approvalText = ({ approval }: Decision): string | undefined =>
  approval && `Approved in spite of this by ${approval.by}: ${approval.reason}`
