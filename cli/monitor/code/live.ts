import { nearest } from '../../../config/problem/nearest.ts'
import { quote, type Problem } from '../../../config/problem/problem.ts'
import { refuse, UserError } from '../../base/index.ts'
import { scriptKind } from '../../check/index.ts'
import { monitorIdentity, type DeclaredMonitor, type MonitorKind } from '../../project/index.ts'
import { checkKind, shapeIn, type CheckShape } from './monitorCheck.ts'
import { isOwned } from './owner.ts'
import type { Known, Undeclared } from './plan.ts'
import { probeReachProblems } from './reach.ts'
import type { MonitorBundle } from './ready.ts'
import type { MonitorState } from './state.ts'
import type { LiveCheck, TenantProbe, Tenant } from './tenant.ts'

/** A tenant as it was found. */
export interface LiveChecks {
  tenantId: number
  probes: readonly TenantProbe[]
  checks: readonly LiveCheck[]
}

/** Reads a tenant. Throws UserError where the state is of another one. */
export async function readLive(
  tenant: Tenant,
  api: string,
  state: MonitorState | undefined,
): Promise<LiveChecks> {
  const tenantId = await tenant.id()
  if (state && (state.tenantId !== tenantId || state.api !== api))
    throw new UserError(
      `the state is of tenant ${state.tenantId} at ${state.api}, the access token of tenant ${tenantId} at ${api}. Give each tenant a state of its own: --state .loadwright/<name>.json`,
    )
  return { tenantId, probes: await tenant.probes(), checks: await tenant.checks() }
}

/** Throws UserError with every declared monitor that the tenant's probes or checks do not allow. */
export function refuseImpossible(
  all: readonly Pick<MonitorBundle, 'declared' | 'code'>[],
  { probes, checks }: LiveChecks,
): void {
  const isPublic = (name: string): boolean => probes.some((probe) => probe.name === name && probe.public)
  const monitors = all.map(({ declared, code }) => ({ ...declared, kind: scriptKind(code) }))
  refuse([
    ...monitors.flatMap((one) => probeProblems(one, probes)),
    ...probeReachProblems(monitors, isPublic),
    ...monitors.flatMap((one): Problem[] => {
      const found = checks.find((check) => monitorIdentity(check) === monitorIdentity(one))
      return found === undefined || checkKind(found) === one.kind
        ? []
        : [
            {
              where: `monitors.${one.suite}`,
              got: `the job and target of check ${found.id}, which is of kind ${checkKind(found)}`,
              allowed: `a ${one.kind} check, or none`,
              fix: 'Give the monitor another `job`.',
            },
          ]
    }),
  ])
}

function probeProblems(
  { suite, probes: names, kind }: DeclaredMonitor & { kind: MonitorKind },
  probes: readonly TenantProbe[],
): Problem[] {
  const usable = probes.filter((probe) => probe[kind]).map(({ name }) => name)
  return names
    .filter((name) => !usable.includes(name))
    .map((name) => {
      const near = nearest(name, usable)
      const known = probes.some((probe) => probe.name === name)
      return {
        where: `monitors.${suite}.probes`,
        got: `${quote(name)}${known ? `, which takes no ${kind} checks` : ''}`,
        allowed: usable.toSorted().join(', '),
        ...(near === undefined ? {} : { fix: `Did you mean ${quote(near)}?` }),
      }
    })
}

/** What a tenant has of each monitor, by job and target. */
export function knownIn({ checks, probes }: LiveChecks): Map<string, Known> {
  const names = probeNames(probes)
  return new Map(
    checks.map((check) => [monitorIdentity(check), { id: check.id, shape: shapeIn(check, names) }]),
  )
}

/** Names of probes by their ids. */
export const probeNames = (probes: readonly TenantProbe[]): Map<number, string> =>
  new Map(probes.map(({ id, name }) => [id, name]))

/** The tenant's checks that are not declared, own ones first. */
export function undeclaredIn(
  { checks }: LiveChecks,
  monitors: readonly DeclaredMonitor[],
  state: MonitorState | undefined,
  owner: string,
): Undeclared[] {
  const declared = new Set(monitors.map(monitorIdentity))
  return checks
    .filter((check) => !declared.has(monitorIdentity(check)))
    .map((check) => ({
      job: check.job,
      target: check.target,
      id: check.id,
      own: isOwned(check, state, owner),
      ...(check.created ? { since: new Date(check.created * 1000).toISOString().slice(0, 10) } : {}),
      alerts: check.alerts.length,
    }))
    .toSorted((a, b) => Number(b.own) - Number(a.own))
}

/**
 * The shape that a monitor is to have in a tenant: alerts that were applied before, and are not declared any more, go;
 * alerts that somebody else made stay.
 */
export function wantedShape({ declared, shape }: MonitorBundle, state: MonitorState | undefined): CheckShape {
  const before = state?.monitors.find((one) => monitorIdentity(one) === monitorIdentity(declared))
  return shape.alerts === undefined && before?.shape.alerts?.length ? { ...shape, alerts: [] } : shape
}
