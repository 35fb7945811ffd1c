import type { AuditEntry } from '../../record/index.ts'
import { median } from '../statistics/robust.ts'
import { isExpired, type Waiver } from '../gate/waiver.ts'
import { NOBODY, type JudgedRun } from './judgedRun.ts'

/** What became of what an owner answers for. */
export interface Account {
  readonly owner: string
  /** Runs in which something of the owner's was judged, and those in which it was violated. */
  readonly runs: number
  readonly violations: number
  /** Runs that were let through in spite of it. */
  readonly overrides: number
  /** Runs that a waiver of the owner's let through. */
  readonly waived: number
  readonly inForce: readonly Waiver[]
  readonly expired: readonly Waiver[]
  /** How often it was right again, and after how long in the middle: from the first run that violated it to the next that did not. */
  readonly recoveries: number
  readonly recoveredAfterMs?: number
  /** What is violated still: of which runs, since when (ISO 8601, UTC). */
  readonly failing: readonly { readonly name: string; readonly since: string }[]
}

/** What accounts are made of. */
export interface Books {
  readonly runs: readonly JudgedRun[]
  readonly entries: readonly AuditEntry[]
  readonly waivers: readonly Waiver[]
  readonly now: Date
}

/** The account of each owner, who violates most first; that of nobody last. */
export function accountsOf({ runs, entries, waivers, now }: Books): Account[] {
  const overrides = entries.filter(({ action }) => action === 'override')
  const overridden = overrides.map((entry) => ownersOf(entry, runs))
  const uses = entries.filter(({ action }) => action === 'waiver')
  const owners = new Set([
    ...runs.flatMap((run) => [...run.owners.keys()]),
    ...overridden.flat(),
    ...uses.map(({ waiver }) => waiver?.owner ?? NOBODY),
    ...waivers.map(({ owner }) => owner),
  ])
  return [...owners]
    .map((owner): Account => {
      const judged = runs.filter((run) => run.owners.has(owner))
      const own = waivers.filter((one) => one.owner === owner)
      return {
        owner,
        runs: judged.length,
        violations: judged.filter((run) => run.owners.get(owner)).length,
        overrides: overridden.filter((all) => all.includes(owner)).length,
        waived: new Set(uses.filter(({ waiver }) => waiver?.owner === owner).map(({ run }) => run)).size,
        inForce: own.filter((one) => !isExpired(one, now)),
        expired: own.filter((one) => isExpired(one, now)),
        ...recovered(judged, owner),
      }
    })
    .sort(
      (a, b) =>
        Number(a.owner === NOBODY) - Number(b.owner === NOBODY) ||
        b.violations - a.violations ||
        (a.owner < b.owner ? -1 : 1),
    )
}

/** Who answers for what was let through: as the log says, else whose it was in that run. */
function ownersOf({ owners, run }: AuditEntry, runs: readonly JudgedRun[]): readonly string[] {
  const found = runs.find(({ id }) => id === run)?.owners ?? new Map<string, boolean>()
  const violated = [...found].filter(([, isViolated]) => isViolated).map(([owner]) => owner)
  const named = owners ?? violated
  return named.length > 0 ? named : [NOBODY]
}

/** How long it took until what was violated was right again, each suite, profile and environment for itself. */
function recovered(
  runs: readonly JudgedRun[],
  owner: string,
): Pick<Account, 'recoveries' | 'recoveredAfterMs' | 'failing'> {
  const since = new Map<string, string>()
  const took: number[] = []
  for (const { name, startedAt, owners } of runs.toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1))) {
    const began = since.get(name)
    if (owners.get(owner)) {
      if (began === undefined) since.set(name, startedAt)
    } else if (began !== undefined) {
      took.push(Date.parse(startedAt) - Date.parse(began))
      since.delete(name)
    }
  }
  return {
    recoveries: took.length,
    ...(took.length > 0 ? { recoveredAfterMs: median(took) } : {}),
    failing: [...since].map(([name, began]) => ({ name, since: began })),
  }
}
