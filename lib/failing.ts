import type { Checks } from './check.ts'
import { fail } from './event.ts'
import { iteration } from './iteration.ts'
import { checksFailed, checksSucceeded, tunnelErrors } from './metrics.ts'
import type { AnyResponse } from './predicates.ts'
import { tunnelError } from './tunnel.ts'

/** The names of the checks that do not hold, found by asking again: the way that holds stays one call into k6. */
export const failing = <T>(value: T, checks: Checks<T>): string[] =>
  Object.keys(checks).filter((name) => !checks[name]?.(value))

/** Counts the checks of which some did not hold, and reports each of those with what was expected and what came. */
export const failChecks = <T>(value: T, checks: Checks<T>): void => {
  const names = failing(value, checks)
  const succeeded = Object.keys(checks).length - names.length
  if (succeeded > 0) checksSucceeded.add(succeeded)
  checksFailed.add(names.length)
  const status = (value as { status?: unknown } | null | undefined)?.status
  for (const what of names) {
    const { expected, got } = checks[what] ?? {}
    fail({
      kind: 'check',
      what,
      ...(expected === undefined ? {} : { expected }),
      ...(got === undefined ? {} : { got: got(value).slice(0, 200) }),
      ...(typeof status === 'number' ? { status } : {}),
    })
  }
}

/** Counts the checks of which one threw: k6 has counted those before it. */
export const countThrown = <T>(value: T, checks: Checks<T>): void => {
  for (const predicate of Object.values(checks)) {
    try {
      ;(predicate(value) ? checksSucceeded : checksFailed).add(1)
    } catch {
      checksFailed.add(1)
      break
    }
  }
}

/** Reports a response that was not expected, and counts one that the tunnel made. */
export const failRequest = (response: AnyResponse, what: string): void => {
  const { status, error } = response
  if (status === 0 && error.includes('context canceled')) {
    const running = iteration
    if (running) running.cut = true
    return
  }
  const tunnel = tunnelError(response)
  if (tunnel !== undefined) tunnelErrors.add(1)
  fail({
    kind: 'request',
    what,
    status,
    ...(tunnel !== undefined
      ? { got: tunnel, origin: 'tunnel' as const }
      : status === 0
        ? { got: error.slice(0, 200) }
        : {}),
  })
}

/** Reports what ended a journey. */
export const failJourney = (thrown: unknown): void => fail({ kind: 'error', what: reason(thrown) })

/** Whatever was thrown, as one line of at most 300 characters. */
const reason = (thrown: unknown): string => {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return text.replace(/\s+/g, ' ').slice(0, 300)
}
