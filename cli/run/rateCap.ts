import { createPace, type Change } from '../record/index.ts'

/** Over how many seconds the rate is looked at, and how far it may be over the cap: an executor is exact, a push is not. */
const WINDOW_SECONDS = 5
const MAX_OVER_CAP = 1.2

/** A cap that was crossed, and what helps. */
export interface Crossed {
  readonly what: string
  readonly fix: string
}

/**
 * Watches what is recorded of a run and says, once, where it makes more iterations than its environment allows. k6's
 * arrival rates keep to their rate; VUs that begin anew at once (closed loads, `-u` after `--`) are as fast as the target.
 */
export function guardRate(
  environment: string,
  cap: number,
  over: (reason: string, crossed: Crossed) => void,
): (changes: readonly Change[]) => void {
  const pace = createPace('k6_iterations_total', WINDOW_SECONDS)
  let told = false
  return (changes) => {
    pace.add(changes)
    if (told || pace.within() <= cap * WINDOW_SECONDS * MAX_OVER_CAP + 1) return
    told = true
    const crossed = {
      what: `more than ${cap} iterations per second, the cap of ${environment}: ${Math.round(pace.within())} within ${WINDOW_SECONDS} s`,
      fix: `Give the load a rate, or the journeys think time, or change environments.${environment}.caps.rate in loadwright.config.ts`,
    }
    over(`${crossed.what}, so the run was ended. ${crossed.fix}`, crossed)
  }
}
