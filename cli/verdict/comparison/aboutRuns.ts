import type { MeasuredRun } from '../../record/index.ts'
import { differing } from './differences.ts'
import type { Held } from './held.ts'
import { LIMITS } from './limits.ts'
import type { RowSubject } from './row.ts'
import type { RowFacts } from './rules.ts'

/** What the verdicts on all rows of a comparison depend on. */
export interface AboutRuns extends Pick<RowFacts, 'differing' | 'isInvalid'> {
  /** For which share of the time the machine was full, in the worst run of the baseline and in the candidate, if known. */
  readonly full: { readonly base: number | undefined; readonly candidate: number | undefined }
}

/** What is to be known of a candidate and the runs of its baseline before rows are judged. */
export function aboutRuns(base: readonly MeasuredRun[], candidate: MeasuredRun): AboutRuns {
  const known = base.flatMap(({ full }) => full ?? [])
  return {
    differing: [...new Set(base.flatMap(({ conditions }) => differing(conditions, candidate.conditions)))],
    isInvalid: candidate.verdict === 'invalid',
    full: { base: known.length > 0 ? Math.max(...known) : undefined, candidate: candidate.full },
  }
}

/**
 * Bursts make a tail many times as long; a median that is so long beside the others is no matter of the machine, and neither
 * are so many more failures, which fill it.
 */
const isUnexplained = ({ quantity }: RowSubject, held: Held | undefined): boolean =>
  quantity === 'share'
    ? Math.abs(held?.change ?? 0) >= LIMITS.unexplainedPoints
    : quantity === 'p50' && (held?.times ?? 1) >= LIMITS.unexplained

/** The machine where it explains what is slower: fuller than before, or full, which explains no failures. */
export function busierOf(
  { full }: AboutRuns,
  subject: RowSubject,
  held: Held | undefined,
): RowFacts['busier'] {
  const { base, candidate } = full
  if (candidate === undefined || isUnexplained(subject, held)) return undefined
  const isFuller = base !== undefined && candidate > base + LIMITS.fuller
  return isFuller || (candidate > LIMITS.full && subject.unit !== 'share') ? { base, candidate } : undefined
}
