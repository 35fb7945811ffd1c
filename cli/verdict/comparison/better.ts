import { FAILED_CHECKS } from '../../record/index.ts'
import type { RowSubject } from './row.ts'

/** Which way is better: of times and failures it is known, of an author's own metrics it is not. */
export function betterOf({ metric, unit, quantity }: RowSubject): 'lower' | 'higher' | undefined {
  if (quantity === 'per second') return 'higher'
  const isKnown =
    unit === 'ms' ||
    ['http_req_failed', 'journey_failed', FAILED_CHECKS].includes(metric) ||
    metric.startsWith('browser_')
  return isKnown ? 'lower' : undefined
}
