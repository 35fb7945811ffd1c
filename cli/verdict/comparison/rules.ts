import { number, share } from '../../base/index.ts'
import type { Better, Bursts, Reason, Values } from '../../record/index.ts'
import type { Expected } from './expected.ts'
import { LIMITS } from './limits.ts'
import type { RowUnit, RowVerdict } from './row.ts'
import { judgedBy, rowRule, type RowRule, type RowRuleRow } from './rowRule.ts'
import { changeText, sizeText } from './words.ts'

/** What the verdict on a row is made of. */
export interface RowFacts {
  readonly unit: RowUnit
  /** In which of both it was measured at all. */
  readonly inBase: boolean
  readonly inCandidate: boolean
  /** Conditions that are not those of the baseline. */
  readonly differing: readonly string[]
  /** The candidate is a run that does not measure the target. */
  readonly isInvalid: boolean
  /** Comparable runs that have the row, and those of them that have samples enough. */
  readonly comparable: number
  readonly runs: number
  readonly samples: number
  readonly needed: number
  /** What every run of the baseline has; undefined where another row speaks for the place, or they do not have it all. */
  readonly expected: Expected | undefined
  readonly base: number
  readonly change: number
  readonly limit: number
  /** It changed by more than noise, and than what matters at all. */
  readonly isOutside: boolean
  readonly detectable: number
  /** It changed, no ratio can be taken of it, and nobody knows which difference of its unit matters. */
  readonly isUnscaled: boolean
  /** It is of a region, and no other one is in all of the runs. */
  readonly isBesideNone: boolean
  /** The largest change that may be overlooked where a row is called the same. */
  readonly tolerable: number
  /** The change is small enough a chance, all rows considered; and how many rows those are. */
  readonly isSignificant: boolean
  readonly rows: number
  /** Failures on the side that has more; undefined where it is no share. */
  readonly failures: number | undefined
  /** A share that is beyond chance only if its failures do not come together: how they lie in time, if that is known. */
  readonly burst: Bursts | undefined
  /** Which way is better; undefined where nobody said it. */
  readonly better: Better | undefined
  /** The shares of its time in which the generator's machine was full, where it explains what is slower. */
  readonly busier: { readonly base: number | undefined; readonly candidate: number } | undefined
}

const rule = <Found extends Values<Found>>(row: RowRuleRow<RowFacts, Found>): RowRule<RowFacts> =>
  rowRule(row)

const isFound = (facts: RowFacts): boolean => facts.isOutside && facts.isSignificant
const isWorse = ({ change, better }: RowFacts): boolean => (better === 'lower' ? change > 0 : change < 0)

interface Moved {
  change: string
  limit: string
}
const moved = ({ change, limit, unit, base }: RowFacts): Moved => ({
  change: changeText(change, unit, base),
  limit: sizeText(limit, unit, base),
})

/** How failures lie in time, for a sentence. */
function lieText({ dispersion, within }: Bursts): string {
  if (dispersion === undefined) return 'it is not known when the failures came'
  return `most failures came ${within === undefined ? 'in one of two runs' : `within ${number(within)} s`}`
}

