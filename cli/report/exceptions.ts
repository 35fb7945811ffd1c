import { atLeast } from '../base/index.ts'
import type { ExceptionCluster, RunRecord } from '../record/index.ts'
import { leftHosts } from '../verdict/index.ts'

/** Where an exception was thrown, in words: `bad › price, after request json, at suites/broken.ts:7:34`. */
export function thrownAt({ journey, step, request, source }: ExceptionCluster): string {
  const place = [journey, step].filter((part) => part !== undefined).join(' › ')
  const line =
    source && `${source.file}:${source.line}${source.column === undefined ? '' : `:${source.column}`}`
  return [
    place,
    request === undefined ? '' : `after request ${request}`,
    line === undefined ? '' : `at ${line}`,
  ]
    .filter(Boolean)
    .join(', ')
}

/** Says whether an exception is a mistake in the test. */
export function blameOf({ message, bug, follows }: ExceptionCluster): string {
  if (leftHosts(message) !== undefined) return 'a redirect that leaves the hosts of the environment'
  if (bug) return 'a mistake in the test'
  return follows ? 'it may follow from what failed before' : 'nothing had failed before it'
}

/** How often it was thrown: a VU of a journey writes the 1st, 2nd, 4th … of its errors. */
export const oftenOf = ({ count, exact }: ExceptionCluster): string => atLeast(count, exact ?? count === 1)

/** Failures without the errors that are told as exceptions, with their lines; with those that have a page to show. */
export function otherFailures({ failures, exceptions = [] }: RunRecord): RunRecord['failures'] {
  const told = new Set(exceptions.map(({ message }) => message))
  return failures.filter(({ kind, what, page }) => kind !== 'error' || page !== undefined || !told.has(what))
}
