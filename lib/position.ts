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
  /** Iterations start at a rate, whatever the target does. */
  open: boolean
}

let current: Position | undefined
let env: unknown

/**
 * The position of this VU. Read anew only when another scenario drives the VU, since k6's answers are slow; k6 gives
 * it another `__ENV` then. VU 0, which runs setup and teardown, is in no scenario: its name is empty.
 */
export function position(): Position {
  if (current === undefined || env !== __ENV) {
    env = __ENV
    const outside = __VU === 0
    const scenario = outside ? '' : String(tags().scenario ?? exec.scenario.name)
    current = {
      scenario,
      open: !outside && exec.scenario.executor.endsWith('arrival-rate'),
      startTime: outside ? Date.now() : exec.scenario.startTime,
      phases: decodePhases(__ENV[PHASES_VARIABLE]),
      singlePass: (outside || scenario === 'default') && isSinglePass(),
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
