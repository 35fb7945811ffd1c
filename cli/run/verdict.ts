import { EXIT } from '../errors.ts'
import type { RowsEvent, TargetEvent } from '../../lib/catalog.ts'
import { doubts, notesOf, unsteady, type Doubtful } from '../forensics/doubts.ts'
import { exceptionText, type ExceptionCluster } from './exceptions.ts'
import type { ThresholdResult } from './summary.ts'
import { threw, type ThrewReasons } from './threw.ts'

/** What a run came to. */
export type Verdict = (typeof VERDICTS)[number]
export const VERDICTS = ['pass', 'fail', 'inconclusive', 'invalid'] as const

/** The facts that a verdict is made of. */
export interface Facts extends Doubtful {
  /** k6's own exit code; undefined where a signal ended it. */
  k6: number | undefined
  /** Why k6 could not be started, if it could not. */
  failure?: string
  /** A person or a signal ended the run. */
  interrupted: boolean
  thresholds: readonly ThresholdResult[]
  /** Checks made in the whole run. */
  checks: number
  failedChecks: number
  /** A plain k6 script was run: without thresholds of its own its checks judge it. */
  script: boolean
  /** The keys of thresholds that are the environment's, not the author's. */
  slos?: readonly string[]
  /** The suite makes HTTP requests. */
  http?: boolean
  /** k6 was told to replace the suite's scenarios (`-i`, `-u`, `-d` …): phases are gone, and thresholds in them judge nothing. */
  replaced: boolean
  /** k6 was told to make a single pass (`-i 1`), which judges itself: what failed in it ends k6 with 110. */
  singlePass: boolean
  /** Requests that the tunnel answered itself, with its errors. */
  tunnelErrors: number
  tunnel?: string
  rows: readonly RowsEvent[]
  targets: readonly TargetEvent[]
  /** What scripts threw, most frequent first. */
  exceptions?: readonly ExceptionCluster[]
  /** What a script gave for its reason when it aborted the run. */
  aborted?: string
  /** k6's own warnings and errors. */
  said?: readonly string[]
  /** What the author's `setup` threw, and where. */
  setup?: readonly string[]
  /** k6's own figures are not there, or not whole. */
  unread?: boolean
  /** Counts of the recorder that are not k6's, as sentences. */
  disagreements?: readonly string[]
}

/** A verdict with its reasons, most important first, and the CLI's exit code. */
export interface Judgement {
  verdict: Verdict
  reasons: string[]
  exitCode: number
  /** What deserves attention and changes nothing, if there is something. */
  notes?: string[]
}

/** Bad rows that a reason names at most; the record has them all. */
const MOST_ROWS = 10

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

/** k6 says nothing where it cannot write them. */
const UNREAD =
  'k6’s own figures (k6-summary.json) are not there, or not whole: nothing can be judged. Is the disk full?'

/** Judges a run: the first rule that applies decides the exit code; no data is never a pass. */
export function judge(facts: Facts): Judgement {
  const isJudged = facts.thresholds.some(
    ({ metric, result }) => result !== 'no samples' && /^journeys?_failed\b/.test(metric),
  )
  const errors = threw(facts, isJudged)
  const judged = byRules(facts, errors)
  const notes = [...errors.notes, ...notesOf(facts, judged.verdict === 'invalid')]
  return notes.length > 0 ? { ...judged, notes } : judged
}

function byRules(facts: Facts, errors: ThrewReasons): Judgement {
  if (facts.interrupted || facts.k6 === 105)
    return {
      verdict: 'invalid',
      reasons: ['the run was interrupted before its end'],
      exitCode: EXIT.interrupted,
    }
  if (facts.k6 === 104)
    return {
      verdict: 'invalid',
      reasons: [refusedBy(facts)],
      exitCode: EXIT.refused,
    }
  const invalid = invalidity(facts, errors.invalid)
  const failed = facts.thresholds.filter(({ result }) => result === 'fail').map(crossed)
  // What was crossed may be why, as where a slow target keeps all VUs busy.
  if (invalid.length > 0)
    return { verdict: 'invalid', reasons: [...invalid, ...failed], exitCode: EXIT.invalid }
  if (facts.k6 === 110) failed.push('the script marked the run as failed')
  failed.push(...errors.fail)
  if (failed.length === 0 && facts.k6 === 99) failed.push('a threshold was crossed')
  if (failed.length > 0) return { verdict: 'fail', reasons: failed, exitCode: EXIT.fail }
  if (facts.singlePass && facts.k6 === 0)
    return { verdict: 'pass', reasons: ['the single pass failed nothing'], exitCode: EXIT.pass }
  const empty = unmeasured(facts)
  if (empty !== undefined) return { verdict: 'invalid', reasons: [empty], exitCode: EXIT.invalid }
  const rising = unsteady(facts)
  if (rising !== undefined) return { verdict: 'invalid', reasons: [rising], exitCode: EXIT.invalid }
  if (facts.unread) return { verdict: 'inconclusive', reasons: [UNREAD], exitCode: EXIT.inconclusive }
  const lost = outOfPhase(facts)
  if (lost !== undefined) return { verdict: 'inconclusive', reasons: [lost], exitCode: EXIT.inconclusive }
  const held = facts.thresholds.filter(({ result }) => result === 'pass').length
  if (held > 0) return { verdict: 'pass', reasons: [`${held} thresholds held`], exitCode: EXIT.pass }
  if (facts.script && facts.checks > 0) return byChecks(facts)
  return {
    verdict: 'inconclusive',
    reasons: [
      facts.script
        ? 'nothing was judged: the script has no thresholds and makes no checks'
        : 'nothing was judged: no threshold had anything to judge',
    ],
    exitCode: EXIT.inconclusive,
  }
}

