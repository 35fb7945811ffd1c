import type { Change, Identity } from './changes.ts'
import type { Labels, Pushed } from '../prometheus/index.ts'
import { groupedBy } from './derived.ts'
import { instanceOf } from './restarts.ts'
import {
  empty,
  type Recorded,
  recordedSeries,
  retake,
  startedAgain,
  type SeriesState,
  takePushed,
} from './states.ts'

export type { Recorded } from './states.ts'

/** The state of every series that was pushed. */
export interface Store {
  /**
   * Takes a push in, and gives what it changed; pushes may come late, twice, or from several instances (a label tells
   * them apart).
   */
  add(pushed: readonly Pushed[]): Change[]
  /** The series of that name and labels, made if need be, with a sample at `first` (ms). */
  open(name: string, labels: Labels, first: number): Identity
  /** Takes in what `add` of another store gave, of a series that this one has opened. */
  replay(change: Change): void
  /** Every series as it stands, in the order of its first push. */
  series(): readonly Recorded[]
  /** How many series there are. */
  readonly size: number
  /** How often the k6 that sends series of these labels began anew. */
  restarts(labels: Labels): number
  /** Names under which a push had two series of the same labels: two metrics share them, and neither can be told. */
  shared(): readonly string[]
}

/** k6's own run tag for the feature that sends histograms: it is on every series and says nothing of it. */
const FEATURE = 'k6_feature_native_histograms'

/**
 * An empty store. Trap: k6's names alone tell kinds apart, so a Gauge named `…_total` is kept as a counter.
 */
export function createStore(): Store {
  const states = new Map<string, SeriesState>()
  const known = new Map<Identity, SeriesState>()
  const restarts = new Map<string, number>()
  const shared = new Set<SeriesState>()
  /** Read far more often than it changes, once a run has ended. */
  let snapshot: readonly Recorded[] | undefined
  const restartsOf = (instance: string): number => restarts.get(instance) ?? 0
  /** By the labels' own object, which a decoder gives again with each push of a series. */
  const byLabels = new WeakMap<Labels, SeriesState>()
  const stateOf = (name: string, labels: Labels): SeriesState => {
    const before = byLabels.get(labels)
    if (before?.identity.name === name) return before
    const state = stateBy(name, labels)
    byLabels.set(labels, state)
    return state
  }
  const stateBy = (name: string, labels: Labels): SeriesState => {
    const sorted = Object.entries(labels)
      .filter(([label]) => label !== FEATURE)
      .sort(([a], [b]) => (a < b ? -1 : 1))
    const key = JSON.stringify([name, sorted])
    const found = states.get(key)
    if (found) return found
    const state = empty(name, Object.fromEntries(sorted))
    state.restarts = restartsOf(state.identity.instance)
    states.set(key, state)
    known.set(state.identity, state)
    return state
  }
  return {
    add(pushed) {
      snapshot = undefined
      const found = pushed.map(({ name, labels }) => stateOf(name, labels))
      // Two metrics of one name in a push (a time trend `wait`, and `wait_seconds`) are no restart of either.
      const seen = new Set<SeriesState>()
      for (const state of found) (seen.has(state) ? shared : seen).add(state)
      const anew = new Set<string>()
      found.forEach((state, index) => {
        const one = pushed[index]
        if (one && !shared.has(state) && startedAgain(state, one)) anew.add(state.identity.instance)
      })
      for (const instance of anew) restarts.set(instance, restartsOf(instance) + 1)
      const changes: Change[] = []
      found.forEach((state, index) => {
        const one = pushed[index]
        if (one) takePushed(state, one, restartsOf(state.identity.instance), changes)
      })
      return changes
    },
    open(name, labels, first) {
      snapshot = undefined
      const { identity } = stateOf(name, labels)
      identity.first = Math.min(identity.first, first)
      return identity
    },
    replay(change) {
      snapshot = undefined
      const state = known.get(change.series)
      if (state) retake(state, change)
    },
    get size() {
      return states.size
    },
    restarts: (labels) => restartsOf(instanceOf(labels)),
    shared: () => [...new Set([...shared].map(({ identity }) => identity.name))],
    series: () => (snapshot ??= [...states.values()].flatMap(recordedSeries)),
  }
}

/** A view of a store: the series that have one value of a label. */
function viewBy(label: string): (store: Store, value: string) => Store {
  const groups = groupedBy(({ labels }) => labels[label] ?? '')
  return (store, value) => ({ ...store, series: () => groups(store.series()).get(value) ?? NONE })
}

const NONE: readonly never[] = []

/** The series that one of several k6 has pushed. */
export const storeOfInstance = viewBy('instance_id')
/** The series of one of several regions. */
export const storeOfRegion = viewBy('region')
