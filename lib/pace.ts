import { sum, totalPeak } from '../config/index.ts'
import { exec, sleep } from './k6.ts'
import { position } from './position.ts'
import { reading } from './reading.ts'

/** Waits until the pace lets an iteration that began then be followed by another one, or its scenario ends. */
export const keepPace = (began: number): void => {
  const { pace, phases, startTime } = position()
  const lasts = sum(phases.map((word) => Number(word.split(':')[1])))
  const rest = Math.min(began + pace, lasts > 0 ? startTime + lasts : Infinity) - Date.now()
  if (rest > 0) sleep(rest / 1000)
}

/** The pace, in milliseconds, of VUs who together keep to the cap on the rate. */
export const capPace = (): number =>
  (1000 * totalPeak(Object.values(exec.test.options.scenarios ?? {})).vus) /
  (reading().environment?.caps.rate ?? Infinity)
