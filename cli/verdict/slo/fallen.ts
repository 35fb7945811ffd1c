import type { AuditEntry } from '../../record/index.ts'
import type { GateCase } from '../gate/gateCase.ts'
import { thresholdCases } from '../gate/cases.ts'
import type { Waiver } from '../gate/waiver.ts'
import type { RecentRun } from './recentRuns.ts'
import { decisionOf } from './toleranceResults.ts'

/** What fell in a run, by whoever answers for it. */
export interface FallenRun {
  readonly id: string
  readonly startedAt: string
  /** The sentences of what fell, by owner. */
  readonly owners: Readonly<Record<string, readonly string[]>>
  /** Why somebody let it through. */
  readonly approved?: string
}

/**
 * What fell in a run: what the gate says, where it saw the run; else its thresholds. What a waiver allows has not fallen.
 * Of an override, the audit log tells, if the gate has decided anew since then.
 */
export async function fallenIn(
  run: RecentRun,
  waivers: readonly Waiver[],
  audit: readonly AuditEntry[] = [],
): Promise<FallenRun> {
  const { id, startedAt, environment, thresholds } = run.record
  const decision = await decisionOf(run)
  const cases =
    decision?.cases ?? thresholdCases(thresholds, { environment, waivers, tolerances: [], owners: [] })
  const override = audit.findLast((one) => one.action === 'override' && one.run === id)
  const approved =
    decision?.approval ?? (override && { by: override.by.user ?? 'somebody', reason: override.reason })
  return {
    id,
    startedAt,
    owners: byOwner(cases.filter(({ outcome }) => outcome === 'failed')),
    ...(approved === undefined ? {} : { approved: `${approved.by}: ${approved.reason}` }),
  }
}

function byOwner(cases: readonly GateCase[]): Record<string, string[]> {
  const owners = new Map<string, string[]>()
  for (const { owner, text } of cases)
    if (owner !== undefined) owners.set(owner, [...(owners.get(owner) ?? []), text])
  return Object.fromEntries(owners)
}
