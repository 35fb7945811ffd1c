import { FAILED_CHECKS, FAILED_SHARES, type Better, type MeasuredRun } from '../../record/index.ts'
import type { RowSubject } from './row.ts'

/** Which way is better: of times and failures it is known, of an author's own metrics as far as thresholds say it. */
export function betterOf(
  { metric, unit, quantity }: RowSubject,
  { better = {} }: Pick<MeasuredRun, 'better'> = {},
): Better | undefined {
  if (quantity === 'per second') return 'higher'
  const isKnown =
    unit === 'ms' || [...FAILED_SHARES, FAILED_CHECKS].includes(metric) || metric.startsWith('browser_')
  return isKnown ? 'lower' : better[metric]
}
