import { ITERATIONS, JOURNEYS, OF_REGIONS, othersOf, REQUESTS, SIGNALS, type Signal } from './signals.ts'
import { series, total } from './query.ts'
import { countsOf, signalFigures, trendOf, type SignalFigures, type TrendFigures } from './signalFigures.ts'
import type { Store } from './store.ts'
import type { Where } from './where.ts'

/** The HTTP requests of one region of several, in the judged phases, and all of its iterations; times in ms. */
export interface RegionFigures extends TrendFigures {
  region: string
  iterations: number
  requests: number
  failed: number
  /** What else it did, by signal, journeys among it; iterations where it did nothing of all that. */
  signals?: SignalFigures[]
  /** What became of it beside the other regions, held against the comparable runs before; absent in an invalid run. */
  beside?: {
    readonly verdict: 'better' | 'same' | 'worse' | 'cannot tell'
    /** What changed: `p95 +54 % (412 → 620 ms)`. */
    readonly figures: readonly string[]
  }
}

/** Regions that a record keeps. */
const MAX_REGIONS = 50

/** The regions that k6 tagged their series with (`region`), sorted. */
export function allRegionsIn(store: Store): string[] {
  const iterations = series(store, ITERATIONS.all.metric)
  return [...new Set(iterations.flatMap(({ labels: { region } }) => region ?? []))].sort()
}

/** The same where there are several: one alone has none beside it. */
export function regionsIn(store: Store): string[] {
  const names = allRegionsIn(store)
  return names.length < 2 ? [] : names.slice(0, MAX_REGIONS)
}

/** The figures of each region. */
export function regionsOf(store: Store, judged: readonly string[]): RegionFigures[] {
  const phases: Where = judged.length > 0 ? { phase: [...judged, ''] } : {}
  return regionsIn(store).map((region) => {
    const where = { ...phases, region }
    const { count, failed } = countsOf(store, REQUESTS, where)
    const { figures } = trendOf(store, REQUESTS.trend, where)
    const iterations = total(store, ITERATIONS.all.metric, { region })
    const others = signalFigures(store, [...othersOf(SIGNALS), JOURNEYS], where)
    const signals = others.length > 0 || count > 0 ? others : signalFigures(store, [ITERATIONS], where)
    return {
      region,
      iterations,
      requests: count,
      failed,
      ...figures,
      ...(signals.length > 0 ? { signals } : {}),
    }
  })
}

/** What the regions of a load are judged by beside each other; undefined where there is one. */
export function judgedInRegions(store: Store): (Signal & { readonly trend: string }) | undefined {
  const regions = regionsIn(store)
  if (regions.length === 0) return undefined
  return OF_REGIONS.find(({ trend }) => {
    const found = series(store, trend)
    return regions.every((region) => found.some(({ labels }) => labels.region === region))
  })
}
