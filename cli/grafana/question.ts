import type { DataSource } from './schema.ts'

/** What is asked of a run's metrics, by k6's own names, whatever a database calls them. */
export type Measure =
  /** A Counter per second. */
  | { readonly ask: 'rate'; readonly metric: string }
  /** A Counter's sum over the time that is shown. */
  | { readonly ask: 'total'; readonly metric: string }
  /** A quantile (0 to 1, or a variable) of a Trend: seconds for times, bytes for data. */
  | { readonly ask: 'quantile'; readonly metric: string; readonly q: number | string }
  /** How many samples of a Trend there were per second. */
  | { readonly ask: 'samples'; readonly metric: string }
  /** The mean of a Trend. */
  | { readonly ask: 'mean'; readonly metric: string }
  /** The share (0 to 1) of yes in a Rate, from its counters, never from its gauge. */
  | { readonly ask: 'share'; readonly metric: string }
  /** A Gauge, summed over instances. */
  | { readonly ask: 'level'; readonly metric: string }
  /** VUs that were in an iteration, by Little's law: the sum of iterations' times per second. */
  | { readonly ask: 'busy' }
  /** How a Trend is distributed over time, for a heatmap. */
  | { readonly ask: 'buckets'; readonly metric: string }

/** A measure, of which run, divided by which labels. */
export type Question = Measure & {
  /** Labels that it is divided by; none for one line. */
  readonly by?: readonly string[]
  /** Only series with these values of labels: a text, or a variable (`$journey`, which may be any of several). */
  readonly where?: Readonly<Record<string, string>>
  /** `time`: a curve. `run`: one value for all the time that is shown. */
  readonly over: 'time' | 'run'
  /** The variable that names the run; `$testid` unless told; '' for every run. */
  readonly run?: string
  /**
   * With `over: 'run'`, a variable with the Unix time at which the run had ended: all of the run is looked at then, a
   * day at most, whatever time is shown.
   */
  readonly ended?: string
  /** In PromQL: only runs that this vector has, by its label `testid`. */
  readonly among?: string
  /** A variable with seconds by which an earlier run is moved, so that both begin together. */
  readonly shift?: string
  /** What a line is called, with labels as `{{journey}}`; the values of `by` unless told. */
  readonly legend?: string
}

/** The namings of k6's metrics, each with a folder under `grafana/dashboards`. */
export const NAMINGS = ['native', 'classic', 'otel', 'influxdb'] as const

/** One naming of k6's metrics, and the language in which it is asked. */
export interface Dialect {
  readonly name: (typeof NAMINGS)[number]
  /** In words, for the titles of dashboards. */
  readonly title: string
  readonly language: 'promql' | 'influxql'
  readonly datasource: DataSource
  /** The query for a question; undefined where this naming cannot answer it. */
  ask(question: Question): string | undefined
  /** The query of a variable that lists the values of a label, those of `where` alone. */
  values(label: string, where?: Readonly<Record<string, string>>): string
}
