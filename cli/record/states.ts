import type { Mutable } from '../base/index.ts'
import type { Change, Identity } from './changes.ts'
import { counters, histograms } from './cumulative.ts'
import {
  hasLost,
  type Histogram,
  type Labels,
  type OwnHistogram,
  type Point,
  type Pushed,
} from '../prometheus/index.ts'
import { fell, instanceOf } from './restarts.ts'
import { advance, regain, type JournalSegment, whole } from './segments.ts'

interface Seen extends Identity {
  /** When its last sample was taken, ms since 1970. */
  readonly last: number
}

/** A recorded series under its Prometheus name: what it holds since the run began, over all restarts. */
export type Recorded = Seen &
  (
    | { readonly kind: 'counter'; readonly total: number }
    | { readonly kind: 'gauge'; readonly value: number }
    | { readonly kind: 'histogram'; readonly histogram: Histogram }
  )

/** What is kept of a series. */
export interface SeriesState {
  readonly identity: Mutable<Identity>
  readonly counter: JournalSegment<number>[]
  gauge: Point<number> | undefined
  readonly histogram: JournalSegment<Histogram, OwnHistogram>[]
  /** When k6 said that it sends no more. */
  ended: number
  /** How often its k6 had started again when its last point came. */
  restarts: number
}

/** A series of which nothing is known yet. */
export function empty(name: string, labels: Labels): SeriesState {
  return {
    identity: { name, labels, instance: instanceOf(labels), first: Infinity },
    counter: [],
    gauge: undefined,
    histogram: [],
    ended: Infinity,
    restarts: 0,
  }
}

/**
 * Whether a point after all others lacks what they had. Trap: of a k6 that was killed in its first second or two, the
 * next one may have more of everything in its first push.
 */
export function startedAgain({ identity: { name }, counter, histogram }: SeriesState, sent: Pushed): boolean {
  const count = counter.at(-1)
  const times = histogram.at(-1)
  return (
    sent.samples.some(({ at, value }) => count && at > count.last && fell(name, value, count.value)) ||
    // No script can take a value out of a Trend.
    sent.histograms.some(({ at, value }) => times && at > times.last && hasLost(value, times.value))
  )
}

/** Takes in what was sent of a series whose k6 has started again so often; adds what it changed to `changes`. */
export function takePushed(
  state: SeriesState,
  { samples, histograms: sent }: Pushed,
  restarts: number,
  changes: Change[],
): void {
  for (const point of sent) {
    const increase = advance(state.histogram, point, histograms, see(state, point.at, restarts))
    if (increase) changes.push({ series: state.identity, kind: 'histogram', ...increase })
  }
  for (const point of samples) {
    const { at, value } = point
    // NaN is Prometheus' stale marker (k6 itself refuses to record one): its k6 sends no more of this series.
    if (Number.isNaN(value)) state.ended = at
    else if (state.identity.name.endsWith('_total')) {
      const increase = advance(state.counter, point, counters, see(state, at, restarts))
      if (increase) changes.push({ series: state.identity, kind: 'counter', ...increase })
    } else {
      see(state, at, restarts)
      if (state.gauge && at < state.gauge.at) continue
      state.gauge = { at, value }
      changes.push({ series: state.identity, kind: 'gauge', at, value })
    }
  }
}

/** Notes a point's time, and tells whether the series begins anew with it. */
function see(state: SeriesState, at: number, restarts: number): boolean {
  const anew = state.restarts !== restarts || at > state.ended
  state.restarts = restarts
  if (at > state.ended) state.ended = Infinity
  state.identity.first = Math.min(state.identity.first, at)
  return anew
}

/** Takes in what another reader of the series has found. */
export function retake(state: SeriesState, change: Change): void {
  if (change.kind === 'counter') regain(state.counter, change, counters)
  else if (change.kind === 'histogram') regain(state.histogram, change, histograms)
  else if (!state.gauge || change.at >= state.gauge.at) {
    state.gauge = { at: change.at, value: change.value }
  }
}

/** What a series holds: one kind of value, or none yet. */
export function recordedSeries({ identity, counter, gauge, histogram }: SeriesState): Recorded[] {
  const seen = (last = 0): Seen => ({ ...identity, last })
  const total = whole(counter, counters)
  const distribution = whole(histogram, histograms)
  const found: Recorded[] = []
  if (total !== undefined) found.push({ ...seen(counter.at(-1)?.last), kind: 'counter', total })
  if (gauge) found.push({ ...seen(gauge.at), kind: 'gauge', value: gauge.value })
  if (distribution)
    found.push({ ...seen(histogram.at(-1)?.last), kind: 'histogram', histogram: distribution })
  return found
}
