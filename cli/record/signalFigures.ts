import { defined } from '../base/index.ts'
import { mean, quantile } from '../prometheus/index.ts'
import { distribution, inK6sUnit, occurrences } from './query.ts'
import { countersOf, samplesOf, type Part, type Signal } from './signals.ts'
import { sum } from '../../config/sum.ts'
import type { Store } from './store.ts'
import type { Where } from './where.ts'

/** Figures of a Trend: milliseconds where it is of times, else in its own unit. */
export interface TrendFigures {
  p50?: number
  p95?: number
  p99?: number
  mean?: number
}

/** A signal in figures: how many there were, how many of them failed, and its Trend. */
export interface SignalFigures extends TrendFigures {
  signal: string
  count: number
  failed: number
}

/** How many there were of a signal, and how many of them failed. */
export function countsOf(
  store: Store,
  signal: Signal,
  where: Where,
): { readonly count: number; readonly failed: number } {
  const count = (parts: readonly Part[]): number => sum(parts.map((part) => occurrences(store, part, where)))
  return {
    count: count(countersOf(signal)) || count(samplesOf(signal)),
    failed: signal.failed ? occurrences(store, signal.failed, where) : 0,
  }
}

/** The figures of a Trend, and of how many samples they are. */
export function trendOf(
  store: Store,
  trend: string,
  where: Where,
): { readonly count: number; readonly figures: TrendFigures } {
  const values = distribution(store, trend, where)
  if (!values) return { count: 0, figures: {} }
  const at = (q: number): number | undefined => inK6sUnit(values, quantile(values, q))
  const figures = { p50: at(0.5), p95: at(0.95), p99: at(0.99), mean: inK6sUnit(values, mean(values)) }
  return { count: values.count, figures: defined(figures) }
}

/** The figures of those signals that were seen. */
export function signalFigures(store: Store, signals: readonly Signal[], where: Where = {}): SignalFigures[] {
  return signals.flatMap((signal) => {
    const counts = countsOf(store, signal, where)
    if (counts.count === 0) return []
    const { figures = {} } = signal.trend === undefined ? {} : trendOf(store, signal.trend, where)
    return [{ signal: signal.name, ...counts, ...figures }]
  })
}
