import { currentScenario } from '../currentScenario.ts'
import { deferred } from '../deferred/index.ts'
import { settings } from '../settings.ts'

/** Whatever waits, waits as long as a request may (milliseconds): in a single pass no longer than is left of its budget. */
export const waitLimit = (): number => {
  const { REQUEST_TIMEOUT } = settings()
  return currentScenario().singlePass ? deferred().timeFor(REQUEST_TIMEOUT) : REQUEST_TIMEOUT
}
