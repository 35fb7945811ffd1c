import { sleep } from '../k6.ts'

/** What of the scenario that drives a VU decides its pace: times in milliseconds, phases as words. */
interface Paced {
  pace: number
  startTime: number
  phases: readonly string[]
}

/** Waits until the pace lets an iteration that began then be followed by another one, or its scenario ends. */
export const keepPace = (began: number, { pace, phases, startTime }: Paced): void => {
  let lasts = 0
  for (const word of phases) lasts += Number(word.split(':')[1])
  const rest = Math.min(began + pace, lasts > 0 ? startTime + lasts : Infinity) - Date.now()
  if (rest > 0) sleep(rest / 1000)
}
