import { shapeOf, type OpenLoad } from '../../config/workload/load.ts'
import type { Problem } from '../../config/problem/problem.ts'
import type { Settings } from '../../config/settings/settings.ts'
import { mapValues } from './mapValues.ts'
import { sizeOf } from './scenarios.ts'
import type { ExecutorScenario, Scenario, Scenarios } from '../scenario.ts'

/** The scenarios of a suite as k6 has them: workloads in the shape of their profile. A load that is none is a problem. */
export const shaped = (
  scenarios: Scenarios,
  settings: Settings,
  problems: Problem[],
): Record<string, ExecutorScenario> =>
  mapValues(scenarios, (scenario: Scenario, name) => {
    if (!('load' in scenario)) return scenario
    const { load, profile = settings, ...rest } = scenario
    const size = sizeOf(scenario)
    if (!(size > 0 && size < Infinity) || (profile.PROFILE === 'replay' && !(load as OpenLoad).pattern))
      problems.push({
        where: `scenarios.${name}.load`,
        got: JSON.stringify(load),
        allowed: 'a rate or vus > 0; replay: a pattern',
      })
    const made = shapeOf(profile, load, rest.exec.typicalSeconds)
    // Its phases are the profile's, whatever else its variables say.
    return { ...made, ...rest, env: { ...rest.env, ...made.env } } as ExecutorScenario
  })
