import { deferred } from './deferred/index.ts'
import { errorNamed } from './errors.ts'
import { check as k6check } from './k6.ts'
import { checksSucceeded } from './metrics.ts'
import type { Checks, Predicate } from './predicates.ts'
import type { TagValue } from './vu.ts'

/**
 * Checks a value as k6's `check` does and returns whether all held; one that did not is also reported as a
 * failure with what was expected and what came. `tags` are those of k6's samples of `checks`. Throws what a predicate throws.
 */
export const check = <T>(value: T, checks: Checks<T>, tags?: Readonly<Record<string, TagValue>>): boolean =>
  !failing(value, checks, tags)

/** Checks a value like {@link check}, and abandons the journey where one does not hold. */
export const ensure = <T>(value: T, checks: Checks<T>, tags?: Readonly<Record<string, TagValue>>): void => {
  const failed = failing(value, checks, tags)
  if (failed) throw errorNamed(failed.join(', ') || 'a check did not hold', 'Abandoned')
}

/** The names of the checks that did not hold; undefined where all held. */
const failing = <T>(value: T, checks: Checks<T>, tags: object | undefined): string[] | undefined => {
  let held = false
  let failed: string[] | undefined
  try {
    held = k6check(value, checks as Record<string, Predicate<T>>, tags)
  } finally {
    if (held) checksSucceeded.add(Object.keys(checks).length)
    else failed = deferred().failChecks(value, checks)
  }
  return failed
}
