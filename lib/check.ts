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
export const check = <T>(value: T, checks: Checks<T>): boolean => {
  let held = false
  try {
    held = k6check(value, checks as Record<string, (value: T) => boolean>)
  } finally {
    if (held) checksSucceeded.add(Object.keys(checks).length)
    else deferred().failChecks(value, checks)
  }
  return held
}

/** Checks a value like {@link check}, and abandons the journey where one does not hold. */
export const ensure = <T>(value: T, checks: Checks<T>): void => {
  if (!check(value, checks))
    throw named(deferred().failing(value, checks).join(', ') || 'a check did not hold', 'Abandoned')
}
