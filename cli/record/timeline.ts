import type { Signal } from './signals.ts'

/** A figure for each window; null where nothing was measured in it. */
export type Curve = readonly (number | null)[]

/** Something that is done again and again, window by window: counts, and quantiles of its Trend, in ms where it is of times. */
export interface TimeCurves {
  readonly count: Curve
  readonly failed: Curve
  readonly p50: Curve
  readonly p95: Curve
  readonly p99: Curve
}

/** How often a time lay in which bucket, window by window. */
export interface Heatmap {
  /** Upper bounds of the rows, milliseconds, ascending; neighbours differ by one bucket of the schema. */
  readonly bounds: readonly number[]
  /** For each window, for each bound, how many. */
  readonly counts: readonly (readonly number[])[]
}

/** One step of a journey: its own time (k6's group_duration), the requests in it, its heatmap. */
export interface StepCurves {
  readonly journey: string
  readonly step: string
  readonly time: TimeCurves
  readonly heatmap: Heatmap
}

/** What scripts did beside HTTP requests. */
export interface SignalCurves {
  readonly signal: Signal
  readonly curves: TimeCurves
}

/** A run over time, in windows of equal length, over all instances: what charts are drawn from. */
export interface Timeline {
  /** Seconds that a window is long. */
  readonly window: number
  /** When each window starts, seconds since 1970, ascending and without a gap. */
  readonly at: readonly number[]
  /** All HTTP requests. */
  readonly requests: TimeCurves
  /** Whatever else was seen that scripts do, in the order of the table of signals. */
  readonly others: readonly SignalCurves[]
  readonly iterations: Curve
  readonly dropped: Curve
  readonly checks: Curve
  readonly failedChecks: Curve
  /** The last value in each window, summed over instances. */
  readonly vus: Curve
  readonly vusMax: Curve
  /** Journeys started and failed, and their time without think time. */
  readonly journeys: readonly {
    readonly journey: string
    readonly started: Curve
    readonly time: TimeCurves
  }[]
  readonly steps: readonly StepCurves[]
  /** The author's own metrics: a Counter's increase, a Gauge's value, a Trend's p95 in k6's unit (ms for times), by window. */
  readonly own: readonly {
    readonly metric: string
    readonly kind: 'counter' | 'gauge' | 'trend'
    readonly values: Curve
  }[]
}
