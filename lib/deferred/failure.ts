import { cut, redact } from '../../config/redact.ts'
import { iteration } from '../iteration.ts'
import { checksFailed, checksSucceeded, tunnelErrors } from '../metrics.ts'
import type { AnyResponse, Checks, Predicate } from '../predicates.ts'
import { fail } from './event.ts'
import { tunnelError } from './tunnel.ts'

/**
 * Counts the checks of which some did not hold, and reports each of those with what was expected and what came; up to
 * the one that threw, after which k6 asks no other. Gives their names, found by asking again: the way that holds stays
 * one call into k6.
 */
export const failChecks = <T>(value: T, checks: Checks<T>): string[] => {
  const { status } = (value ?? {}) as { status?: unknown }
  const failed: string[] = []
  let held = 0
  let lost = 0
  for (const what of Object.keys(checks)) {
    const predicate = checks[what] as Predicate<T>
    try {
      if (predicate(value)) {
        held++
        continue
      }
    } catch {
      lost++
      break
    }
    lost++
    failed.push(what)
    fail({
      kind: 'check',
      what,
      expected: predicate.expected,
      got: predicate.got && (() => predicate.got?.(value)),
      status: typeof status === 'number' ? status : undefined,
      of: value,
    })
  }
  if (held > 0) checksSucceeded.add(held)
  if (lost > 0) checksFailed.add(lost)
  return failed
}

/** A response that was not expected; where its status does not say why, a door writes the error, and the code in it. */
export type Failed = Pick<AnyResponse, 'status' | 'headers' | 'body' | 'error'> & {
  readonly code?: string | undefined
}

/** Reports a response that was not expected, and counts one that the tunnel made. */
export const failRequest = (response: Failed, what: string): void => {
  const { status, error, code } = response
  if (status === 0 && error.includes('context canceled')) {
    if (iteration) iteration.cut = true
    return
  }
  const tunnel = tunnelError(response)
  if (tunnel) tunnelErrors.add(1, { code: tunnel })
  fail({
    kind: 'request',
    what,
    status,
    code,
    got: () => tunnel ?? (error || undefined),
    origin: tunnel ? 'tunnel' : undefined,
    of: response,
  })
}

/** Reports what ended a journey. */
export const failJourney = (thrown: unknown): void =>
  fail({ kind: 'error', what: reason(thrown), of: thrown })

let last = ''
let told = ''

/** Whatever was thrown, as one line of at most 300 characters. */
export const reason = (thrown: unknown): string => {
  const text = cut(thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown), 500)
  // What throws, throws again.
  if (text !== last) {
    last = text
    told = redact(text, 300).replace(/\s+/gu, ' ')
  }
  return told
}
