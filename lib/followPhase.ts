import { currentScenario } from './currentScenario.ts'
import { tagAs } from './phaseTag.ts'

let of: readonly string[] | undefined
let name: string | undefined
let until = 0
let following = 0

/**
 * Tags what follows with the phase that the scenario's clock is in, and gives it; undefined where the scenario has no
 * phases. The last phase lasts until the scenario's end, graceful stop included.
 */
export const tagPhase = (now: number = Date.now()): string | undefined => {
  const scenario = currentScenario()
  const phases = scenario.phases
  const anew = of !== phases
  if (anew) {
    of = phases
    name = undefined
    following = 0
    until = scenario.startTime
  }
  for (; now >= until && following < phases.length; following++) {
    const word = (phases[following] as string).split(':')
    name = (word[0] as string).replace('*', '')
    until += Number(word[1])
  }
  tagAs(name, anew)
  return name
}
