import type { Place, Reason } from '../../record/index.ts'
import type { Interval } from '../statistics/proportions.ts'

/** What became of a figure. */
export type RowVerdict = 'better' | 'same' | 'worse' | 'cannot tell'

/** Figures of a measurement that are compared: quantiles of a Trend, the share of a Rate, a rate per second. */
export const QUANTILES = { p50: 0.5, p75: 0.75, p95: 0.95, p99: 0.99 } as const

/**
 * Which quantiles of a Trend are compared: a Web Vital is judged by its 75th percentile everywhere. A region's p99 is that of
 * its slowest steps, which have one of their own.
 */
export function quantilesOf({
  metric,
  region,
}: Pick<RowSubject, 'metric' | 'region'>): readonly (keyof typeof QUANTILES)[] {
  if (metric.startsWith('browser_web_vital_')) return ['p50', 'p75']
  return region === undefined ? ['p50', 'p95', 'p99'] : ['p50', 'p95']
}

/** Whether a quantile is the one that speaks for its place. */
export const isTail = (quantity: Quantity): boolean => quantity === 'p95' || quantity === 'p75'

/** Which figure of a metric a row is. */
export type Quantity = keyof typeof QUANTILES | 'share' | 'per second'

/** The unit of a row's figures: milliseconds, bytes, shares from 0 to 1, a rate, or a metric's own unit. */
export type RowUnit = 'ms' | 'bytes' | 'share' | 'per second' | ''

/** Which figure of which metric at which place. */
export interface RowSubject extends Place {
  readonly metric: string
  readonly quantity: Quantity
  readonly unit: RowUnit
}

/** What the courses of both sides say of the change of a p95, in ms. It is shown beside the verdict and is no part of it. */
export interface Evidence {
  /** The Hodges–Lehmann estimate of the p95 of the candidate's blocks less those of the baseline's. */
  readonly shift: number
  /** Where the change lies in 95 of 100 cases, if runs and their blocks are drawn anew. */
  readonly interval?: Interval
}

/** A figure of the baseline beside that of the candidate. */
export interface Row extends RowSubject {
  /** `p95 of place order`. */
  readonly name: string
  /** Its phase is judged: rows of other phases are told, and decide nothing. */
  readonly judged: boolean
  readonly verdict: RowVerdict
  readonly reason: Reason
  /** Comparable runs of the baseline that have it, and the candidate's samples. */
  readonly runs: number
  readonly samples: number
  /** Both have samples enough for the figure to say something. */
  readonly isCounted: boolean
  /** The baseline's median, of shares all of its runs together. */
  readonly base?: number
  readonly candidate?: number
  /** The candidate's figure less the baseline's. */
  readonly change?: number
  /** The standard deviation from run to run; absent where too few runs tell it. */
  readonly noise?: number
  /** The least change that is called one. */
  readonly limit?: number
  /** The smallest change that would be found in 95 of 100 cases. */
  readonly detectable?: number
  /** Where the change lies in 95 of 100 cases; of shares, and of all rows of an A/B test. */
  readonly interval?: Interval
  /** What is told beside the verdict of a p95, where the course of both sides is known. */
  readonly evidence?: Evidence
}
