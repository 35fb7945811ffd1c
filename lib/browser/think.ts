import { currentScenario } from '../currentScenario.ts'
import { errorNamed } from '../errors.ts'
import { iteration } from '../iteration.ts'
import { openStep } from '../openStep.ts'
import { random } from '../random.ts'
import { pause } from './pause.ts'

/**
 * Waits as a user would between two steps, from `least` to `most` seconds, evenly spread, while the page goes on. A single
 * pass does not wait. Throws UsageError inside a step, whose time it would become.
 */
export const think = async (least: number, most: number = least): Promise<void> => {
  if (openStep)
    throw errorNamed(
      `think() inside step "${openStep.name}" would count as its time: move it between the steps`,
    )
  if (currentScenario().singlePass) return
  const milliseconds = (least + random() * (most - least)) * 1000
  await pause(milliseconds)
  const running = iteration
  if (running) running.thought += milliseconds
}
