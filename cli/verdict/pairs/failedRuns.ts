import type { MeasuredRun } from '../../record/index.ts'
import type { Figure } from '../comparison/figures.ts'
import type { RowSubject } from '../comparison/row.ts'
import type { MeasuredPair, PairedFigure } from './pairedFigure.ts'
import type { SideName } from './schedule.ts'

/** The metric of the row that counts runs which failed: by their own verdict, or since the target of their side died. */
export const FAILED_RUNS = 'failed runs'

const SUBJECT: RowSubject = { metric: FAILED_RUNS, quantity: 'share', unit: 'share', phase: '' }

const figureOf = (isFailed: boolean): Figure => {
  const part = isFailed ? 1 : 0
  return { subject: SUBJECT, value: part, samples: 1, needed: 1, proportion: { part, of: 1 } }
}

/** How many runs of each side failed, in pairs that were measured and in those of which the target of one side died; undefined where none did. */
export function failedRuns(
  pairs: readonly MeasuredPair[],
  died: readonly SideName[],
): PairedFigure | undefined {
  const isFailed = ({ verdict }: MeasuredRun): boolean => verdict === 'fail'
  const of = (side: SideName): Figure[] => [
    ...pairs.map((pair) => figureOf(isFailed(pair[side]))),
    ...died.map((one) => figureOf(one === side)),
  ]
  const [base, candidate] = [of('base'), of('candidate')]
  if (![...base, ...candidate].some(({ value }) => value > 0)) return undefined
  return {
    subject: SUBJECT,
    judged: true,
    base,
    candidate,
    inBase: base.length,
    inCandidate: candidate.length,
    isExpected: false,
  }
}

/**
 * The chance that so many more runs of one side fail than of the other, if both fail equally often. It is largest where that
 * is one in two runs (Barnard 1947): then the failed runs of one side, and those of the other that did not fail, are as many
 * as heads of a coin that is thrown once for each run.
 */
export function chanceOfFailedRuns({ base, candidate }: Pick<PairedFigure, 'base' | 'candidate'>): number {
  const failed = (figures: readonly Figure[]): number => figures.filter(({ value }) => value > 0).length
  const [throws, more] = [base.length + candidate.length, Math.abs(failed(base) - failed(candidate))]
  if (more === 0) return 1
  let [chance, tail] = [0.5 ** throws, 0]
  for (let heads = 0; heads <= throws; heads++) {
    if (heads >= throws / 2 + more) tail += chance
    chance *= (throws - heads) / (heads + 1)
  }
  return Math.min(1, 2 * tail)
}
