import { exceptionText } from './exceptions.ts'
import type { Facts } from './facts.ts'
import { leftHosts } from './leftHosts.ts'
import type { ExceptionCluster } from '../record/index.ts'

/** Share of iterations that may end in an error that is told and changes no verdict; of a single pass, none. */
export const MAX_THREW_SHARE = 0.01
/** Errors that reasons and notes name at most. */
const MAX_NAMED = 3

/** What iterations threw at one place, and how often; or how many more such errors there are. */
export interface ToldError {
  error?: string
  /** Iterations that it ended, and of how many; `atLeast`: there may have been more. */
  iterations?: number
  of?: number
  atLeast?: boolean
  /** It is a redirect to where no request may go: what happened, in words. */
  redirect?: string
  more?: number
}

/** Errors of a run of one kind: whether there are many, and the data of their message. */
export interface Threw {
  isMany: boolean
  told: ToldError[]
}

type Known = Pick<Facts, 'exceptions' | 'failedJourneys' | 'iterations' | 'singlePass'>

/** Mistakes in the test. */
export const mistakes = (facts: Known): Threw => threw(facts, ({ bug }) => bug)

/** What else scripts threw in their iterations. */
export const errors = (facts: Known): Threw => threw(facts, ({ bug }) => !bug)

function threw(
  { exceptions = [], failedJourneys = 0, iterations, singlePass }: Known,
  isMeant: (one: ExceptionCluster) => boolean,
): Threw {
  const all = exceptions.filter((one) => one.iterations !== undefined && isMeant(one))
  const count = all.reduce((sum, one) => sum + (one.iterations ?? 0), 0)
  const isMany =
    all.length > 0 && (singlePass || Math.max(count, failedJourneys) > iterations * MAX_THREW_SHARE)
  const more = all.length - MAX_NAMED
  return {
    isMany,
    told: [...all.slice(0, MAX_NAMED).map((one) => toldOf(one, iterations)), ...(more > 0 ? [{ more }] : [])],
  }
}

function toldOf(one: ExceptionCluster, iterations: number): ToldError {
  const often = one.iterations ?? one.count
  const [redirect, message] = leftHosts(one.message) ?? [undefined, one.message]
  return {
    error: exceptionText({ ...one, message }),
    iterations: often,
    of: Math.max(often, iterations),
    // A journey tells of the 1st, 2nd, 4th, 8th … alone.
    atLeast: one.journey !== undefined && often > 1 && often < iterations,
    ...(redirect === undefined ? {} : { redirect }),
  }
}

/** A sentence about errors; `happened` is its beginning. */
export const saidOf =
  (happened: string) =>
  ({ error = '', iterations = 0, of = 0, atLeast = false, redirect = happened, more }: ToldError): string =>
    more === undefined
      ? `${redirect} in ${atLeast ? 'at least ' : ''}${iterations} of ${of} iterations: ${error}`
      : `and ${more} more errors: see \`exceptions\` in run.json`

/** What was thrown outside of iterations and did not end k6: where it did, it is the reason. */
export function outside({ k6, exceptions = [] }: Pick<Facts, 'k6' | 'exceptions'>): { error: string }[] {
  if (k6 !== 0 && k6 !== 99 && k6 !== 110) return []
  return exceptions
    .filter((one) => one.iterations === undefined)
    .slice(0, MAX_NAMED)
    .map((one) => ({ error: exceptionText(one) }))
}
