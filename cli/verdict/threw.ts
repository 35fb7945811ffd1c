import { exceptionText } from './exceptions.ts'
import { leftHosts } from './leftHosts.ts'
import type { ExceptionCluster } from '../record/index.ts'

/** Share of iterations that may end in an error that is told and changes no verdict; of a single pass, none. */
export const MAX_THREW_SHARE = 0.01
/** Errors that reasons and notes name at most. */
const MAX_NAMED = 3

/** What is known of a run's errors. */
export interface Threw {
  /** k6's own exit code; undefined where a signal ended it. */
  k6?: number | undefined
  /** What scripts threw, most frequent first. */
  exceptions?: readonly ExceptionCluster[]
  /** Failed journeys, where VUs stopped telling of what they threw, since it was ever new. */
  failedJourneys?: number | undefined
  /** Iterations that ended. */
  iterations: number
  /** k6 was told to make a single pass (`-i 1`), which judges itself: what failed in it ends k6 with 110. */
  singlePass: boolean
}

/** What errors of the script do to a verdict: mistakes in the test make it invalid, others fail it, few are notes. */
export interface ThrewReasons {
  invalid: string[]
  fail: string[]
  notes: string[]
}

/**
 * Judges what iterations threw. `isJudged`: a threshold of the run judges failed journeys, so what is no mistake of the
 * test is its matter.
 */
export function threw(
  { k6, exceptions = [], failedJourneys = 0, iterations, singlePass }: Threw,
  isJudged: boolean,
): ThrewReasons {
  const reasons: ThrewReasons = { invalid: [], fail: [], notes: [] }
  const thrown = exceptions.filter((one) => one.iterations !== undefined)
  // Where it ended k6, it is the reason.
  if (k6 === 0 || k6 === 99 || k6 === 110)
    for (const one of exceptions.filter((each) => each.iterations === undefined).slice(0, MAX_NAMED))
      reasons.notes.push(`the script threw outside of its iterations: ${exceptionText(one)}`)
  const [bugs, others] = [thrown.filter(({ bug }) => bug), thrown.filter(({ bug }) => !bug)]
  const isMany = (all: readonly ExceptionCluster[]): boolean =>
    all.length > 0 && (singlePass || Math.max(countOf(all), failedJourneys) > iterations * MAX_THREW_SHARE)
  const bugTexts = told(bugs, iterations, 'the test has an error')
  const texts = told(others, iterations, 'the script threw')
  ;(isMany(bugs) ? reasons.invalid : reasons.notes).push(...bugTexts)
  ;(isMany(others) && !isJudged ? reasons.fail : reasons.notes).push(...texts)
  return reasons
}

const countOf = (all: readonly ExceptionCluster[]): number =>
  all.reduce((sum, { iterations = 0 }) => sum + iterations, 0)

function told(all: readonly ExceptionCluster[], iterations: number, what: string): string[] {
  const named = all.slice(0, MAX_NAMED).map((one) => {
    const often = one.iterations ?? one.count
    // A journey tells of the 1st, 2nd, 4th, 8th … alone.
    const least = one.journey !== undefined && often > 1 && often < iterations ? 'at least ' : ''
    const [happened, message] = leftHosts(one.message) ?? [what, one.message]
    return `${happened} in ${least}${often} of ${Math.max(often, iterations)} iterations: ${exceptionText({ ...one, message })}`
  })
  const more = all.length - named.length
  return more > 0 ? [...named, `and ${more} more errors: see \`exceptions\` in run.json`] : named
}
