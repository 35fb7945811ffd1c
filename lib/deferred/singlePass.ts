import { parseDuration } from '../../config/duration.ts'
import { errorNamed } from '../errors.ts'
import { exec } from '../k6.ts'
import type { Journey } from '../scenario.ts'
import { born } from '../vu.ts'
import { keepFailures, readable } from './event.ts'
import { reading } from './settings.ts'

/** Whether the run is k6's single `default` scenario with one VU and one iteration, as `-i 1` and monitors make it. */
export const isSinglePass = (): boolean => {
  const scenarios = exec.test.options.scenarios ?? {}
  const only = scenarios.default
  return (
    Object.keys(scenarios).length === 1 &&
    only?.executor === 'shared-iterations' &&
    (only.vus ?? 1) === 1 &&
    (only.iterations ?? 1) === 1
  )
}

/** Runs each journey once, in order, then fails the run (exit 110) with every failure in one line. */
export const singlePass = async (journeys: readonly Journey[], data: unknown): Promise<void> => {
  const failures = keepFailures()
  for (const journey of journeys) await journey(data)
  if (failures.size === 0) return
  const sentences = [...failures].map(
    ([place, [first, ...more]]) =>
      `${place && `${place}: `}${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
  )
  exec.test.fail(readable(sentences.slice(0, 5).join('; ')))
}

/**
 * Milliseconds that a request may take: as long as it asks for, but never more than is left of TIME_BUDGET. Throws
 * BudgetSpent where nothing is left, UsageError for what is no duration.
 */
export const timeFor = (timeout: number | string): number => {
  const wanted = typeof timeout === 'number' ? timeout : parseDuration(timeout)
  if (wanted === undefined)
    throw errorNamed(`a request's timeout is a duration such as 10s: got "${timeout}"`)
  const { TIME_BUDGET } = reading().settings
  const left = born + TIME_BUDGET - Date.now()
  if (left < 1)
    throw errorNamed(
      `the time budget of ${TIME_BUDGET / 1000} s is used up: the request was not sent`,
      'BudgetSpent',
    )
  return Math.min(wanted, left)
}
