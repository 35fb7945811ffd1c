import {
  detached,
  histogramOf,
  isNothing,
  seriesKey,
  labelBytes,
  pointAt,
  samplePoint,
  toWire,
  writeRequest,
  type RawSeries,
  type WirePoint,
} from '../../prometheus/index.ts'
import { PUSH_INTERVAL_MS } from '../../record/index.ts'

/** Of a pause so many values are filled in at most: increase() then says at most 1 / 40 too much, a histogram 1 / 20. */
const MAX_FILLED = 20
/** Series of which the last value is kept, at most: k6 itself warns of more. */
const MAX_SERIES = 100_000

/**
 * What of a run's pushes goes on to a server that counts by rate() and increase(). k6 pushes a series only when it has
 * new samples; these need its value of before, too, as a scrape would have said it. Counters and histograms get, each
 * second before a value, the former one, and before the first one zeros, no earlier than `began` (ms since 1970); they
 * have no stale markers, but their last value where k6 ends them. Gauges stay as they are. Gives undefined where a push
 * stays as it is.
 */
export function onward(began: number): (series: readonly RawSeries[]) => RawSeries[] | undefined {
  const last = new Map<string, WirePoint>()
  return (series) => {
    const sent = series.map((one) => (isCumulative(one) ? cumulative(one, last, began) : one))
    if (sent.every((one, index) => one === series[index])) return undefined
    return sent.filter(({ points }) => points.length > 0)
  }
}

/** Whether a series is a histogram's or a counter's: k6's names alone tell counters from gauges. */
export function isCumulative(series: RawSeries): boolean {
  return series.points.some(({ kind }) => kind === 'histogram') || isCounter(series)
}

const TOTAL = Buffer.from('_total')
const NAME = Buffer.from(labelBytes('__name__', '')).subarray(0, 10)

function isCounter({ labels }: RawSeries): boolean {
  return labels.some((label) => {
    const bytes = Buffer.from(label.buffer, label.byteOffset, label.byteLength)
    return bytes.subarray(-TOTAL.length).equals(TOTAL) && bytes.subarray(0, NAME.length).equals(NAME)
  })
}

function cumulative(series: RawSeries, last: Map<string, WirePoint>, began: number): RawSeries {
  const key = seriesKey(series)
  const known = last.get(key)
  if (!known && last.size >= MAX_SERIES) return series
  const end = series.points.find(({ stale }) => stale)
  // Beside its end k6 says a histogram once more: news only where a push was lost.
  const values = series.points.filter(({ stale, at }) => !stale && !(end && known && at <= known.at))
  const newest = values.at(-1) ?? known
  const again = end && newest && newest.at < end.at ? [...pause(newest, end.at), pointAt(newest, end.at)] : []
  const latest = again.at(-1) ?? newest
  if (latest && !(known && known.at > latest.at)) last.set(key, detached(latest))
  const [first] = values
  const before = first ? (known ? pause(known, first.at) : birth(first, began)) : []
  if (before.length === 0 && !end) return series
  return { ...series, points: [...before, ...values, ...again] }
}

/** A value each second between its own time and that of the next one. */
function pause(value: WirePoint, next: number): WirePoint[] {
  return secondsBefore(next, value.at + PUSH_INTERVAL_MS / 2).map((at) => pointAt(value, at))
}

/** Zeros before a first value. */
function birth(first: WirePoint, began: number): WirePoint[] {
  if (isNothing(first) || began >= first.at) return []
  const times = secondsBefore(first.at, began)
  return (times.length > 0 ? times : [began]).map((at) => zeroOf(first, at))
}

/** When k6 would have pushed before a time, since another: ascending, the latest ones. */
function secondsBefore(time: number, since: number): number[] {
  const count = Math.min(MAX_FILLED, Math.floor((time - since) / PUSH_INTERVAL_MS))
  return Array.from({ length: Math.max(0, count) }, (_, index) => time - (count - index) * PUSH_INTERVAL_MS)
}

/** Nothing, as a series' points say it. */
function zeroOf({ kind }: WirePoint, at: number): WirePoint {
  return kind === 'sample' ? samplePoint(at, 0) : { kind, at, stale: false, bytes: emptyAt(at) }
}

const emptyAt = (at: number): Uint8Array =>
  writeRequest.root
    .lookupType('Histogram')
    .encode(toWire(histogramOf([]), at))
    .finish()
