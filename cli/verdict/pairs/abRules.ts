import { plural, share } from '../../base/index.ts'
import { sum } from '../../../config/sum.ts'
import { MAX_PLACES } from '../../record/index.ts'
import { cutText } from '../comparison/cutPlaces.ts'
import type { Row } from '../comparison/row.ts'
import { isOpen } from '../comparison/summary.ts'
import { rowText } from '../comparison/words.ts'
import { rule, type VerdictRule, type VerdictStage } from '../rules/rule.ts'
import type { AbPlan, AbRun } from './abResult.ts'
import type { PairedComparison } from './comparePairs.ts'
import { PAIR_LIMITS } from './limits.ts'

/** What an A/B test is judged by. */
export interface AbFacts extends Pick<AbPlan, 'pairs' | 'sequential'> {
  readonly comparison: PairedComparison
  readonly runs: readonly AbRun[]
  /** Pairs that are compared. */
  readonly counted: number
  /** How it ended: as planned, by a signal, or since too many runs were invalid. */
  readonly end: 'done' | 'interrupted' | 'invalid'
}

const of = (facts: AbFacts, side: AbRun['side'], is: (run: AbRun) => boolean): number =>
  facts.runs.filter((run) => run.side === side && is(run)).length
const isInvalid = ({ verdict }: AbRun): boolean => verdict === 'invalid'
const isLost = (run: AbRun): boolean => isInvalid(run) || run.died === true
const isFailed = ({ verdict, counted }: AbRun): boolean => counted && verdict === 'fail'
const isBusy = ({ full = 0, counted }: AbRun): boolean => counted && full > PAIR_LIMITS.busy

const worse = ({ comparison }: AbFacts): Row[] =>
  comparison.rows.filter(({ judged, verdict }) => judged && verdict === 'worse')

const found = (facts: AbFacts, is: (run: AbRun) => boolean): { base: number; candidate: number } => ({
  base: of(facts, 'base', is),
  candidate: of(facts, 'candidate', is),
})
const any = ({ base, candidate }: { base: number; candidate: number }): boolean => base + candidate > 0

const INTERRUPTED = rule<AbFacts, { counted: number; pairs: number }>({
  code: 'ab-interrupted',
  about: 'the test was interrupted before its end; what was measured is shown, and decides nothing',
  effect: 'interrupted',
  when: ({ end, counted, pairs }) => (end === 'interrupted' ? [{ counted, pairs }] : []),
  say: ({ counted, pairs }) => `interrupted after ${counted} of ${plural(pairs, 'pair')}`,
})

const INVALID = rule<AbFacts, { base: number; candidate: number; reason: string }>({
  code: 'runs-invalid',
  about: 'too many runs were invalid: their pairs were made anew, until the limit was reached',
  effect: 'invalid',
  when: (facts) => {
    const reason = facts.runs.findLast(isInvalid)?.reason ?? ''
    return facts.end === 'invalid' ? [{ ...found(facts, isInvalid), reason }] : []
  },
  say: ({ base, candidate, reason }) =>
    `${plural(base, 'run')} of the base and ${candidate} of the candidate were invalid: ${reason}`,
})

const WORSE = rule<AbFacts, { row: string; why: string }>({
  code: 'candidate-worse',
  about: 'a row of the candidate is worse than that of the base',
  effect: 'fail',
  when: (facts) => worse(facts).map((row) => ({ row: rowText(row), why: row.reason.text })),
  say: ({ row }) => `worse: ${row}`,
})

const CANNOT_TELL = rule<AbFacts, { row: string; why: string }>({
  code: 'candidate-unclear',
  about: 'noise is too large, or a row cannot tell and more pairs would',
  effect: 'inconclusive',
  when: ({ comparison: { verdict, text, rows } }) => {
    if (verdict !== 'cannot tell') return []
    const open = rows.filter((row) => row.judged && isOpen(row))
    return open.length > 0
      ? open.map(({ name, reason }) => ({ row: name, why: reason.text }))
      : [{ row: 'cannot tell', why: text.replace(/^Cannot tell: /, '') }]
  },
  say: ({ row, why }) => `${row}: ${why}`,
})

