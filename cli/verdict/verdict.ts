import { EXIT } from '../base/index.ts'
import { markedOf, type ThresholdResult } from '../k6/index.ts'
import { notesOf, unsteady } from './forensics/doubts.ts'
import { failingEverywhere, failingTarget, invalidity, refusedBy } from './invalid.ts'
import type { Facts, Judgement } from './facts.ts'
import { threw, type ThrewReasons } from './threw.ts'
import { unfinishedTexts } from './unfinished.ts'
import { outOfPhase, unmeasured } from './unmeasured.ts'

/** k6 says nothing where it cannot write them. */
const UNREAD =
  'k6’s own figures (k6-summary.json) are not there, or not whole: nothing can be judged. Is the disk full?'

const LATE = 'somebody interrupted the run when it had come to its end'

/** Judges a run: the first rule that applies decides the exit code; no data is never a pass. */
export function judge(facts: Facts): Judgement {
  const isJudged = facts.thresholds.some(
    ({ metric, result }) => result !== 'no samples' && /^journeys?_failed\b/.test(metric),
  )
  const errors = threw(facts, isJudged)
  const unfinished = unfinishedTexts(facts.unfinished ?? [], facts.mayCut)
  const judged = byRules(facts, errors, unfinished.reasons)
  const late = facts.interrupted && judged.exitCode !== EXIT.interrupted ? [LATE] : []
  const notes = [
    ...late,
    ...errors.notes,
    ...unfinished.notes,
    ...notesOf(facts, judged.verdict === 'invalid'),
  ]
  return notes.length > 0 ? { ...judged, notes } : judged
}

function byRules(facts: Facts, errors: ThrewReasons, unfinished: readonly string[]): Judgement {
  if (facts.stopped !== undefined && !facts.interrupted) return invalid([facts.stopped])
  if (facts.k6 === 105 || (facts.interrupted && !cameToItsEnd(facts)))
    return invalid(['the run was interrupted before its end'], EXIT.interrupted)
  if (facts.k6 === 104) return invalid([refusedBy(facts)], EXIT.refused)
  const failing = failingTarget(facts)
  if (failing.length > 0) return failed(failing)
  const crossings = facts.thresholds.filter(({ result }) => result === 'fail').map(crossed)
  const everywhere = failingEverywhere(facts, crossings, [...errors.fail, ...errors.invalid])
  if (everywhere.length > 0) return failed(everywhere)
  const doubtful = invalidity(facts, errors.invalid, crossings.length > 0)
  const empty = unmeasured(facts)
  // What was crossed may be why, as where a slow target keeps all VUs busy.
  if (doubtful.length > 0)
    return invalid([...doubtful, ...crossings, ...(errors.invalid.length > 0 ? empty : [])])
  if (facts.k6 === 110) crossings.push(marked(facts))
  else if (crossings.length === 0 && facts.k6 === 99) crossings.push('a threshold was crossed')
  const unanswered = facts.down?.answers === false ? [facts.down.text] : []
  if (crossings.length > 0)
    return failed([...unanswered, ...crossings, ...errors.fail, ...unfinished, ...empty])
  if (empty.length > 0 && !facts.singlePass) return invalid([...empty, ...errors.fail, ...unfinished])
  if (errors.fail.length > 0) return failed([...errors.fail, ...unfinished])
  if (unfinished.length > 0) return invalid([...unfinished])
  // Where checks hold of that, it is what was meant.
  if (unanswered.length > 0 && facts.checks === 0) return invalid(unanswered)
  if (unanswered.length > 0 && facts.failedChecks > 0)
    return failed([...unanswered, ...byChecks(facts).reasons])
  if (facts.singlePass && facts.k6 === 0) return passed('the single pass failed nothing')
  const rising = unsteady(facts)
  if (rising !== undefined) return invalid([rising])
  if (facts.unread) return inconclusive(UNREAD)
  const [lost] = outOfPhase(facts)
  if (lost !== undefined) return inconclusive(lost)
  const held = facts.thresholds.filter(({ result }) => result === 'pass').length
  if (held > 0) return passed(`${held} thresholds held`)
  if (facts.script && facts.checks > 0) return byChecks(facts)
  return inconclusive(
    facts.script && facts.thresholds.length === 0
      ? 'nothing was judged: the script has no thresholds and makes no checks'
      : 'nothing was judged: no threshold had anything to judge',
  )
}

/** Whether k6 came to its own end: a signal after that has ended nothing. */
const cameToItsEnd = ({ k6 }: Facts): boolean => k6 === 0 || k6 === 110

const passed = (reason: string): Judgement => ({ verdict: 'pass', reasons: [reason], exitCode: EXIT.pass })
const failed = (reasons: string[]): Judgement => ({ verdict: 'fail', reasons, exitCode: EXIT.fail })
const invalid = (reasons: string[], exitCode: number = EXIT.invalid): Judgement => ({
  verdict: 'invalid',
  reasons,
  exitCode,
})
const inconclusive = (reason: string): Judgement => ({
  verdict: 'inconclusive',
  reasons: [reason],
  exitCode: EXIT.inconclusive,
})

/** What the checks of a script without thresholds say. */
function byChecks({ checks, failedChecks }: Facts): Judgement {
  return failedChecks > 0
    ? failed([`${failedChecks} of ${checks} checks failed`])
    : passed(`${checks} checks held`)
}

function crossed({ metric, threshold, value }: ThresholdResult): string {
  return `${metric}: ${threshold} was crossed${value === undefined ? '' : ` (${Math.round(value * 1000) / 1000})`}`
}

/** Reasons of a script that a verdict names at most. */
const MAX_MARKED = 3

/** That the script marked the run as failed, and the reasons that it gave. */
function marked({ said = [] }: Facts): string {
  const reasons = [...new Set(said.flatMap((text) => markedOf(text) ?? []))]
  const more = reasons.length > MAX_MARKED ? [`and ${reasons.length - MAX_MARKED} more`] : []
  const named = [...reasons.slice(0, MAX_MARKED), ...more].join('; ')
  return `the script marked the run as failed${named === '' ? '' : `: ${named}`}`
}
