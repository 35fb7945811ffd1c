import exec from 'k6/execution'
import { decodePhases, PHASES_VARIABLE, type Phase } from '../config/index.ts'
import { tags } from './tags.ts'

/** Where a VU stands: the scenario that drives it, when that began, its phases, and whether this is a single pass. */
export interface Position {
  scenario: string
  /** Unix time in milliseconds. */
  startTime: number
  phases: readonly Phase[]
  singlePass: boolean
}

let current: Position | undefined

/** The position of this VU. Read anew only when another scenario drives the VU, since k6's answers are slow. */
export function position(): Position {
  const scenario = tags().scenario ?? exec.scenario.name
  if (current?.scenario !== scenario) {
    const name = String(scenario)
    current = {
      scenario: name,
      startTime: exec.scenario.startTime,
      phases: decodePhases(__ENV[PHASES_VARIABLE]),
      singlePass: name === 'default' && isSinglePass(),
    }
  }
  return current
}

/** Whether the run is k6's single `default` scenario with one VU and one iteration, as `-i 1` and monitors make it. */
export function isSinglePass(): boolean {
  const scenarios = exec.test.options.scenarios ?? {}
  const only = scenarios.default
  return (
    Object.keys(scenarios).length === 1 &&
    only?.executor === 'shared-iterations' &&
    (only.vus ?? 1) === 1 &&
    (only.iterations ?? 1) === 1
  )
}