const ONLY_CANDIDATE = rule<AbFacts, { candidate: number; runs: number; reason: string }>({
  code: 'candidate-invalid',
  about:
    'runs of the candidate alone were invalid, or its target died: only those in which it worked are compared',
  effect: 'inconclusive',
  when: (facts) => {
    const { base, candidate } = found(facts, isLost)
    const reason = facts.runs.findLast(isLost)?.reason ?? ''
    return candidate > 0 && base === 0
      ? [{ candidate, runs: of(facts, 'candidate', () => true), reason }]
      : []
  },
  say: ({ candidate, runs, reason }) =>
    `${candidate} of ${plural(runs, 'run')} of the candidate ${candidate === 1 ? 'was' : 'were'} of no use, and none of the base: ${reason}`,
})

const NOT_WORSE = rule<AbFacts, { what: string }>({
  code: 'candidate-not-worse',
  about: 'nothing is worse, and no change that matters was overlooked in most rows',
  effect: 'pass',
  when: ({ comparison: { verdict, text } }) =>
    verdict === 'same' || verdict === 'better' ? [{ what: text }] : [],
  say: ({ what }) => what,
})

/** How an A/B test is judged: the first stage that finds something decides. */
export const AB_STAGES: readonly VerdictStage<AbFacts>[] = [
  { decide: [INTERRUPTED] },
  { decide: [INVALID] },
  { decide: [WORSE] },
  { decide: [CANNOT_TELL] },
  { decide: [ONLY_CANDIDATE] },
  { decide: [NOT_WORSE] },
]

/** What should be known of a test, though it decides nothing. */
export const AB_NOTES: readonly VerdictRule<AbFacts>[] = [
  rule({
    code: 'ended-early',
    about: 'the test ended before the last pair, since its answer was there',
    effect: 'note',
    when: ({ end, counted, pairs }: AbFacts) =>
      end === 'done' && counted < pairs ? [{ counted, pairs }] : [],
    say: ({ counted, pairs }) => `ended after ${counted} of ${pairs} pairs: more would not change the answer`,
  }),
  rule({
    code: 'places-cut',
    about: `a metric has more than ${MAX_PLACES} places, and only those with most samples are compared`,
    effect: 'note',
    when: ({ comparison: { cut } }: AbFacts) =>
      Object.entries(cut).map(([metric, left]) => ({ metric, left })),
    say: ({ metric, left }) => cutText(metric, left),
  }),
  rule({
    code: 'pairs-anew',
    about: 'pairs were made anew, because a run of them was invalid',
    effect: 'note',
    when: (facts: AbFacts) => {
      const invalid = found(facts, isInvalid)
      return facts.end === 'done' && any(invalid) ? [invalid] : []
    },
    say: ({ base, candidate }) =>
      `pairs were made anew: ${plural(base, 'run')} of the base and ${candidate} of the candidate were invalid`,
  }),
  rule({
    code: 'runs-failed',
    about: 'runs failed by their own verdict; they are compared like all others',
    effect: 'note',
    when: (facts: AbFacts) => {
      const failed = found(facts, isFailed)
      const reason = facts.runs.findLast(isFailed)?.reason ?? ''
      return any(failed) ? [{ ...failed, reason }] : []
    },
    say: ({ base, candidate, reason }) =>
      `${plural(base, 'run')} of the base and ${candidate} of the candidate failed: ${reason}`,
  }),
  rule({
    code: 'ab-machine-busy',
    about: `the machine had no CPU left for more than ${share(PAIR_LIMITS.busy)} of the judged time of some runs`,
    effect: 'note',
    when: (facts: AbFacts) => {
      const busy = found(facts, isBusy)
      const most = Math.max(...facts.runs.map(({ full = 0 }) => full))
      const runs = sum([busy.base, busy.candidate])
      return runs > 0 ? [{ ...busy, most }] : []
    },
    say: ({ base, candidate, most }) =>
      `the machine was busy in ${plural(base, 'run')} of the base and ${candidate} of the candidate, up to ${share(most)} of the time`,
  }),
]
