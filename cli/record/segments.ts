import type { Point } from '../prometheus/index.ts'

/** A stretch of a cumulative series without a restart: its first and last time (ms), the values there. */
export interface JournalSegment<Value> {
  readonly first: number
  readonly last: number
  /** At its first time. */
  readonly start: Value
  /** At its last time. */
  readonly value: Value
}

/** How cumulative values are compared and added. */
export interface Cumulative<Value> {
  /** What came to the earlier value; undefined where the series began anew between the two. */
  increase(later: Value, earlier: Value): Value | undefined
  isNothing(value: Value): boolean
  add(a: Value, b: Value): Value
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

/** A series after one more point: its segments, and what the point added, if anything. */
export interface Advanced<Value> {
  readonly segments: readonly JournalSegment<Value>[]
  readonly increase?: Increase<Value>
}

const MAX_SEGMENTS = 16

/**
 * The segments (ascending, apart in time) after one more point, early or late; `anew` where it is known that the series
 * began again. Trap: a series that restarted and passed its old value unseen looks like one that only grew.
 */
export function advance<Value>(
  segments: readonly JournalSegment<Value>[],
  point: Point<Value>,
  how: Cumulative<Value>,
  anew = false,
): Advanced<Value> {
  const { at, value } = point
  const next = segments.findIndex(({ last }) => last > at)
  const place = next < 0 ? segments.length : next
  const before = segments[place - 1]
  const after = segments[place]
  // Inside a segment a cumulative value says something new only if it is larger: clocks may step back.
  if (after && at >= after.first)
    return grown(segments, place, { at: after.last, value }, how) ?? { segments }
  if (before && !anew) {
    const longer = grown(segments, place - 1, point, how)
    if (longer) return longer
  }
  if (before?.last === at) return { segments }
  if (after && how.increase(after.start, value) !== undefined) {
    return { segments: segments.with(place, { ...after, first: at, start: value }) }
  }
  const added = segments.toSpliced(place, 0, { first: at, last: at, start: value, value })
  return { segments: fold(added, how), increase: { at, place: after ? 'earlier' : 'new', by: value } }
}

/** The segments after an increase that an earlier reader of the series has found. */
export function regained<Value>(
  segments: readonly JournalSegment<Value>[],
  { at, place, by }: Increase<Value>,
  how: Cumulative<Value>,
): readonly JournalSegment<Value>[] {
  const one = { first: at, last: at, start: by, value: by }
  const latest = segments.at(-1)
  const [oldest, ...rest] = segments
  if (!latest || !oldest || place === 'new') return fold([...segments, one], how)
  if (place === 'latest') {
    const value = how.add(latest.value, by)
    return segments.with(-1, { ...latest, last: Math.max(latest.last, at), value })
  }
  return rest.length > 0 ? [{ ...oldest, value: how.add(oldest.value, by) }, ...rest] : [one, ...segments]
}

/** Total of a series: the sum of the last values of its segments. */
export function whole<Value>(
  segments: readonly JournalSegment<Value>[],
  how: Cumulative<Value>,
): Value | undefined {
  return segments
    .map(({ value }) => value)
    .reduce<Value | undefined>((a, b) => (a === undefined ? b : how.add(a, b)), undefined)
}

function grown<Value>(
  segments: readonly JournalSegment<Value>[],
  index: number,
  { at, value }: Point<Value>,
  how: Cumulative<Value>,
): Advanced<Value> | undefined {
  const known = segments[index]
  const by = known && how.increase(value, known.value)
  if (!known || by === undefined) return undefined
  const longer = segments.with(index, { ...known, last: at, value })
  if (how.isNothing(by)) return { segments: longer }
  const place = index === segments.length - 1 ? 'latest' : 'earlier'
  return { segments: longer, increase: { at, place, by } }
}

/** Keeps memory bounded for a series that restarts without end: its two oldest segments become one. */
function fold<Value>(
  segments: readonly JournalSegment<Value>[],
  how: Cumulative<Value>,
): readonly JournalSegment<Value>[] {
  const [oldest, second, ...rest] = segments
  if (!oldest || !second || segments.length <= MAX_SEGMENTS) return segments
  const { first, start } = oldest
  return [{ first, start, last: second.last, value: how.add(oldest.value, second.value) }, ...rest]
}
