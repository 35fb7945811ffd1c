import type { Histogram } from '../../prometheus/index.ts'
import type { Unit } from '../query.ts'
import type { Verdict } from '../verdicts.ts'

/** Where something was measured, by the tags that it has; no phase is `''`. */
export interface Place {
  readonly journey?: string
  readonly step?: string
  readonly scenario?: string
  readonly request?: string
  readonly check?: string
  /** Where its load came from, of all requests of it. */
  readonly region?: string
  readonly phase: string
}

/** What tells a metric at one place from others. */
export const PLACE_KEYS = [
  'metric',
  'journey',
  'step',
  'scenario',
  'request',
  'check',
  'region',
  'phase',
] as const

type Placed = Readonly<Partial<Record<(typeof PLACE_KEYS)[number], string>>>

/** A metric and its place as a key, equal where both are. */
export const placeKey = (one: Placed): string => JSON.stringify(PLACE_KEYS.map((key) => one[key]))

/** How the part of a share lies in the time of its phase; both are absent where that is not known, or there is none. */
export interface Bursts {
  /** By how much more than chance it varies over that time, at least 1: about how many come together. */
  readonly dispersion?: number
  /** In how many seconds, not all of which follow one another, nine of ten of them came. */
  readonly within?: number
}

/** What was measured of one metric at one place in one phase. */
export type Measurement = Place & { readonly metric: string } & (
    | { readonly kind: 'values'; readonly unit: Unit; readonly values: Histogram }
    /** How many of all: failed ones, or those of a Rate. */
    | ({ readonly kind: 'share'; readonly part: number; readonly of: number } & Bursts)
    /** How many in so many seconds, of a load that is a rate. */
    | { readonly kind: 'pace'; readonly count: number; readonly seconds: number }
  )

/** Which way a metric is better. */
export type Better = 'lower' | 'higher'

/** What must be equal for two runs to be compared, each as a text. */
export interface Conditions {
  readonly suite: string
  readonly profile: string
  readonly environment: string
  readonly target: string
  /** The scenarios as k6 had them, as a hash. */
  readonly load: string
  /** The minor version of k6, `v2.2`. */
  readonly k6: string
  /** The classes of the machines that made the load. */
  readonly generator: string
  readonly instances: string
}

/** A run as it is compared and kept in baselines: what it was, and histograms and counts by place, any quantile of which can be asked. */
export interface MeasuredRun {
  readonly id: string
  readonly startedAt: string
  readonly verdict: Verdict
  readonly conditions: Conditions
  /** Phases that were judged; empty where the run had none. */
  readonly judgedPhases: readonly string[]
  /** What else is told where it differs: settings, versions, rows, the machine, phases; text by name. */
  readonly about: Readonly<Record<string, string>>
  /** The share of the judged time in which the generator's machine had no CPU left, 0 to 1; absent if unknown. */
  readonly full?: number
  /** How many places of a metric were not kept, by the metric: of those with most samples so many are as is allowed; absent where all are. */
  readonly cut?: Readonly<Record<string, number>>
  /** Which way is better of metrics of which thresholds of the run say it: those below a limit lower, above one higher. */
  readonly better?: Readonly<Record<string, Better>>
  readonly measurements: readonly Measurement[]
}
