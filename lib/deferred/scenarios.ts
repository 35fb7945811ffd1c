import { peak, type Peak } from '../../config/workload/shape.ts'
import type { Journey, Scenario, Scenarios } from '../scenario.ts'

/** The size that an author gave a scenario, before profile and scale: its load, else its peak rate, or its VUs. */
export const sizeOf = (scenario: Scenario): number => {
  const { rate, vus } = ('load' in scenario ? scenario.load : peak(scenario)) as Peak
  return rate || vus
}

/** Every journey that a suite may run, once. */
export const journeysOf = (scenarios: Scenarios): Journey[] => [
  ...new Set(Object.values(scenarios).flatMap(({ exec }) => exec.journeys)),
]
