import type { Point } from '../prometheus/index.ts'
import type { Cumulative } from './cumulative.ts'

/** A stretch of a cumulative series without a restart: its first and last time (ms), the values there. */
export interface JournalSegment<Value, Own extends Value = Value> {
  first: number
  last: number
  /** At its first time. */
  start: Value
  /** At its last time: the segment's own. */
  value: Own
}

/**
 * Where an increase belongs: to the `latest` segment, to a `new` one after it, or to an `earlier` one, whose point came
 * late.
 */
export type SegmentPlace = 'latest' | 'new' | 'earlier'

/** The increase of a series by one point, and its time. */
export interface Increase<Value> {
  readonly at: number
  readonly place: SegmentPlace
  readonly by: Value
}

const MAX_SEGMENTS = 16

/**
 * Takes one more point, early or late, into segments (ascending, apart in time), and gives what it added, if anything;
 * `anew` where it is known that the series began again. Trap: a series that restarted and passed its old value unseen
 * looks like one that only grew.
 */
export function advance<Value, Own extends Value>(
  segments: JournalSegment<Value, Own>[],
  { at, value }: Point<Value>,
  how: Cumulative<Value, Own>,
  anew = false,
): Increase<Value> | undefined {
  const next = segments.findIndex(({ last }) => last > at)
  const place = next < 0 ? segments.length : next
  const before = segments[place - 1]
  const after = segments[place]
  const placeOf = (segment: number): SegmentPlace => (segment === segments.length - 1 ? 'latest' : 'earlier')
  // Inside a segment a cumulative value says something new only if it is larger: clocks may step back.
  if (after && at >= after.first) {
    const by = grow(after, after.last, value, how)
    return by === undefined || how.isNothing(by) ? undefined : { at: after.last, place: placeOf(place), by }
  }
  if (before && !anew) {
    const by = grow(before, at, value, how)
    if (by !== undefined) return how.isNothing(by) ? undefined : { at, place: placeOf(place - 1), by }
  }
  if (before?.last === at) return undefined
  if (after && how.increase(after.start, value) !== undefined) {
    after.first = at
    after.start = value
    return undefined
  }
  segments.splice(place, 0, { first: at, last: at, start: value, value: how.own(value) })
  fold(segments, how)
  return { at, place: after ? 'earlier' : 'new', by: value }
}

/** Takes an increase that an earlier reader of the series has found into its segments. */
export function regain<Value, Own extends Value>(
  segments: JournalSegment<Value, Own>[],
  { at, place, by }: Increase<Value>,
  how: Cumulative<Value, Own>,
): void {
  const one = (): JournalSegment<Value, Own> => ({ first: at, last: at, start: by, value: how.own(by) })
  const latest = segments.at(-1)
  const [oldest, second] = segments
  if (!latest || !oldest || place === 'new') {
    segments.push(one())
    fold(segments, how)
  } else if (place === 'latest') {
    latest.last = Math.max(latest.last, at)
    latest.value = how.addTo(latest.value, by)
  } else if (second) oldest.value = how.addTo(oldest.value, by)
  else segments.unshift(one())
}

/** Total of a series: the sum of the last values of its segments. */
export function whole<Value, Own extends Value>(
  [first, ...rest]: readonly JournalSegment<Value, Own>[],
  how: Cumulative<Value, Own>,
): Value | undefined {
  return first && rest.reduce((sum, { value }) => how.addTo(sum, value), how.own(first.value))
}

/** Makes a segment end with a value, and gives what came to it; undefined where the value is none of it. */
function grow<Value, Own extends Value>(
  segment: JournalSegment<Value, Own>,
  at: number,
  value: Value,
  how: Cumulative<Value, Own>,
): Value | undefined {
  const by = how.increase(value, segment.value)
  if (by === undefined) return undefined
  segment.last = at
  segment.value = how.become(segment.value, value)
  return by
}

/** Keeps memory bounded for a series that restarts without end: its two oldest segments become one. */
function fold<Value, Own extends Value>(
  segments: JournalSegment<Value, Own>[],
  how: Cumulative<Value, Own>,
): void {
  const [oldest, second] = segments
  if (!oldest || !second || segments.length <= MAX_SEGMENTS) return
  oldest.last = second.last
  oldest.value = how.addTo(oldest.value, second.value)
  segments.splice(1, 1)
}
