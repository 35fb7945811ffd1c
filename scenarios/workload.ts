import type { Load, WorkloadSettings } from '../config/workload/load.ts'
import { deferred } from '../lib/deferred/index.ts'
import type { Runnable, Scenario } from '../lib/scenario.ts'
import { settings } from '../lib/settings.ts'

/**
 * Makes scenarios by profile × environment × load: the profile gives the shape, the load the size,
 * the environment the scale. Without arguments the settings decide, so that the environment does.
 */
export const workload =
  (given: WorkloadSettings = settings()) =>
  (exec: Runnable, load: Load): Scenario =>
    ({
      // k6 asks for a shape once: the VUs that then start need none.
      ...(__VU > 0 ? {} : deferred().shapeOf(given, load, exec.typicalSeconds)),
      weight: 'vus' in load ? load.vus : load.rate,
      exec,
    }) as Scenario
