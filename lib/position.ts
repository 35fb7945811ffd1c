import { exec } from './k6.ts'
import { PHASES_VARIABLE } from '../config/index.ts'
import { deferred } from './deferred.ts'
import { tags } from './tags.ts'

/** Where a VU stands: the scenario that drives it, when that began, its phases, and whether this is a single pass. */
export interface Position {
  scenario: string
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

/** When this VU was initialised (Unix time, milliseconds): where TIME_BUDGET starts to count. */
export const born = Date.now()

let env: unknown
let known: Position

/**
 * The position of this VU, remembered for as long as the same scenario drives it, since k6's answers are slow; k6
 * gives it another `__ENV` with another scenario. VU 0, which runs setup and teardown, is in none: its name is empty.
 */
export const position = (): Position => {
  if (env === __ENV) return known
  env = __ENV
  const outside = __VU === 0
  const [words, pace = 0] = (__ENV[PHASES_VARIABLE] ?? '').split(' @')
  const phases = words ? words.split(' ') : []
  const startTime = outside ? Date.now() : exec.scenario.startTime
  const scenario = outside ? '' : String(tags().scenario ?? exec.scenario.name)
  known = {
    scenario,
    open: !outside && exec.scenario.executor.endsWith('arrival-rate'),
    startTime,
    phases,
    pace: scenario === 'default' ? deferred().capPace() : Number(pace),
    singlePass: (outside || scenario === 'default') && deferred().isSinglePass(),
  }
  return known
}
