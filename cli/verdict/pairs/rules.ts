import { LIMITS } from '../comparison/limits.ts'
import type { Interval } from '../statistics/proportions.ts'
import type { RowUnit } from '../comparison/row.ts'
import { rowRule, type RowRule, type RowRuleRow } from '../comparison/rowRule.ts'
import { changeText, sizeText } from '../comparison/words.ts'
import type { Better, Values } from '../../record/index.ts'
import { PAIR_LIMITS } from './limits.ts'

/** What the verdict on a row of an A/B test is made of. */
export interface PairFacts {
  readonly unit: RowUnit
  readonly judged: boolean
  /** How many pairs there are; in how many runs of each side it was measured, and in how many pairs on both. */
  readonly made: number
  /** Every run of the base has it, with samples enough that none has it by accident. */
  readonly isExpected: boolean
  readonly inBase: number
  readonly inCandidate: number
  readonly pairs: number
  readonly samples: number
  readonly needed: number
  /** All pairs have it, with samples enough in each run. */
  readonly isComplete: boolean
  /** A figure of it is 0, and not the same on both sides: no ratio can be taken. */
  readonly isFlat: boolean
  readonly base: number
  readonly change: number
  readonly limit: number
  /** Where the change lies in 95 of 100 cases. */
  readonly interval: Interval
  /** It changed by more than what matters at all. */
  readonly isOutside: boolean
  /** The chance of it, all rows considered, and the one up to which it is called a change now. */
  readonly chance: number
  readonly level: number
  readonly rows: number
  /** Failures on the side that has more; undefined where it is no share. */
  readonly failures: number | undefined
  /** Which way is better; undefined where nobody said it. */
  readonly better: Better | undefined
  /** The largest change for the worse that a row may hide which is called the same. */
  readonly tolerable: number
}

const rule = <Found extends Values<Found>>(row: RowRuleRow<PairFacts, Found>): RowRule<PairFacts> =>
  rowRule(row)

const isFound = ({ isOutside, chance, level }: PairFacts): boolean => isOutside && chance <= level

/** How far for the worse a change may lie; of what has no direction, how far at all. */
export function worstOf({ low, high }: Interval, better: PairFacts['better']): number {
  if (better === undefined) return Math.max(-low, high)
  return better === 'lower' ? high : -low
}

interface Moved {
  change: string
  from: string
  to: string
}
function moved({ change, interval, unit, base }: PairFacts): Moved {
  const text = (value: number): string => changeText(value, unit, base)
  return { change: text(change), from: text(interval.low), to: text(interval.high) }
}
const movedText = ({ change, from, to }: Moved): string => `${change}, in 95 of 100 cases ${from} to ${to}`

