import type { Point } from './protocol.ts'

/** A stretch of a cumulative series without a restart: its first and last time (ms) and its last value. */
export interface Segment<Value> {
  readonly first: number
  readonly last: number
  readonly value: Value
}

/** How cumulative values are compared and added. */
export interface Cumulative<Value> {
  /** Whether the series began anew between the two. */
  restarted(later: Value, earlier: Value): boolean
  add(a: Value, b: Value): Value
}

const MOST = 16

/**
 * The segments (ascending, apart in time) after one more point, early or late; a point inside a known segment
 * says nothing new. Trap: a series that restarted and passed its old value unseen looks like one that only
 * grew.
 */
export function advance<Value>(
  segments: readonly Segment<Value>[],
  { at, value }: Point<Value>,
  how: Cumulative<Value>,
): readonly Segment<Value>[] {
  const next = segments.findIndex(({ last }) => last > at)
  const place = next < 0 ? segments.length : next
  const before = segments[place - 1]
  const after = segments[place]
  if (after && at >= after.first) return segments
  const one = { first: at, last: at, value }
  if (before && !how.restarted(value, before.value)) {
    return segments.with(place - 1, { ...before, last: at, value })
  }
  if (before?.last === at) return segments
  if (after && !how.restarted(after.value, value)) return segments.with(place, { ...after, first: at })
  return fold(segments.toSpliced(place, 0, one), how)
}

/** The whole of a series: the sum of its segments' last values. */
export function whole<Value>(segments: readonly Segment<Value>[], how: Cumulative<Value>): Value | undefined {
  return segments
    .map(({ value }) => value)
    .reduce<Value | undefined>((a, b) => (a === undefined ? b : how.add(a, b)), undefined)
}

/** Keeps memory bounded for a series that restarts without end: its two oldest segments become one. */
function fold<Value>(segments: readonly Segment<Value>[], how: Cumulative<Value>): readonly Segment<Value>[] {
  const [oldest, second, ...rest] = segments
  if (!oldest || !second || segments.length <= MOST) return segments
  return [{ first: oldest.first, last: second.last, value: how.add(oldest.value, second.value) }, ...rest]
}
