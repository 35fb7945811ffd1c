import { currentScenario } from './currentScenario.ts'
import { errorNamed } from './errors.ts'
import { iteration } from './iteration.ts'
import { sleep } from './k6.ts'
import { openStep } from './openStep.ts'
import { random } from './random.ts'

/**
 * Waits as a user would between two steps: from `least` to `most` seconds, evenly spread. A single pass does not
 * wait. Throws UsageError inside a step, whose time it would become.
 */
export const think = (least: number, most: number = least): void => {
  const open = openStep
  if (open)
    throw errorNamed(`think() inside step "${open.name}" would count as its time: move it between the steps`)
  if (currentScenario().singlePass) return
  const seconds = least + random() * (most - least)
  sleep(seconds)
  const running = iteration
  if (running) running.thought += seconds * 1000
}
