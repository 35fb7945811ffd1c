import { redact } from '../config/index.ts'
import type { Checks } from './check.ts'
import { fail } from './event.ts'
import { iteration } from './iteration.ts'
import { checksFailed, checksSucceeded, tunnelErrors } from './metrics.ts'
import type { AnyResponse } from './predicates.ts'
import { tunnelError } from './tunnel.ts'

/** The names of the checks that do not hold, found by asking again: the way that holds stays one call into k6. */
export const failing = <T>(value: T, checks: Checks<T>): string[] =>
  Object.keys(checks).filter((name) => !checks[name]?.(value))

/**
 * Counts the checks of which some did not hold, and reports each of those with what was expected and what came; up to
 * the one that threw, after which k6 asks no other.
 */
export const failChecks = <T>(value: T, checks: Checks<T>): void => {
  const { status, body } = (value ?? {}) as { status?: unknown; body?: unknown }
  for (const [what, predicate] of Object.entries(checks)) {
    try {
      if (predicate(value)) {
        checksSucceeded.add(1)
        continue
      }
    } catch {
      checksFailed.add(1)
      return
    }
    checksFailed.add(1)
    fail(
      {
        kind: 'check',
        what,
        expected: predicate.expected,
        got: shown(predicate.got?.(value)),
        status: typeof status === 'number' ? status : undefined,
      },
      body,
    )
  }
}

/** Reports a response that was not expected, and counts one that the tunnel made. */
export const failRequest = (response: AnyResponse, what: string): void => {
  const { status, error, body } = response
  if (status === 0 && error.includes('context canceled')) {
    const running = iteration
    if (running) running.cut = true
    return
  }
  const tunnel = tunnelError(response)
  if (tunnel) tunnelErrors.add(1, { code: tunnel })
  fail(
    {
      kind: 'request',
      what,
      status,
      got: tunnel ?? (status === 0 ? shown(error) : undefined),
      origin: tunnel ? 'tunnel' : undefined,
    },
    body,
  )
}

/** Reports what ended a journey. */
export const failJourney = (thrown: unknown): void =>
  fail({ kind: 'error', what: reason(thrown) }, undefined, thrown)

/** Whatever was thrown, as one line of at most 300 characters. */
export const reason = (thrown: unknown): string => {
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return redact(text, 300).replace(/\s+/gu, ' ')
}

/** A text that came from outside, without what may be a secret; at most 200 characters. */
const shown = (text: string | undefined): string | undefined => text && redact(text, 200)
