import { doubts } from './forensics/doubts.ts'
import { exceptionText } from './exceptions.ts'
import type { Facts } from './facts.ts'

/** Bad rows that a reason names at most; the record has them all. */
const MAX_ROWS = 10

/** k6's exit codes that make a run invalid, in words. */
const K6_INVALID: Readonly<Record<number, string>> = {
  100: 'setup took too long',
  101: 'teardown took too long',
  102: 'k6 ran into a timeout',
  103: 'the run was stopped through k6’s REST API',
  106: 'k6’s REST API could not start',
  107: 'the script ended with an error',
  108: 'the run was aborted',
  109: 'k6 itself crashed',
}

const K6_REFUSED = 'k6 refused the options before it sent anything'
const LEAST = 'the least DURATION that it takes is 1 s'

/** Why k6 refused to begin. */
export function refusedBy({ said = [] }: Facts): string {
  const [why] = said
  return `${K6_REFUSED}: ${why === undefined ? LEAST : why.replace(/\s+/g, ' ')}`
}

/** Rows that all get the same kind of answer, a server's error: the target is failing, and its data may be good. */
export function failingTarget({ rows }: Facts): string[] {
  return rows
    .filter(({ bad, of, statuses }) => bad.length === of && /^5\d\d(, 5\d\d)*$/.test(statuses))
    .map(
      ({ pool, of, statuses }) =>
        `the target answered ${statuses} to all ${of} rows of ${pool}: it is failing`,
    )
}

/** Codes of k6 after which what every request was answered is the run's reason: it ended by itself, or by an error that follows. */
const ENDS = [0, 99, 107, 110, 255]

/**
 * Why a target failed that answered every request with an error, with what followed from that; none where the author's
 * checks hold of such answers, and are all that judges.
 */
export function failingEverywhere(
  facts: Facts,
  crossings: readonly string[],
  errors: readonly string[],
): string[] {
  const { down, k6 = -1, checks, failedChecks, tunnelErrors } = facts
  const isMeant = checks > 0 && failedChecks === 0 && crossings.length === 0
  if (!down?.answers || isMeant || tunnelErrors > 0 || !ENDS.includes(k6)) return []
  const cause = causeOf(facts)
  return [down.text, ...crossings, ...errors, ...(cause === '' ? [] : [`${K6_INVALID[107]}${cause}`])]
}

/** Why a run cannot be believed, if it cannot. `errors` are those of the test itself; `crossed`: a threshold was. */
export function invalidity(facts: Facts, errors: readonly string[], crossed: boolean): string[] {
  const { k6, failure, iterations, tunnelErrors, tunnel } = facts
  const reasons = beforeLoad(facts)
  if (reasons.length > 0) return reasons
  if (failure !== undefined) return [`k6 could not be started: ${failure}`]
  if (k6 === undefined) return ['k6 was killed before its end']
  if (tunnelErrors > 0)
    reasons.push(
      `the tunnel, not the target, answered ${tunnelErrors} requests${tunnel === undefined ? '' : ` (${tunnel})`}`,
    )
  // An async function's error has no code of its own.
  const words = K6_INVALID[k6 === 255 && causeOf(facts) !== '' ? 107 : k6]
  if (words !== undefined) reasons.push(`${words}${causeOf(facts)}`)
  else if (![0, 99, 110].includes(k6)) reasons.push(`k6 ended with exit code ${k6}${causeOf(facts)}`)
  reasons.push(...errors, ...doubts(facts), ...(facts.disagreements ?? []))
  // A threshold may end a run (`abortOnFail`) before an iteration has ended.
  if (reasons.length === 0 && iterations === 0 && !crossed) reasons.push('not one iteration was completed')
  return reasons
}

/** What went wrong before load began. */
function beforeLoad({ targets, setup = [], rows }: Facts): string[] {
  const reasons = targets.map(({ target, error }) => `the target ${target} does not answer: ${error}`)
  reasons.push(...setup.map((error) => `setup ended with an error: ${error}`))
  for (const { pool, bad, of, statuses, action } of rows)
    if (action === 'abort' || bad.length === of)
      reasons.push(
        `${bad.length} of ${of} rows of ${pool} are not known to the target (status ${statuses}): ${someOf(bad)}`,
      )
  return reasons
}

/** k6's own last words before it ended. */
function causeOf({ k6, aborted, exceptions = [] }: Facts): string {
  if (k6 === 108) return aborted === undefined ? '' : `: ${aborted}`
  const outside = exceptions.find((one) => one.iterations === undefined)
  return (k6 === 107 || k6 === 255) && outside ? `: ${exceptionText(outside)}` : ''
}

const someOf = (labels: readonly string[]): string =>
  labels.slice(0, MAX_ROWS).join(', ') +
  (labels.length > MAX_ROWS ? ` and ${labels.length - MAX_ROWS} more` : '')
