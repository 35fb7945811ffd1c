import { currentScenario } from './currentScenario.ts'
import { sleep } from './k6.ts'

/** Waits until the pace lets an iteration that began then be followed by another one, or its scenario ends. */
export const keepPace = (began: number): void => {
  const { pace, phases, startTime } = currentScenario()
  let lasts = 0
  for (const word of phases) lasts += Number(word.split(':')[1])
  const rest = Math.min(began + pace, lasts > 0 ? startTime + lasts : Infinity) - Date.now()
  if (rest > 0) sleep(rest / 1000)
}
