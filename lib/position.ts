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

/**
 * Remembers what `read` gives for as long as the same scenario drives the VU, since k6's answers are slow; k6 gives
 * the VU another `__ENV` with another scenario.
 */
export function remembered<T>(read: () => T): () => T {
  let env: unknown
  let value: T
  return () => {
    if (env !== __ENV) {
      env = __ENV
      value = read()
    }
    return value
  }
}

/** The position of this VU. VU 0, which runs setup and teardown, is in no scenario: its name is empty. */
export const position = remembered((): Position => {
  const outside = __VU === 0
  const scenario = outside ? '' : String(tags().scenario ?? exec.scenario.name)
  return {
    scenario,
    open: !outside && exec.scenario.executor.endsWith('arrival-rate'),
    startTime: outside ? Date.now() : exec.scenario.startTime,
    phases: decodePhases(__ENV[PHASES_VARIABLE]),
    singlePass: (outside || scenario === 'default') && isSinglePass(),
  }
})

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
