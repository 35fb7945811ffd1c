import type { Load, WorkloadSettings } from '../config/workload/load.ts'
import type { Runnable, ScenarioOptions, Workload } from '../lib/scenario.ts'

/**
 * Makes scenarios by profile × environment × load: the profile gives the shape, the load the size, the environment the
 * scale, once the suite has both. Without arguments the settings decide, so that the environment does. Of a scenario of
 * k6 it may say what goes for any: `scenario(browse, { rate: 5 }, { startTime: '1m', env: { USER: 'new' } })`.
 */
export const workload =
  (profile?: WorkloadSettings) =>
  <Data>(exec: Runnable<Data>, load: Load, options?: ScenarioOptions): Workload<Data> => ({
    ...options,
    exec,
    load,
    profile,
  })
