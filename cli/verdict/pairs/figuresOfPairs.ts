import type { MeasuredRun } from '../../record/index.ts'
import { figuresOfRun, isSilent, type Figure } from '../comparison/figures.ts'
import { LIMITS } from '../comparison/limits.ts'
import type { Proportion } from '../statistics/proportions.ts'
import type { RowSubject } from '../comparison/row.ts'

/** Both runs of a pair, as they were measured. */
export interface MeasuredPair {
  readonly base: MeasuredRun
  readonly candidate: MeasuredRun
}

/** One figure in all pairs that have it on both sides, and in how many it is on either side at all. */
export interface PairedFigure {
  readonly subject: RowSubject
  /** Its phase is judged. */
  readonly judged: boolean
  readonly base: readonly Figure[]
  readonly candidate: readonly Figure[]
  readonly inBase: number
  readonly inCandidate: number
}

/** Every figure of some pairs, and how many of the runs failed. */
export function figuresOfPairs(pairs: readonly MeasuredPair[]): PairedFigure[] {
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
    const whole = found.flatMap(({ base, candidate }) => (base && candidate ? [{ base, candidate }] : []))
    return [
      {
        subject,
        judged: judged.has(subject.phase),
        base: whole.map(({ base }) => base),
        candidate: whole.map(({ candidate }) => candidate),
        inBase: found.filter(({ base }) => base).length,
        inCandidate: found.filter(({ candidate }) => candidate).length,
      },
    ]
  })
  const failed = failedRuns(pairs)
  return failed ? [...figures, failed] : figures
}

/** The metric of the row that counts runs which failed by their own verdict. */
export const FAILED_RUNS = 'failed runs'

function failedRuns(pairs: readonly MeasuredPair[]): PairedFigure | undefined {
  const subject: RowSubject = { metric: FAILED_RUNS, quantity: 'share', unit: 'share', phase: '' }
  const figure = ({ verdict }: MeasuredRun): Figure => {
    const part = verdict === 'fail' ? 1 : 0
    return { subject, value: part, samples: 1, needed: 1, proportion: { part, of: 1 } }
  }
  const base = pairs.map((pair) => figure(pair.base))
  const candidate = pairs.map((pair) => figure(pair.candidate))
  if (![...base, ...candidate].some(({ value }) => value > 0)) return undefined
  return { subject, judged: true, base, candidate, inBase: pairs.length, inCandidate: pairs.length }
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
export const isTold = (figure: PairedFigure, pairs: number): boolean =>
  figure.base.length === pairs &&
  samplesIn(figure) >= neededIn(figure) &&
  [...figure.base, ...figure.candidate].every(({ samples, needed }) => samples * LIMITS.beyond >= needed)

/** Whether ratios can be taken of a figure. */
export const isPositive = ({ base, candidate }: PairedFigure): boolean =>
  [...base, ...candidate].every(({ value }) => value > 0)
