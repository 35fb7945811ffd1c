import { exec } from './k6.ts'
import { PHASES_VARIABLE } from '../config/workload/phasesVariable.ts'
import { deferred } from './deferred/index.ts'
import { tags } from './vu.ts'

/** The scenario that drives this VU: when it began, its phases, and whether this is a single pass. */
interface CurrentScenario {
  name: string
  /** Unix time in milliseconds. */
  startTime: number
  /** The words of `decodePhases`, which only a VU that comes to a phase reads. */
  phases: readonly string[]
  /** The least time from the start of an iteration to the next one's, in milliseconds; 0 where there is none. */
  pace: number
  singlePass: boolean
  /** Iterations start at a rate, whatever the target does. */
  open: boolean
}

let env: unknown
let known: CurrentScenario

/**
 * The scenario that drives this VU, remembered for as long as it does, since k6's answers are slow; k6 gives a VU another
 * `__ENV` with another scenario. VU 0, which runs setup and teardown, is in none: its name is empty.
 */
export const currentScenario = (): CurrentScenario => {
  if (env === __ENV) return known
  env = __ENV
  const outside = __VU === 0
  const [words, pace = 0] = (__ENV[PHASES_VARIABLE] ?? '').split(' @')
  const phases = words ? words.split(' ') : []
  const scenario = outside ? undefined : exec.scenario
  const startTime = scenario ? scenario.startTime : Date.now()
  const name = scenario ? String(tags().scenario ?? scenario.name) : ''
  known = {
    name,
    open: scenario?.executor.endsWith('arrival-rate') === true,
    startTime,
    phases,
    pace: name === 'default' ? deferred().capPace() : Number(pace),
    singlePass: (outside || name === 'default') && deferred().isSinglePass(),
  }
  return known
}
