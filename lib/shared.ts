import { deferred } from './deferred.ts'
import type { BadRows } from './preflight.ts'
import { setRunId } from './run.ts'
import type { Scenario } from './scenario.ts'

/** What `setup` hands to every VU: the run's name, the rows to leave out, and the author's own data. */
export interface Shared {
  run: string
  bad: BadRows
  data: unknown
}

let received: Shared | undefined

/** Takes what `setup` shared, once per VU, and gives the author's part. Without setup there is nothing to take. */
export const receive = (shared: unknown, scenarios: Readonly<Record<string, Scenario>>): unknown => {
  if (shared === undefined || shared === null) return undefined
  if (received !== shared) {
    received = shared as Shared
    setRunId(received.run)
    if (Object.keys(received.bad).length > 0) deferred().quarantine(scenarios, received.bad)
  }
  return received.data ?? undefined
}
