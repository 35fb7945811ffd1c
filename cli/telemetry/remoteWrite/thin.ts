import {
  isNothing,
  seriesKey,
  encodedMessage,
  pack,
  seriesOf,
  unpacked,
  type RawSeries,
  type WirePoint,
} from '../../prometheus/index.ts'
import type { Queue, Waiting } from './queue.ts'
import { isCumulative } from './pointsForRate.ts'

/**
 * Makes a queue smaller than `limit` bytes, if it can: k6's values are cumulative, so of every second push those values
 * go that a later push repeats in newer form. The last value of each series, zeros and stale markers stay. Gives how many
 * values went.
 */
export async function thin(queue: Queue, limit: number, isBusy: (one: Waiting) => boolean): Promise<number> {
  let gone = 0
  while (queue.size() > limit) {
    const round = await thinOnce(queue, isBusy)
    if (round === 0) break
    gone += round
  }
  return gone
}

/** One round, from the newest push to the oldest. */
async function thinOnce(queue: Queue, isBusy: (one: Waiting) => boolean): Promise<number> {
  const later = new Set<string>()
  let turn = false
  let gone = 0
  for (const one of [...queue.waiting].reverse()) {
    const body = await queue.read(one)
    if (!body || isBusy(one)) continue
    const series = seriesOf(unpacked(body))
    const kept = series.map((each) => needed(each, later))
    const less = pointsOf(series) - pointsOf(kept)
    for (const each of series) if (each.points.some(isValue)) later.add(seriesKey(each))
    if (less === 0) continue
    turn = !turn
    if (!turn) continue
    gone += less
    const rest = kept.filter(({ points }) => points.length > 0)
    if (rest.length === 0) queue.remove(one)
    else queue.replace(one, Buffer.from(pack(encodedMessage(rest))))
  }
  await queue.settled()
  return gone
}

const isValue = ({ stale }: WirePoint): boolean => !stale

/** A series without what a later push has in newer form; where it begins stays, or nobody could tell what came since. */
function needed(series: RawSeries, later: ReadonlySet<string>): RawSeries {
  if (!later.has(seriesKey(series))) return series
  const begins = isCumulative(series) ? isNothing : () => false
  return { ...series, points: series.points.filter((point) => point.stale || begins(point)) }
}

const pointsOf = (series: readonly RawSeries[]): number =>
  series.reduce((sum, { points }) => sum + points.length, 0)
