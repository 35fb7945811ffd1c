import { sum } from '../../../config/sum.ts'
import type { Finding } from '../../check/index.ts'
import { monitorIdentity, type DeclaredMonitor } from '../../project/index.ts'
import { timeBudget } from '../budget.ts'
import type { CheckShape } from './monitorCheck.ts'
import { changesBetween, type CheckChange } from './difference.ts'
import { notesOn } from './notes.ts'
import type { Examined } from './ready.ts'
import { executionsAMonth, FREE_EXECUTIONS } from './usage.ts'

/** What a monitor is, as far as is known: by the state, or by the tenant. */
export interface Known {
  id: number
  shape: CheckShape
}

/** What is to become of a declared monitor. */
export interface PlannedCheck extends Pick<DeclaredMonitor, 'suite' | 'job' | 'target'> {
  action: 'create' | 'update' | 'keep'
  /** Of the check that there is. */
  id?: number
  changes: readonly CheckChange[]
  /** The environment that is baked, and the time that a pass has, in milliseconds. */
  environment: string
  timeBudget: number
  sha256: string
  bytes: number
  /** A month. */
  executions: number
  /** Of each probe, about. */
  series: number
  findings: readonly Finding[]
  notes: readonly string[]
}

/** A check that is there, and not declared. */
export interface Undeclared {
  job: string
  target: string
  id: number
  /** Whether it is this project's, by the state or its label; only such ones are ever deleted. */
  own: boolean
  /** The day since which it has a history, and its alerts, where that is known. */
  since?: string
  alerts?: number
}

/** What an apply would do, and what the monitors cost. */
export interface MonitorPlan {
  /** What it is compared with, in words. */
  against: string
  monitors: readonly PlannedCheck[]
  undeclared: readonly Undeclared[]
  /** Of all declared monitors, a month. */
  executions: number
  freeExecutions: number
  /** Of all declared monitors on all their probes, about. */
  series: number
}

/** What is to become of one monitor that is known so far as `known`. */
function planned(ready: Examined, shape: CheckShape, known: Known | undefined): PlannedCheck {
  const { declared, manifest, series, findings } = ready
  const changes = changesBetween(known?.shape, shape)
  return {
    suite: declared.suite,
    job: declared.job,
    target: declared.target,
    action: known === undefined ? 'create' : changes.length > 0 ? 'update' : 'keep',
    ...(known === undefined ? {} : { id: known.id }),
    changes,
    environment: manifest.baked.ENVIRONMENT ?? '',
    timeBudget: timeBudget(shape.timeout),
    sha256: shape.sha256,
    bytes: manifest.bytes,
    executions: executionsAMonth(shape),
    series,
    findings,
    notes: notesOn(declared),
  }
}

/** The plan of all monitors, compared with what is known of each by job and target. */
export function planOf(
  all: readonly Examined[],
  known: ReadonlyMap<string, Known>,
  about: Pick<MonitorPlan, 'against' | 'undeclared'>,
  shapes: (ready: Examined) => CheckShape = ({ shape }) => shape,
): MonitorPlan {
  const monitors = all.map((ready) =>
    planned(ready, shapes(ready), known.get(monitorIdentity(ready.declared))),
  )
  return {
    ...about,
    monitors,
    executions: sum(monitors.map(({ executions }) => executions)),
    freeExecutions: FREE_EXECUTIONS,
    series: sum(all.map(({ series, declared }) => series * declared.probes.length)),
  }
}
