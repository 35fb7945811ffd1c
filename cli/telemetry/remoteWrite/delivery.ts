import type { Meaning, Trouble } from './answers.ts'
import { openMetricsLines } from './openmetrics.ts'
import type { Queue, Waiting } from './queue.ts'
import type { Send } from './send.ts'
import { pointsIn, type RawSeries, type WirePoint } from '../../prometheus/index.ts'

/** A push to deliver. */
export interface Parcel {
  readonly one: Waiting
  readonly body: Buffer
  /** The push, unpacked. */
  readonly message: Uint8Array
}

/** What is known of a server, and where things go. */
export interface Way {
  readonly send: Send
  readonly queue: Queue
  /** Writes samples out that the server does not take, as lines of OpenMetrics. */
  readonly setAside: (lines: readonly string[]) => Promise<void>
  /** Says something that the run's record keeps. */
  readonly note: (problem: string) => void
  readonly tally: { sent: number; samples: number; aside: number }
  /** Samples up to this time are too old (ms since 1970). */
  oldest: number
  /** Series that the server does not take whatever their time, by key. */
  readonly unwanted: Set<string>
  /** Numbers of pushes that may have been taken already. */
  readonly maybe: Set<number>
  /** Bytes, unpacked, that are sent at once. */
  most: number
}

/** Takes delivered pushes out of the queue, and counts them. */
export function settle(way: Way, parcels: readonly Parcel[]): void {
  for (const { one, message } of parcels) {
    way.tally.sent++
    way.tally.samples += pointsIn(message)
    way.maybe.delete(one.number)
    way.queue.remove(one)
  }
}

/** Writes series out, and counts what has a value of its own. */
export async function setAside({ setAside, tally }: Way, series: readonly RawSeries[]): Promise<void> {
  if (series.length === 0) return
  await setAside(openMetricsLines(series))
  tally.aside += series.reduce((sum, { points }) => sum + points.filter(isOwn).length, 0)
}

/** Whether nothing goes through now. */
export const isTrouble = (meaning: Meaning): meaning is Trouble =>
  meaning.is === 'later' || meaning.is === 'refused'

/** Whether a point is a value: no stale marker. */
export const isOwn = ({ stale }: WirePoint): boolean => !stale
