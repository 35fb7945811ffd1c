import { defined } from '../base/index.ts'
import { appendAudit, metadataOf, textsOf, type AuditEvent } from '../record/index.ts'
import type { Decision, GateCase } from '../verdict/index.ts'

/** Appends to the audit log what a decision let through: each waiver that was used, and an override. */
export async function auditDecision(file: string, decision: Decision): Promise<void> {
  const used = [...new Set(decision.cases.flatMap(({ waiver }) => waiver ?? []))]
  if (used.length === 0 && decision.approval === undefined) return
  const by = await whoAmI()
  const { decidedAt: at, run, verdict } = decision
  const common = { at, run: run.id, verdict, by }
  const waived = used.map((waiver): AuditEvent => {
    const { raise: _, ...said } = waiver
    const cases = decision.cases.filter((one) => one.waiver === waiver)
    const failing = cases.map(({ text }) => text)
    return { ...common, action: 'waiver', reason: waiver.reason, failing, waiver: said, ...ownersOf(cases) }
  })
  const { approval, reasons } = decision
  const overridden: AuditEvent[] = approval
    ? [
        {
          ...common,
          action: 'override',
          reason: approval.reason,
          failing: textsOf(reasons),
          ...ownersOf(decision.cases.filter(({ outcome }) => outcome === 'failed')),
        },
      ]
    : []
  await appendAudit(file, [...waived, ...overridden])
}

/** Who answers for some cases, each once. */
function ownersOf(cases: readonly GateCase[]): Pick<AuditEvent, 'owners'> {
  const owners = [...new Set(cases.flatMap(({ owner }) => owner ?? []))].sort()
  return owners.length > 0 ? { owners } : {}
}

/** Who runs the gate, where, at which commit: texts by name. */
export async function whoAmI(): Promise<Record<string, string>> {
  const { user, host, commit, branch, dirty, ci } = await metadataOf(process.cwd())
  const all = { user, host, commit, branch, dirty: dirty === true ? 'with changes' : undefined, ci }
  return { ...defined(all) }
}
