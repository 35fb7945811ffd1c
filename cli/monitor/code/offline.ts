import { monitorIdentity } from '../../project/index.ts'
import { wantedShape } from './live.ts'
import { planOf, type MonitorPlan } from './plan.ts'
import type { Examined } from './ready.ts'
import { STATE_FILE, type MonitorState } from './state.ts'

/** What an apply would change since the last one, as far as the state knows; sends no request. */
export function offlinePlan(
  all: readonly Examined[],
  state: MonitorState | undefined,
  file: string = STATE_FILE,
): MonitorPlan {
  const declared = new Set(all.map((ready) => monitorIdentity(ready.declared)))
  const gone = (state?.monitors ?? []).filter((one) => !declared.has(monitorIdentity(one)))
  return planOf(
    all,
    new Map((state?.monitors ?? []).map((one) => [monitorIdentity(one), one])),
    {
      against:
        state === undefined
          ? `nothing: no monitor was applied from here yet (there is no ${file}). --live compares with the tenant`
          : `what was last applied (${file}, tenant ${state.tenantId}). --live compares with the tenant itself`,
      undeclared: gone.map(({ job, target, id }) => ({ job, target, id, own: true })),
    },
    (ready) => wantedShape(ready, state),
  )
}
