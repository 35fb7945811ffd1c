import { UserError } from '../../base/index.ts'
import { monitorIdentity } from '../../project/index.ts'
import { checkBody } from './monitorCheck.ts'
import { knownIn, refuseImpossible, undeclaredIn, wantedShape, type LiveChecks } from './live.ts'
import { planOf, type MonitorPlan, type Undeclared } from './plan.ts'
import { findingText } from './planText.ts'
import type { Examined } from './ready.ts'
import { withApplied, withoutApplied, type Applied, type MonitorState } from './state.ts'
import type { LiveCheck, Tenant } from './tenant.ts'

/** What an apply works on. */
export interface Work {
  tenant: Tenant
  /** The API's URL. */
  api: string
  /** The tenant as it was found. */
  live: LiveChecks
  /** What was last applied; undefined if nothing was. */
  state: MonitorState | undefined
  /** Value of the label that marks checks of this project. */
  owner: string
  /** Keeps the state; called after each change. */
  keep: (state: MonitorState) => Promise<void>
  /** Told of each change as soon as it is made. */
  done: (change: AppliedChange) => void
}

/** A change that was made. */
export interface AppliedChange {
  action: 'created' | 'updated' | 'kept' | 'deleted'
  job: string
  target: string
  id: number
  /** Of the bundle; a deleted check has none. */
  sha256?: string
}

/** What an apply would do to the tenant as it is. Throws UserError with what it does not allow. */
export function livePlan(
  all: readonly Examined[],
  { api, live, state, owner }: Omit<Work, 'keep' | 'done'>,
): MonitorPlan {
  const declared = all.map((ready) => ready.declared)
  refuseImpossible(all, live)
  const about = {
    against: `tenant ${live.tenantId} at ${api}`,
    undeclared: undeclaredIn(live, declared, state, owner),
  }
  return planOf(all, knownIn(live), about, (ready) => wantedShape(ready, state))
}

/** Throws UserError where a bundle breaks the monitor's contract. */
export function refuseBrokenChecks(all: readonly Examined[]): void {
  const lines = all.flatMap(({ declared, findings }) =>
    findings
      .filter(({ severity }) => severity === 'error')
      .map((finding) => `  ${declared.suite}: ${findingText(finding)}`),
  )
  if (lines.length > 0)
    throw new UserError(
      `nothing was applied: what breaks the contract of a monitor is down from the start.\n${lines.join('\n')}\n--despite-findings applies it all the same`,
    )
}

/**
 * Makes the tenant's checks what is declared, one after the other: a check is found by job and target, updated where it
 * differs, added where there is none. The first failure ends it; what was done is in the state, which it returns.
 */
export async function applyMonitors(all: readonly Examined[], work: Work): Promise<MonitorState> {
  const { live, api, tenant } = work
  const names = new Map(live.probes.map(({ id, name }) => [name, id]))
  let state: MonitorState = work.state ?? {
    version: 1,
    api,
    tenantId: live.tenantId,
    monitors: [],
    probes: {},
  }
  const keep = async (next: MonitorState): Promise<void> => {
    if (JSON.stringify(next) === JSON.stringify(state)) return
    state = next
    await work.keep(next)
  }
  const plan = livePlan(all, work)
  for (const [index, { action, changes }] of plan.monitors.entries()) {
    const ready = all[index] as Examined
    const { job, target, probes } = ready.declared
    const shape = wantedShape(ready, work.state)
    const existing = live.checks.find((check) => monitorIdentity(check) === monitorIdentity(ready.declared))
    const ids = probes.map((name) => names.get(name) ?? 0)
    const known = { ...state.probes, ...Object.fromEntries(probes.map((name, at) => [name, ids[at] ?? 0])) }
    const check =
      action !== 'keep' && changes.some(({ what }) => what !== 'alerts')
        ? await saved(tenant, checkBody(ready.declared, shape, ready.code, ids, existing))
        : (existing as LiveCheck)
    const applied: Applied = { job, target, id: check.id, shape }
    // Known as ours before its alerts are: an apply that is cut off here finds it again.
    const { alerts, ...others } = shape
    if (changes.some(({ what }) => what === 'alerts')) {
      const before = state.monitors.find((one) => monitorIdentity(one) === monitorIdentity(applied))?.shape
        .alerts
      await keep(withApplied(state, { ...applied, shape: before ? { ...others, alerts: before } : others }))
      await tenant.setAlerts(check.id, alerts ?? [])
    }
    await keep({ ...withApplied(state, applied), probes: known })
    const word = ({ create: 'created', update: 'updated', keep: 'kept' } as const)[action]
    work.done({ action: word, job, target, id: check.id, sha256: shape.sha256 })
  }
  return state
}

const saved = (tenant: Tenant, body: ReturnType<typeof checkBody>): Promise<LiveCheck> =>
  body.id === undefined ? tenant.add(body) : tenant.update(body)

/** Deletes checks of this project that are not declared any more, and forgets them in the state. */
export async function pruneMonitors(
  undeclared: readonly Undeclared[],
  { tenant, keep, done }: Pick<Work, 'tenant' | 'keep' | 'done'>,
  state: MonitorState,
): Promise<void> {
  let kept = state
  for (const one of undeclared.filter(({ own }) => own)) {
    await tenant.remove(one.id)
    kept = withoutApplied(kept, one)
    await keep(kept)
    done({ action: 'deleted', job: one.job, target: one.target, id: one.id })
  }
}
