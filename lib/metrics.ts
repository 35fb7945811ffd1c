import { Counter, Gauge, Rate, Trend } from './k6.ts'
import type { MetricKind } from '../config/thresholds/metricKinds.ts'
import { iteration } from './iteration.ts'
import { addInPhase, type Added } from './phaseTag.ts'
import { TABLE, type CATALOG, type GROUP_DURATION, type MetricEntry } from './catalog.ts'
import type { TagValue } from './vu.ts'

/** A metric as a table declares it: its kind, meaning, unit and the tags it may carry. */
export interface Declared<
  Kind extends MetricKind = MetricKind,
  By extends string = string,
> extends MetricEntry {
  kind: Kind
  by: readonly By[]
}

interface Details<By extends string> {
  /** `start`: samples carry the phase in which the iteration began, as journeys' own counts do. */
  phaseOf?: 'start'
  /** Names of the tags that samples may carry beside the ambient ones. */
  by?: readonly By[]
}

const declare =
  <Kind extends MetricKind>(kind: Kind) =>
  <const By extends string = never>(
    meaning: string,
    details?: Details<By> & { unit?: string },
    // NoInfer: inside metrics(…) a metric without `by` would otherwise take its tags from there, which are any.
  ): Declared<Kind, NoInfer<By>> => ({ kind, meaning, by: [], ...details })

/** Declares a Counter: what it counts. */
export const counter = /* @__PURE__ */ declare('counter')
/** Declares a Gauge: the last value. */
export const gauge = /* @__PURE__ */ declare('gauge')
/** Declares a Rate: a share of yes among yes and no. */
export const rate = /* @__PURE__ */ declare('rate')
/** Declares a Trend: a distribution; with `unit: 'ms'` it is a time, as k6's own are. */
export const trend = /* @__PURE__ */ declare('trend')

/** Records samples of one metric; a value of a Rate is yes or no. Tags are only those declared with `by`. */
export interface Recorder<Kind extends MetricKind, By extends string> {
  add(
    value: Kind extends 'rate' ? boolean : number,
    ...tags: [By] extends [never] ? [] : [tags?: Readonly<Partial<Record<By, TagValue>>>]
  ): void
}

/** A table of metrics as an author declares it. */
export type Table = Readonly<Record<string, Declared>>

/** A table's recorders, by the names in the table, with what the table declared. */
export type Metrics<Prefix extends string = string, T extends Table = Table> = {
  readonly [Name in keyof T]: Recorder<T[Name]['kind'], T[Name]['by'][number]>
} & { readonly [TABLE]: { prefix: Prefix; table: T } }

/**
 * Declares metrics named `prefix_name` and gives a recorder for each. Init only. A Rate is accompanied by two
 * Counters, `…_nonzero` and `…_zero`, because a Rate's samples cannot be added up across series or time.
 */
export const metrics = <const Prefix extends string, const T extends Table>(
  prefix: Prefix,
  table: T,
): Metrics<Prefix, T> => {
  const recorders: Record<string, unknown> = { [TABLE]: { prefix, table } }
  for (const [name, { kind, unit, phaseOf }] of Object.entries(table)) {
    const recorder = recorderOf(kind, `${prefix}_${name}`, unit)
    recorders[name] = phaseOf
      ? {
          add: (value: number, tags?: Record<string, string>) =>
            addInPhase(iteration?.phase, recorder, value, tags),
        }
      : recorder
  }
  return recorders as unknown as Metrics<Prefix, T>
}

const recorderOf = (kind: MetricKind, name: string, unit: string | undefined): Added => {
  if (kind === 'trend') return new Trend(name, unit === 'ms')
  if (kind !== 'rate') return new { counter: Counter, gauge: Gauge }[kind](name)
  const share = new Rate(name)
  const nonzero = new Counter(`${name}_nonzero`)
  const zero = new Counter(`${name}_zero`)
  return {
    add: (value, tags) => {
      share.add(value, tags)
      ;(value ? nonzero : zero).add(1, tags)
    },
  }
}

type Own = keyof typeof CATALOG

/** The library's own metrics, as {@link CATALOG} lists them. */
export const journeysStarted = new Counter('journeys_started' satisfies Own)
export const journeysCompleted = new Counter('journeys_completed' satisfies Own)
export const journeysFailed = new Counter('journeys_failed' satisfies Own)
export const journeyFailed = new Rate('journey_failed' satisfies Own)
export const journeyDuration = new Trend('journey_duration' satisfies Own, true)
export const stepsCompleted = new Counter('steps_completed' satisfies Own)
export const checksSucceeded = new Counter('checks_succeeded' satisfies Own)
export const checksFailed = new Counter('checks_failed' satisfies Own)
export const tunnelErrors = new Counter('tunnel_errors' satisfies Own)
/** k6's own metric of groups, which steps feed. */
export const groupDuration = new Trend('group_duration' satisfies typeof GROUP_DURATION, true)
