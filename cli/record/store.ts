import { type Histogram, merge, restarted } from './histogram.ts'
import type { Labels, Point, Pushed } from './protocol.ts'
import { advance, type Cumulative, type Segment, whole } from './segments.ts'

interface Seen {
  readonly name: string
  readonly labels: Labels
  /** When its first and its last sample were taken, ms since 1970. */
  readonly first: number
  readonly last: number
}

/** A recorded series under its Prometheus name: what it holds since the run began, over all restarts. */
export type Recorded = Seen &
  (
    | { readonly kind: 'counter'; readonly total: number }
    | { readonly kind: 'gauge'; readonly value: number }
    | { readonly kind: 'histogram'; readonly histogram: Histogram }
  )

/** The state of every series that was pushed. */
export interface Store {
  /** Takes a push in; pushes may come late, twice, or from several instances (a label tells them apart). */
  add(pushed: readonly Pushed[]): void
  /** Every series as it stands, in the order of its first push. */
  series(): Recorded[]
}

interface State {
  readonly name: string
  readonly labels: Labels
  counter: readonly Segment<number>[]
  gauge: Segment<number> | undefined
  histogram: readonly Segment<Histogram>[]
}

/** k6's own run tag for the feature that sends histograms: it is on every series and says nothing of it. */
const FEATURE = 'k6_feature_native_histograms'

const numbers: Cumulative<number> = { restarted: (later, earlier) => later < earlier, add: (a, b) => a + b }
const histograms: Cumulative<Histogram> = { restarted, add: merge }

/**
 * An empty store. Trap: k6's names alone tell kinds apart, so a Gauge named `…_total` is kept as a counter.
 */
export function createStore(): Store {
  const states = new Map<string, State>()
  return {
    add(pushed) {
      for (const one of pushed) take(stateOf(states, one), one)
    },
    series: () => [...states.values()].flatMap(recorded),
  }
}

function stateOf(states: Map<string, State>, { name, labels }: Pushed): State {
  const sorted = Object.entries(labels)
    .filter(([label]) => label !== FEATURE)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const key = JSON.stringify([name, sorted])
  const state = states.get(key) ?? {
    ...{ name, labels: Object.fromEntries(sorted) },
    ...{ counter: [], gauge: undefined, histogram: [] },
  }
  states.set(key, state)
  return state
}

function take(state: State, { samples, histograms: sent }: Pushed): void {
  for (const point of samples) {
    // NaN is Prometheus' stale marker (k6 itself refuses to record one).
    if (Number.isNaN(point.value)) continue
    if (state.name.endsWith('_total')) state.counter = advance(state.counter, point, numbers)
    else state.gauge = latest(state.gauge, point)
  }
  for (const point of sent) state.histogram = advance(state.histogram, point, histograms)
}

function latest(known: Segment<number> | undefined, { at, value }: Point<number>): Segment<number> {
  if (!known) return { first: at, last: at, value }
  if (at < known.last) return { ...known, first: Math.min(known.first, at) }
  return { ...known, last: at, value }
}

function recorded({ name, labels, counter, gauge, histogram }: State): Recorded[] {
  const seen = (segments: readonly Segment<unknown>[]): Seen => ({
    ...{ name, labels },
    first: segments[0]?.first ?? 0,
    last: segments.at(-1)?.last ?? 0,
  })
  const total = whole(counter, numbers)
  const distribution = whole(histogram, histograms)
  const found: Recorded[] = []
  if (total !== undefined) found.push({ ...seen(counter), kind: 'counter', total })
  if (gauge) found.push({ ...seen([gauge]), kind: 'gauge', value: gauge.value })
  if (distribution) found.push({ ...seen(histogram), kind: 'histogram', histogram: distribution })
  return found
}
