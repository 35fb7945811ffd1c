import { check as k6check } from 'k6'
import { Abandoned } from './errors.ts'
import { fail } from './event.ts'
import { checksFailed, checksSucceeded } from './metrics.ts'
import type { Predicate } from './predicates.ts'

/** Checks by name: each a predicate of the value. */
export type Checks<T> = Readonly<Record<string, Predicate<T>>>

/**
 * Checks a value as k6's `check` does and returns whether all held; one that did not is also reported as a
 * failure with what was expected and what came. Throws what a predicate throws.
 */
export function check<T>(value: T, checks: Checks<T>): boolean {
  let held: boolean
  try {
    held = k6check(value, checks as Record<string, (value: T) => boolean>)
  } catch (thrown) {
    // k6 has counted those before the one that threw.
    for (const predicate of Object.values(checks)) {
      try {
        ;(predicate(value) ? checksSucceeded : checksFailed).add(1)
      } catch {
        checksFailed.add(1)
        break
      }
    }
    throw thrown
  }
  if (held) {
    checksSucceeded.add(Object.keys(checks).length)
    return true
  }
  const failed = failing(value, checks)
  const succeeded = Object.keys(checks).length - failed.length
  if (succeeded > 0) checksSucceeded.add(succeeded)
  checksFailed.add(failed.length)
  for (const [name, { expected, got }] of failed) {
    const status = (value as { status?: unknown } | null | undefined)?.status
    fail({
      kind: 'check',
      what: name,
      ...(expected === undefined ? {} : { expected }),
      ...(got === undefined ? {} : { got: got(value).slice(0, 200) }),
      ...(typeof status === 'number' ? { status } : {}),
    })
  }
  return false
}

/** Checks a value like {@link check}, and abandons the journey where one does not hold. */
export function ensure<T>(value: T, checks: Checks<T>): void {
  if (!check(value, checks))
    throw new Abandoned(
      failing(value, checks)
        .map(([name]) => name)
        .join(', ') || 'a check did not hold',
    )
}

/** The checks that do not hold, found by asking again: the way that holds stays one call into k6. */
function failing<T>(value: T, checks: Checks<T>): [name: string, predicate: Predicate<T>][] {
  return Object.entries(checks).filter(([, predicate]) => !predicate(value))
}
