import { K6_METRICS } from '../../config/thresholds/metricKinds.ts'
import { CATALOG } from '../../lib/catalog.ts'
import type { Labels } from '../prometheus/index.ts'
import type { Identity } from './changes.ts'
import {
  CHECKS,
  ITERATIONS,
  JOURNEYS,
  metricNamesOf,
  countersOf,
  SIGNALS,
  STEPS,
  type Part,
  type Signal,
} from './signals.ts'
import { matches } from './where.ts'

/** The curves that a series adds to, each by a key of its words. */
export type Key = string

/** The key of a curve: `requests`, `requests failed`, `step browse "open home" failed` … */
export function routeKey(...words: readonly string[]): Key {
  return JSON.stringify(words)
}

/** The words of a key. */
export function routeWords(key: Key): string[] {
  return JSON.parse(key) as string[]
}

/** What k6 calls each kind of metric when it pushes it. */
const SUFFIXES = ['_total', '_seconds', '_bytes', '_rate', '']

/** The metrics that are no author's own: k6's, the library's, and those that the table of signals names. */
export const COMMON_METRICS: ReadonlySet<string> = new Set([
  ...Object.keys(K6_METRICS),
  ...Object.keys(CATALOG),
  ...SIGNALS.flatMap(metricNamesOf),
])

const COMMON = new Set(
  [...COMMON_METRICS].flatMap((metric) => SUFFIXES.map((suffix) => `k6_${metric}${suffix}`)),
)

/** The keys of the curves that a series with these labels adds to. */
type Route = (labels: Labels) => Key[]

/** Which curves a series adds to; none for most of k6's own. A Rate has no denominator, so it adds to none. */
export function routerOf(signals: readonly Signal[] = SIGNALS): (series: Identity) => Key[] {
  const routes = new Map<string, Route[]>()
  const add = (metric: string, route: Route): void => {
    // A metric is a Counter, a Gauge or a Trend: k6 pushes it under one of these names.
    for (const suffix of SUFFIXES) {
      const name = `k6_${metric}${suffix}`
      routes.set(name, [...(routes.get(name) ?? []), route])
    }
  }
  for (const [signal, cut, whats] of [...signals.flatMap(curvesOf), ...CURVES])
    for (const what of whats)
      for (const { metric, where } of sourcesOf(signal, what))
        add(metric, (labels) => {
          const whose = matches(labels, where) ? whoseOf(labels, cut) : undefined
          return whose ? [routeKey(...whose, signal.name, what)] : []
        })
  for (const [metric, key] of [
    ['dropped_iterations', 'dropped'],
    ['vus', 'vus'],
    ['vus_max', 'vusMax'],
  ] as const)
    add(metric, () => [routeKey(key)])
  return ({ name, labels }) =>
    routes.get(name)?.flatMap((route) => route(labels)) ??
    (COMMON.has(name) || name.endsWith('_rate') ? [] : [routeKey('own', name)])
}

/** What a curve is of: how many, how many failed, how many began, or their Trend. */
type What = 'count' | 'failed' | 'started' | 'trend'
/** Curves of a signal for the run, or for each journey or step. */
type Curves = readonly [Signal, cut: 'run' | 'journey' | 'step', whats: readonly What[]]

/** The curves of what scripts exchange. A step's own Trend is that of its time. */
const curvesOf = (signal: Signal): Curves[] => [
  [signal, 'run', ['count', 'failed', 'trend']],
  [signal, 'step', ['count', 'failed']],
]

/** The curves of what the library and k6 do themselves. */
const CURVES: readonly Curves[] = [
  [STEPS, 'step', ['trend']],
  [JOURNEYS, 'journey', ['started', 'count', 'failed', 'trend']],
  [ITERATIONS, 'run', ['count']],
  [CHECKS, 'run', ['count', 'failed']],
]

function sourcesOf(signal: Signal, what: What): readonly Part[] {
  if (what === 'count') return countersOf(signal)
  if (what === 'failed') return signal.failed ? [signal.failed] : []
  const metric = signal[what]
  return metric === undefined ? [] : [{ metric }]
}

function whoseOf({ journey, step }: Labels, cut: Curves[1]): string[] | undefined {
  if (cut === 'run') return []
  if (journey === undefined) return undefined
  if (cut === 'journey') return ['journey', journey]
  return step === undefined ? undefined : ['step', journey, step]
}
