import { plural } from '../../base/index.ts'
import type { Better, MeasuredRun } from '../../record/index.ts'
import { betterOf } from '../comparison/better.ts'
import { namerOf } from '../comparison/compare.ts'
import { cutIn, withoutCut } from '../comparison/cutPlaces.ts'
import type { Row, RowSubject, RowVerdict } from '../comparison/row.ts'
import { judgedBy } from '../comparison/rowRule.ts'
import { isOpen, sortedRows, summaryOf } from '../comparison/summary.ts'
import { FAILED_RUNS } from './failedRuns.ts'
import {
  figuresOfPairs,
  isPositive,
  isComplete,
  neededIn,
  proportionsIn,
  samplesIn,
} from './figuresOfPairs.ts'
import { heldPairs, type HeldPairs } from './heldPairs.ts'
import { PAIR_LIMITS } from './limits.ts'
import type { MeasuredPair, PairedFigure } from './pairedFigure.ts'
import { PAIR_RULES, worstOf } from './rules.ts'
import type { SideName } from './schedule.ts'

/** All pairs of an A/B test so far: the answer, and a row for each figure, those that matter most first. */
export interface PairedComparison {
  readonly verdict: RowVerdict
  /** The answer in a sentence. */
  readonly text: string
  readonly rows: readonly Row[]
  /** No further pair would change the answer: a row is worse, or none hides a change that matters. */
  readonly isEnough: boolean
  /** Places that were not kept, and are not compared, by their metric; of several runs the most. */
  readonly cut: Readonly<Record<string, number>>
}

/**
 * Holds candidate against base over pairs of runs that were made one right after the other: the pair is the unit of
 * replication. `level` is the chance of a wrong finding that may be spent now; 0 where this is no look. `planned` is how many
 * pairs there may be. `died` are further pairs, by the side whose target ended by itself: such a run failed, and no figure of
 * its pair is compared.
 */
export const comparePairs = (
  pairs: readonly MeasuredPair[],
  level: number,
  planned: number = pairs.length,
  died: readonly SideName[] = [],
): PairedComparison => comparisonsOf(pairs, planned, died)(level)

/** The same by level: what does not depend on it is computed once. */
export function comparisonsOf(
  pairs: readonly MeasuredPair[],
  planned: number = pairs.length,
  died: readonly SideName[] = [],
): (level: number) => PairedComparison {
  const cut = cutIn(pairs.flatMap(({ base, candidate }) => [base, candidate]))
  const kept = pairs.map(({ base, candidate }) => ({
    base: withoutCut(base, candidate),
    candidate: withoutCut(candidate, base),
  }))
  const figures = figuresOfPairs(kept, died)
  const heldAt = heldPairs(figures, pairs.length)
  const name = namerOf(figures, { judgedPhases: pairs[0]?.candidate.judgedPhases ?? [] })
  return (level) => {
    const held = heldAt(level)
    const rows = held.filter((one) => one?.chance !== undefined).length
    const judged = figures.map((figure, at) => {
      const of = held[at]
      const better = betterIn(figure.subject, pairs[0]?.candidate)
      const row = rowOf(figure, of, {
        pairs: pairs.length,
        level,
        rows,
        name: nameOf(figure.subject, name),
        better,
      })
      const isCounting = samplesIn(figure) * planned >= neededIn(figure) * pairs.length
      return { row, isSettled: isSettled(row, of, better, isCounting) }
    })
    const all = judged.map(({ row }) => row)
    const { verdict, text } = summaryOf(all)
    const isWorse = verdict === 'worse'
    const isMeasured = pairs.length >= PAIR_LIMITS.least
    return {
      ...(isWorse || isMeasured || died.length === 0
        ? { verdict, text }
        : { verdict: 'cannot tell', text: unmeasuredText(pairs.length) }),
      rows: sortedRows(all),
      // A target that died once may do so again.
      isEnough:
        isWorse ||
        (rows > 0 && isMeasured && !died.includes('candidate') && judged.every((one) => one.isSettled)),
      cut,
    }
  }
}

