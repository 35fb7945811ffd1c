import type { Scenario as K6Scenario } from 'k6/options'
import { peak, type Shape } from '../config/index.ts'
import type { Journey, Runnable } from './journey.ts'

/** A scenario of k6 whose `exec` is the journey itself, not a name. */
export interface Scenario extends Shape {
  executor: K6Scenario['executor']
  exec: Runnable
  /** The size its author gave it, before profile and scale; its peak load where not given. */
  weight?: number
  gracefulStop?: string
  gracefulRampDown?: string
  env?: Record<string, string>
  tags?: Record<string, string>
}

/** The size that an author gave a scenario: its weight, else its peak rate, or its VUs. */
export const sizeOf = (scenario: Scenario): number => {
  // First of all: in the VUs that start, a workload has no shape.
  if (scenario.weight !== undefined) return scenario.weight
  const { rate, vus } = peak(scenario)
  return rate || vus
}

/** The scenarios of a suite, by name. */
export type Scenarios = Readonly<Record<string, Scenario>>

/** Every journey that a suite may run, once. */
export const journeysOf = (scenarios: Scenarios): Journey[] => [
  ...new Set(Object.values(scenarios).flatMap(({ exec }) => exec.parts)),
]
