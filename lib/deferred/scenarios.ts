import { peak } from '../../config/workload/shape.ts'
import type { Journey, Scenario, Scenarios } from '../scenario.ts'

/** The size that an author gave a scenario: its weight, else its peak rate, or its VUs. */
export const sizeOf = (scenario: Scenario): number => {
  // First of all: in the VUs that start, a workload has no shape.
  if (scenario.weight !== undefined) return scenario.weight
  const { rate, vus } = peak(scenario)
  return rate || vus
}

/** Every journey that a suite may run, once. */
export const journeysOf = (scenarios: Scenarios): Journey[] => [
  ...new Set(Object.values(scenarios).flatMap(({ exec }) => exec.journeys)),
]