/** How a row of an A/B test is judged: the first rule that finds something decides. */
export const PAIR_RULES: readonly RowRule<PairFacts>[] = [
  rule({
    code: 'only-in-candidate',
    about: 'no run of the base has it',
    verdict: 'cannot tell',
    when: ({ inBase }) => (inBase > 0 ? undefined : {}),
    say: () => 'no run of the base has it',
  }),
  rule({
    code: 'not-measured',
    about: 'a run of the candidate does not have it, and every run of the base has',
    verdict: 'cannot tell',
    when: ({ made, isExpected, inCandidate, judged }) =>
      judged && isExpected && inCandidate < made ? { missing: made - inCandidate, runs: made } : undefined,
    say: ({ missing, runs }) =>
      `${missing} of ${runs} runs of the candidate did not measure it, and each of the base did`,
  }),
  rule({
    code: 'only-in-base',
    about: 'no run of the candidate has it',
    verdict: 'cannot tell',
    when: ({ inCandidate }) => (inCandidate > 0 ? undefined : {}),
    say: () => 'no run of the candidate has it',
  }),
  rule({
    code: 'not-judged',
    about: 'it is of a phase that is not judged, such as the warm-up',
    verdict: 'cannot tell',
    when: ({ judged }) => (judged ? undefined : {}),
    say: () => 'its phase is not judged',
  }),
  rule({
    code: 'few-pairs',
    about: `fewer than ${PAIR_LIMITS.least} pairs tell nothing of noise`,
    verdict: 'cannot tell',
    when: ({ pairs }) => (pairs < PAIR_LIMITS.least ? { pairs, needed: PAIR_LIMITS.least } : undefined),
    say: ({ pairs, needed }) =>
      `${pairs === 1 ? '1 pair that has it does' : `${pairs} pairs that have it do`} not tell how large noise is: ${needed} are needed`,
  }),
  rule({
    code: 'few-samples',
    about: 'a run has too few samples of it in the phase, or all together have',
    verdict: 'cannot tell',
    when: ({ isComplete, samples, needed }) => (isComplete ? undefined : { samples, needed }),
    say: ({ samples, needed }) =>
      samples < needed
        ? `${samples} samples of all pairs are too few: ${needed} are needed`
        : `not every run has the ${Math.ceil(needed / LIMITS.beyond)} samples that are needed`,
  }),
  rule({
    code: 'no-ratio',
    about: 'it is 0 in a run, so that no ratio can be taken',
    verdict: 'cannot tell',
    when: ({ isFlat }) => (isFlat ? {} : undefined),
    say: () => 'it is 0 in a run, so that no ratio can be taken',
  }),
  rule({
    code: 'few-failures',
    about: `fewer than ${LIMITS.failures} failures are no change of a share`,
    verdict: 'cannot tell',
    when: (facts) =>
      facts.isOutside &&
      facts.chance <= PAIR_LIMITS.open &&
      facts.failures !== undefined &&
      facts.failures < LIMITS.failures
        ? { failures: facts.failures, needed: LIMITS.failures }
        : undefined,
    say: ({ failures, needed }) => `${failures} failures are too few: ${needed} are needed`,
  }),
  rule({
    code: 'no-direction',
    about: 'it changed, and nobody said which way is better',
    verdict: 'cannot tell',
    when: (facts) => (isFound(facts) && facts.better === undefined ? moved(facts) : undefined),
    say: (found) => `${movedText(found)}; which way is better, nobody said`,
  }),
  rule({
    code: 'worse',
    about: 'it changed for the worse by more than noise and than the practical floor',
    verdict: 'worse',
    when: (facts) =>
      isFound(facts) && (facts.better === 'lower' ? facts.change > 0 : facts.change < 0)
        ? moved(facts)
        : undefined,
    say: movedText,
  }),
  rule({
    code: 'better',
    about: 'it changed for the better by more than noise and than the practical floor',
    verdict: 'better',
    when: (facts) => (isFound(facts) ? moved(facts) : undefined),
    say: movedText,
  }),
  rule({
    code: 'one-of-many',
    about: 'it changed by more than the practical floor, but of so many rows one does so by chance',
    verdict: 'cannot tell',
    when: (facts) =>
      facts.isOutside && facts.chance <= PAIR_LIMITS.open ? { ...moved(facts), rows: facts.rows } : undefined,
    say: ({ rows, ...found }) =>
      `${movedText(found)}, but of ${rows} rows one may be so by chance: make more pairs`,
  }),
  rule({
    code: 'too-noisy',
    about: 'no change was found, but one that matters might have been overlooked',
    verdict: 'cannot tell',
    when: ({ interval, better, tolerable, unit, base }) =>
      worstOf(interval, better) > tolerable
        ? {
            from: changeText(interval.low, unit, base),
            to: changeText(interval.high, unit, base),
            tolerable: sizeText(tolerable, unit, base),
          }
        : undefined,
    say: ({ from, to }) => `the change lies between ${from} and ${to}: noise is too large`,
  }),
  rule({
    code: 'within-limits',
    about: 'the change lies within noise, or below the practical floor, and none that matters is hidden',
    verdict: 'same',
    when: moved,
    say: movedText,
  }),
]
