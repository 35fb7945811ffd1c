import type { Options } from 'k6/options'
import type { K6_METRICS, MetricKind, PROTOCOL_METRICS } from '../config/thresholds/metricKinds.ts'
import type { Thresholds } from '../config/thresholds/thresholds.ts'
import type { CATALOG } from './catalog.ts'
import type { Metrics } from './metrics.ts'
import type { Scenarios } from './scenario.ts'

type KindsOf<M> =
  M extends Metrics<infer Prefix, infer T>
    ? { [Name in keyof T & string as `${Prefix}_${Name}`]: T[Name]['kind'] }
    : never
type Together<U> = (U extends unknown ? (part: U) => void : never) extends (whole: infer I) => void
  ? I
  : never
type Kinds<M extends readonly unknown[]> = typeof K6_METRICS &
  typeof PROTOCOL_METRICS & {
    [Name in keyof typeof CATALOG]: (typeof CATALOG)[Name]['kind']
  } & ([M[number]] extends [never] ? unknown : Together<KindsOf<M[number]>>)
type Flat<T> = { [K in keyof T]: T[K] }

/** What an author says of a suite. */
export interface SuiteDefinition<M extends readonly Metrics[], Data> {
  /** The suite's file in `dist`, and its name everywhere: letters, digits, dash, underscore. */
  name: string
  /** What they run may want the data that `setup` returns, and no other. */
  scenarios: Scenarios<NoInfer<Data>>
  /** Tables of metrics whose names the thresholds may use. */
  metrics?: M
  /** Judged in the phase that the profile judges, unless a key names a phase. */
  thresholds?: Thresholds<Flat<Kinds<M>> & Record<never, MetricKind>>
  /** Runs once before load; what it returns reaches each journey. */
  setup?: () => Data | Promise<Data>
  /** Runs once after load, with what `setup` returned. */
  teardown?: (data: Data) => void | Promise<void>
  /** Any further option of k6, but scenarios and thresholds. */
  options?: Omit<Options, 'scenarios' | 'thresholds' | 'vus' | 'duration' | 'iterations' | 'stages'>
}

/** A runnable test: k6's default function with the exports that k6 looks for. */
export interface Suite {
  (shared?: unknown): unknown
  options: Options
  setup: () => Promise<unknown>
  teardown: (shared: unknown) => unknown
  /** k6's own text is printed, with a warning for each threshold that had nothing to judge. */
  handleSummary: (data: unknown) => Record<string, string> | undefined
  /** What its author wrote, for the build. */
  definition: object
}