/** How a row is judged: the first rule that finds something decides. */
export const ROW_RULES: readonly RowRule<RowFacts>[] = [
  rule({
    code: 'only-in-candidate',
    about: 'no run of the baseline has it',
    verdict: 'cannot tell',
    when: ({ inBase }) => (inBase ? undefined : {}),
    say: () => 'no run of the baseline has it',
  }),
  rule({
    code: 'not-measured',
    about:
      'the candidate does not have it, and every run of a baseline of enough runs has. A step that was renamed or removed is so once: `baseline set --run` takes the run in as the new level',
    verdict: 'cannot tell',
    when: ({ inCandidate, expected, differing, isInvalid }) =>
      !inCandidate && expected && differing.length === 0 && !isInvalid ? { runs: expected.runs } : undefined,
    say: ({ runs }) => `it was not measured, and each of ${runs} runs of the baseline has it`,
  }),
  rule({
    code: 'only-in-baseline',
    about: 'the candidate does not have it',
    verdict: 'cannot tell',
    when: ({ inCandidate }) => (inCandidate ? undefined : {}),
    say: () => 'the candidate does not have it',
  }),
  rule({
    code: 'conditions-differ',
    about: 'the runs are not comparable: suite, load, profile, environment, target, k6 or machine differ',
    verdict: 'cannot tell',
    when: ({ differing }) => (differing.length > 0 ? { conditions: differing } : undefined),
    say: ({ conditions }) => `the runs are not comparable: they differ in ${conditions.join(', ')}`,
  }),
  rule({
    code: 'candidate-invalid',
    about: 'the candidate is invalid: it does not measure the target',
    verdict: 'cannot tell',
    when: ({ isInvalid }) => (isInvalid ? {} : undefined),
    say: () => 'the candidate is invalid: it does not measure the target',
  }),
  rule({
    code: 'insufficient-baseline',
    about: `fewer than ${LIMITS.runs} comparable runs tell nothing of noise`,
    verdict: 'cannot tell',
    when: ({ comparable }) =>
      comparable < LIMITS.runs ? { runs: comparable, needed: LIMITS.runs } : undefined,
    say: ({ runs, needed }) =>
      `${runs === 1 ? '1 comparable run does' : `${runs} comparable runs do`} not tell how large noise is: ${needed} are needed`,
  }),
  rule({
    code: 'fewer-samples',
    about:
      'the candidate has too few samples, and far fewer than any run of the baseline, all of which have enough',
    verdict: 'cannot tell',
    when: ({ samples, needed, expected }) =>
      expected && samples < needed && samples < LIMITS.fewer * expected.least
        ? { samples, needed, least: expected.least }
        : undefined,
    say: ({ samples, needed, least }) =>
      `${samples} samples are too few: ${needed} are needed, and each run of the baseline has ${least} or more`,
  }),
  rule({
    code: 'few-samples',
    about: 'the candidate, or too many runs of the baseline, have too few samples in the phase',
    verdict: 'cannot tell',
    when: ({ samples, needed, runs }) =>
      samples < needed || runs < LIMITS.runs ? { samples, needed, runs } : undefined,
    say: ({ samples, needed, runs }) =>
      samples < needed
        ? `${samples} samples are too few: ${needed} are needed`
        : `only ${runs} runs of the baseline have the ${needed} samples that are needed`,
  }),
  rule({
    code: 'no-other-region',
    about: 'a region is judged beside the others, and no other one has samples enough in all of the runs',
    verdict: 'cannot tell',
    when: ({ isBesideNone }) => (isBesideNone ? {} : undefined),
    say: () => 'no other region has samples enough in all of the runs to stand beside it',
  }),
  rule({
    code: 'machine-busy',
    about:
      'it is worse, but the machine that made the load had no CPU left, for half of the time or more often than before',
    verdict: 'cannot tell',
    when: (facts) =>
      facts.isOutside && facts.busier && facts.better !== undefined && isWorse(facts)
        ? { ...moved(facts), ...facts.busier }
        : undefined,
    say: ({ change, base, candidate }) =>
      `${change}, but the machine that made the load had no CPU left for ${share(candidate)} of the time, before for ${base === undefined ? 'an unknown part' : share(base)}. If the candidate itself used it, loadwright ab tells`,
  }),
  rule({
    code: 'few-failures',
    about: `fewer than ${LIMITS.failures} failures are no change of a share, however few there were before`,
    verdict: 'cannot tell',
    when: (facts) =>
      (facts.isOutside || facts.burst) && facts.failures !== undefined && facts.failures < LIMITS.failures
        ? { failures: facts.failures, needed: LIMITS.failures }
        : undefined,
    say: ({ failures, needed }) => `${failures} failures are too few: ${needed} are needed`,
  }),
  rule({
    code: 'failures-together',
    about:
      'more failed than before, but the failures came together, or it is not known if they did: they may be one event. Another run tells',
    verdict: 'cannot tell',
    when: (facts) =>
      facts.burst && !isFound(facts) && (facts.better === undefined || isWorse(facts))
        ? { change: moved(facts).change, lie: lieText(facts.burst) }
        : undefined,
    say: ({ change, lie }) => `${change}, but ${lie}, and may be one event: run again`,
  }),
  rule({
    code: 'no-ratio',
    about:
      'an own metric is 0 in a run, so that no ratio can be taken, and which difference matters is not known',
    verdict: 'cannot tell',
    when: ({ isUnscaled }) => (isUnscaled ? {} : undefined),
    say: () => 'it is 0 in a run, so that no ratio can be taken',
  }),
  rule({
    code: 'one-of-many',
    about: 'outside the band, but of so many rows one is so by chance; another run tells',
    verdict: 'cannot tell',
    when: (facts) =>
      facts.isOutside && !facts.isSignificant ? { ...moved(facts), rows: facts.rows } : undefined,
    say: ({ change, limit, rows }) =>
      `${change} is more than ${limit}, but of ${rows} rows one may be so by chance: run again`,
  }),
  rule({
    code: 'rate-without-direction',
    about:
      'an own rate changed, and nobody said which way is better: a threshold on it does, `rate<0.01` or `rate>0.99`',
    verdict: 'cannot tell',
    when: (facts) =>
      isFound(facts) && facts.better === undefined && facts.unit === 'share' ? moved(facts) : undefined,
    say: ({ change, limit }) =>
      `${change} is more than ${limit}, and nobody said which way is better: give it a threshold, such as rate<0.01`,
  }),
  rule({
    code: 'no-direction',
    about: 'it changed, and nobody said which way is better',
    verdict: 'cannot tell',
    when: (facts) => (isFound(facts) && facts.better === undefined ? moved(facts) : undefined),
    say: ({ change, limit }) => `${change} is more than ${limit}; which way is better, nobody said`,
  }),
  rule({
    code: 'worse',
    about: 'it changed for the worse by more than noise and than the practical floor',
    verdict: 'worse',
    when: (facts) => (isFound(facts) && isWorse(facts) ? moved(facts) : undefined),
    say: ({ change, limit }) => `${change} is more than ${limit}`,
  }),
  rule({
    code: 'better',
    about: 'it changed for the better by more than noise and than the practical floor',
    verdict: 'better',
    when: (facts) => (isFound(facts) ? moved(facts) : undefined),
    say: ({ change, limit }) => `${change} is more than ${limit}`,
  }),
  rule({
    code: 'too-noisy',
    about: 'no change was found, but one that matters might have been overlooked',
    verdict: 'cannot tell',
    when: ({ detectable, tolerable, unit, base }) =>
      detectable > tolerable ? { detectable: sizeText(detectable, unit, base) } : undefined,
    say: ({ detectable }) => `only a change of ${detectable} or more would be found: noise is too large`,
  }),
  rule({
    code: 'within-limits',
    about: 'the change lies within noise, or below the practical floor',
    verdict: 'same',
    when: moved,
    say: ({ change, limit }) => `${change} is not more than ${limit}`,
  }),
]

/** The verdict on a row, and why. */
export const judgeRow = (facts: RowFacts): { verdict: RowVerdict; reason: Reason } =>
  judgedBy(ROW_RULES, facts)
