import { check as k6check } from './k6.ts'
import { deferred } from './deferred.ts'
import { named } from './errors.ts'
import { checksSucceeded } from './metrics.ts'
import type { Predicate } from './predicates.ts'

/** Checks by name: each a predicate of the value. */
export type Checks<T> = Readonly<Record<string, Predicate<T>>>

/**
 * Checks a value as k6's `check` does and returns whether all held; one that did not is also reported as a
 * failure with what was expected and what came. Throws what a predicate throws.
 */
export const check = <T>(value: T, checks: Checks<T>): boolean => !failing(value, checks)

/** Checks a value like {@link check}, and abandons the journey where one does not hold. */
export const ensure = <T>(value: T, checks: Checks<T>): void => {
  const failed = failing(value, checks)
  if (failed) throw named(failed.join(', ') || 'a check did not hold', 'Abandoned')
}

/** For so many checks after one that did not hold, answers are remembered: asking again may mean reading a long body again. */
const DOUBTFUL = 50
let doubted = 0

/** The names of the checks that did not hold; undefined where all held. */
const failing = <T>(value: T, checks: Checks<T>): string[] | undefined => {
  // The way that holds stays one call into k6.
  const answers: Record<string, boolean> | undefined = doubted > 0 ? {} : undefined
  let held = false
  let failed: string[] | undefined
  try {
    held = k6check(value, (answers ? remembering(checks, answers) : checks) as Record<string, Predicate<T>>)
  } finally {
    doubted = held ? doubted - 1 : DOUBTFUL
    if (held) checksSucceeded.add(Object.keys(checks).length)
    else failed = deferred().failChecks(value, checks, answers)
  }
  return failed
}

const remembering = <T>(checks: Checks<T>, answers: Record<string, boolean>): Checks<T> => {
  const asked: Record<string, Predicate<T>> = {}
  for (const name of Object.keys(checks))
    asked[name] = (value) => (answers[name] = Boolean((checks[name] as Predicate<T>)(value) as unknown))
  return asked
}
