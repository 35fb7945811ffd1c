import { identity } from '../../project/index.ts'
import { wantedShape } from './live.ts'
import { planOf, type Plan } from './plan.ts'
import type { Examined } from './ready.ts'
import { STATE_FILE, type State } from './state.ts'

/** What an apply would change since the last one, as far as the state knows; sends no request. */
export function offlinePlan(
  all: readonly Examined[],
  state: State | undefined,
  file: string = STATE_FILE,
): Plan {
  const declared = new Set(all.map((ready) => identity(ready.declared)))
  const gone = (state?.monitors ?? []).filter((one) => !declared.has(identity(one)))
  return planOf(
    all,
    new Map((state?.monitors ?? []).map((one) => [identity(one), one])),
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
