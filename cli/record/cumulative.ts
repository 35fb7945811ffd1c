import { increase, merge, type Histogram } from '../prometheus/index.ts'
import type { Cumulative } from './segments.ts'

/** Counters add. */
export const counters: Cumulative<number> = {
  increase: (later, earlier) => (later < earlier ? undefined : later - earlier),
  isNothing: (value) => value === 0,
  add: (a, b) => a + b,
}

/** Histograms merge. */
export const histograms: Cumulative<Histogram> = {
  increase,
  isNothing: ({ count }) => count === 0,
  add: merge,
}