/** Runs that failed tell nothing of times: without those nothing is the same, or better. */
const unmeasuredText = (pairs: number): string =>
  `Cannot tell: ${plural(pairs, 'pair')} with figures of both sides, and ${PAIR_LIMITS.least} are needed`

const nameOf = (subject: RowSubject, name: (subject: RowSubject) => string): string =>
  subject.metric === FAILED_RUNS ? 'runs that failed' : name(subject)

const betterIn = (subject: RowSubject, run: MeasuredRun | undefined): Better | undefined =>
  subject.metric === FAILED_RUNS ? 'lower' : betterOf(subject, run)

interface AboutRow {
  readonly pairs: number
  readonly level: number
  readonly rows: number
  readonly name: string
  readonly better: Better | undefined
}

function rowOf(figure: PairedFigure, held: HeldPairs | undefined, about: AboutRow): Row {
  const { subject, judged, base, inBase, inCandidate, isExpected } = figure
  const { pairs, level, rows, name, better } = about
  const change = held === undefined ? undefined : held.candidate - held.base
  const interval = held?.interval ?? { low: -Infinity, high: Infinity }
  const isShare = subject.unit === 'share'
  const isOfRuns = subject.metric === FAILED_RUNS
  const told = isOfRuns || isComplete(figure, pairs)
  const { verdict, reason } = judgedBy(PAIR_RULES, {
    unit: subject.unit,
    judged,
    inBase,
    inCandidate,
    made: pairs,
    isExpected,
    pairs: base.length,
    samples: samplesIn(figure),
    needed: neededIn(figure),
    isComplete: told,
    isFlat: !isShare && !isPositive(figure) && !Number.isFinite(interval.high),
    base: held?.base ?? 0,
    change: change ?? 0,
    limit: held?.limit ?? Infinity,
    interval,
    isOutside: held !== undefined && Math.abs(change ?? 0) > held.floor,
    chance: held?.chance ?? 1,
    level,
    rows,
    // A run that failed is no single failure: its own verdict says so.
    failures: isShare && !isOfRuns ? failuresIn(figure) : undefined,
    better,
    tolerable: isShare
      ? PAIR_LIMITS.samePoints
      : Math.max(PAIR_LIMITS.same * (held?.base ?? 0), 3 * (held?.floor ?? 0)),
  })
  const isKnown = base.length >= PAIR_LIMITS.least && Number.isFinite(interval.high)
  return {
    ...subject,
    name,
    judged,
    verdict,
    reason,
    runs: base.length,
    samples: samplesIn(figure),
    isCounted: told,
    ...(held && change !== undefined ? { base: held.base, candidate: held.candidate, change } : {}),
    ...(held && isKnown
      ? { noise: held.noise, limit: held.limit, detectable: held.detectable, interval }
      : {}),
  }
}

/** The failures of the side that has more of them. */
const failuresIn = ({ base, candidate }: PairedFigure): number =>
  Math.max(...[base, candidate].map((side) => proportionsIn(side).reduce((sum, { part }) => sum + part, 0)))

/**
 * Whether more pairs would find nothing that matters in a row: it is better, or the worst that it may be is small. A p99,
 * of few samples, is not waited for, and neither is what nobody judges, nor what has too few samples in all pairs that are
 * planned (`isCounting` is false).
 */
function isSettled(
  row: Row,
  held: HeldPairs | undefined,
  better: AboutRow['better'],
  isCounting: boolean,
): boolean {
  const { judged, isCounted, quantity, unit, metric } = row
  if (!judged || quantity === 'p99' || metric === FAILED_RUNS) return true
  if (!isCounted) return !isCounting
  if (held?.chance === undefined) return true
  if (isOpen(row)) return false
  if (row.verdict === 'better' || better === undefined) return true
  const tolerable =
    unit === 'share' ? PAIR_LIMITS.enoughPoints : Math.max(PAIR_LIMITS.enough * held.base, 2 * held.floor)
  return worstOf(held.interval, better) <= tolerable
}
