import { figuresOfRun, isSilent, type Figure } from '../comparison/figures.ts'
import { expectedOf } from '../comparison/expected.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { Proportion } from '../statistics/proportions.ts'
import { failedRuns } from './failedRuns.ts'
import { PAIR_LIMITS } from './limits.ts'
import type { MeasuredPair, PairedFigure } from './pairedFigure.ts'
import type { SideName } from './schedule.ts'

/** Every figure of some pairs, and how many of the runs failed; those of pairs are among them in which the target of a side died. */
export function figuresOfPairs(
  pairs: readonly MeasuredPair[],
  died: readonly SideName[] = [],
): PairedFigure[] {
  const all = pairs.map(({ base, candidate }) => ({
    base: figuresOfRun(base),
    candidate: figuresOfRun(candidate),
  }))
  const judged = new Set(['', ...pairs.flatMap(({ candidate }) => candidate.judgedPhases)])
  const keys = new Set(all.flatMap(({ base, candidate }) => [...base.keys(), ...candidate.keys()]))
  const figures = [...keys].flatMap((key): PairedFigure[] => {
    const found = all.map(({ base, candidate }) => ({ base: base.get(key), candidate: candidate.get(key) }))
    const either = found.flatMap(({ base, candidate }) => [candidate ?? [], base ?? []].flat())
    const subject = either[0]?.subject
    if (subject === undefined || isSilent(either)) return []
    const before = found.flatMap(({ base }) => base ?? [])
    const whole = found.flatMap(({ base, candidate }) => (base && candidate ? [{ base, candidate }] : []))
    return [
      {
        subject,
        judged: judged.has(subject.phase),
        base: whole.map(({ base }) => base),
        candidate: whole.map(({ candidate }) => candidate),
        inBase: before.length,
        inCandidate: found.filter(({ candidate }) => candidate).length,
        isExpected:
          expectedOf(subject, before, { runs: pairs.length, needed: PAIR_LIMITS.least, samples: 0 }) !==
          undefined,
      },
    ]
  })
  const failed = failedRuns(pairs, died)
  return failed ? [...figures, failed] : figures
}

/** What shares of all runs of a side are made of. */
export const proportionsIn = (figures: readonly Figure[]): Proportion[] =>
  figures.flatMap(({ proportion }) => proportion ?? [])

/** Samples of the side that has fewer. */
export const samplesIn = ({ base, candidate }: PairedFigure): number =>
  Math.min(...[base, candidate].map((figures) => figures.reduce((sum, { samples }) => sum + samples, 0)))

/** Samples that a figure needs on each side, in all its runs together. */
export const neededIn = ({ base, candidate }: PairedFigure): number =>
  Math.max(0, ...[...base, ...candidate].map(({ needed }) => needed))

/**
 * Whether all pairs have a figure with samples enough: together what one run would need, and each run the tenth of it,
 * one beyond a quantile. A quantile of so few is crooked, but on both sides alike, and how much it scatters is seen.
 */
export const isComplete = (figure: PairedFigure, pairs: number): boolean =>
  figure.base.length === pairs &&
  samplesIn(figure) >= neededIn(figure) &&
  [...figure.base, ...figure.candidate].every(({ samples, needed }) => samples * LIMITS.beyond >= needed)

/** Whether ratios can be taken of a figure. */
export const isPositive = ({ base, candidate }: PairedFigure): boolean =>
  [...base, ...candidate].every(({ value }) => value > 0)
