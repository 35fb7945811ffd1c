import { built } from '../../config/built.ts'
import { message } from '../../config/problem/problem.ts'
import { readSettings, type Reading } from '../../config/settings/readSettings.ts'

let last: { env: unknown; reading: Reading } | undefined

/** The settings and environment of the running script with every problem, read once per `__ENV`. */
export const reading = (): Reading => {
  if (last?.env !== __ENV) last = { env: __ENV, reading: readSettings(__ENV, built.config, built.baked) }
  return last.reading
}

/** Throws one error with every problem of the settings. */
export const refuse = (): never => {
  throw new Error(`settings: ${message(reading().problems)}`)
}
