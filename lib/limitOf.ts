import { parseDuration } from '../config/duration.ts'
import { currentScenario } from './currentScenario.ts'
import { deferred } from './deferred/index.ts'
import { errorNamed } from './errors.ts'
import type { Duration } from './request.ts'

/**
 * Milliseconds that something other than plain HTTP may take, in a single pass never more than is left of TIME_BUDGET. Throws
 * UsageError with `wrong` for what is no duration.
 */
export const limitOf = (timeout: number | Duration, wrong: string): number => {
  if (currentScenario().singlePass) return deferred().timeFor(timeout)
  const milliseconds = typeof timeout === 'number' ? timeout : parseDuration(timeout)
  if (milliseconds === undefined) throw errorNamed(wrong)
  return milliseconds
}
