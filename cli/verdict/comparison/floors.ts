import { LIMITS } from './limits.ts'
import type { RowSubject } from './row.ts'

/** The least change of a figure that matters, in its unit; undefined where that is not known, as of an own metric's. */
export function leastOf({ metric, unit }: Pick<RowSubject, 'metric' | 'unit'>): number | undefined {
  if (unit === 'ms') return LIMITS.ms
  return metric === 'browser_web_vital_cls' ? LIMITS.cls : undefined
}

/** The same of a figure beside a median: at least a part of that. */
export const floorOf = (subject: Pick<RowSubject, 'metric' | 'unit'>, middle: number): number =>
  Math.max(LIMITS.relative * Math.abs(middle), leastOf(subject) ?? 0)