/** What the checks of a script without thresholds say. */
function byChecks({ checks, failedChecks }: Facts): Judgement {
  return failedChecks > 0
    ? { verdict: 'fail', reasons: [`${failedChecks} of ${checks} checks failed`], exitCode: EXIT.fail }
    : { verdict: 'pass', reasons: [`${checks} checks held`], exitCode: EXIT.pass }
}

/** Why a run cannot be believed, if it cannot. */
function invalidity(facts: Facts, errors: readonly string[]): string[] {
  const { k6, failure, iterations, tunnelErrors, tunnel, rows, targets, setup = [] } = facts
  const reasons = targets.map(({ target, error }) => `the target ${target} does not answer: ${error}`)
  reasons.push(...setup.map((error) => `setup ended with an error: ${error}`))
  for (const { pool, bad, of, statuses, action } of rows)
    if (action === 'abort' || bad.length === of)
      reasons.push(
        `${bad.length} of ${of} rows of ${pool} are not known to the target (status ${statuses}): ${someOf(bad)}`,
      )
  if (reasons.length > 0) return reasons
  if (failure !== undefined) return [`k6 could not be started: ${failure}`]
  if (k6 === undefined) return ['k6 was killed before its end']
  if (tunnelErrors > 0)
    reasons.push(
      `the tunnel, not the target, answered ${tunnelErrors} requests${tunnel === undefined ? '' : ` (${tunnel})`}`,
    )
  const words = K6_INVALID[k6]
  if (words !== undefined) reasons.push(`${words}${causeOf(facts)}`)
  else if (![0, 99, 110].includes(k6)) reasons.push(`k6 ended with exit code ${k6}${causeOf(facts)}`)
  reasons.push(...errors, ...doubts(facts), ...(facts.disagreements ?? []))
  if (reasons.length === 0 && iterations === 0) reasons.push('not one iteration was completed')
  return reasons
}

/** k6's own last words before it ended. */
function causeOf({ k6, aborted, exceptions = [] }: Facts): string {
  if (k6 === 108) return aborted === undefined ? '' : `: ${aborted}`
  const outside = exceptions.find((one) => one.iterations === undefined)
  return (k6 === 107 || k6 === 255) && outside ? `: ${exceptionText(outside)}` : ''
}

/** Why k6 refused to begin. */
function refusedBy({ said = [] }: Facts): string {
  const [why] = said
  return `${K6_REFUSED}: ${why === undefined ? LEAST : why.replace(/\s+/g, ' ')}`
}

const someOf = (labels: readonly string[]): string =>
  labels.slice(0, MOST_ROWS).join(', ') +
  (labels.length > MOST_ROWS ? ` and ${labels.length - MOST_ROWS} more` : '')

/**
 * Thresholds that had nothing to judge, as a sentence. The environment's own are excused where the suite does nothing
 * of the kind, its author's never; those of phases are another matter in a run without phases.
 */
function unmeasured(facts: Facts): string | undefined {
  const { thresholds, checks, slos = [], http = true } = facts
  const isExcused = (metric: string): boolean =>
    slos.includes(metric) &&
    ((checks === 0 && /^checks\b/.test(metric)) || (!http && metric.startsWith('http_')))
  const empty = thresholds.filter(
    (one) => one.result === 'no samples' && !isExcused(one.metric) && !isOutOfPhase(one, facts),
  )
  return empty.length === 0 ? undefined : `no samples for ${named(empty)}: nothing was measured there`
}

/** An author's thresholds that judge phases which the run did not have, as a sentence. */
function outOfPhase(facts: Facts): string | undefined {
  const { thresholds, slos = [] } = facts
  const lost = thresholds.filter((one) => isOutOfPhase(one, facts) && !slos.includes(one.metric))
  return lost.length === 0
    ? undefined
    : `nothing was judged by ${named(lost)}: k6 was told to replace the scenarios, and their phases with them`
}

const isOutOfPhase = ({ metric, result }: ThresholdResult, { replaced }: Facts): boolean =>
  result === 'no samples' && replaced && metric.includes('phase:')

/** Thresholds that a reason names at most. */
const MOST_NAMED = 5

function named(all: readonly ThresholdResult[]): string {
  const names = all.slice(0, MOST_NAMED).map(({ metric, threshold }) => `${metric} ${threshold}`)
  return all.length > MOST_NAMED
    ? `${names.join(', ')} and ${all.length - MOST_NAMED} more`
    : names.join(', ')
}

function crossed({ metric, threshold, value }: ThresholdResult): string {
  return `${metric}: ${threshold} was crossed${value === undefined ? '' : ` (${Math.round(value * 1000) / 1000})`}`
}
