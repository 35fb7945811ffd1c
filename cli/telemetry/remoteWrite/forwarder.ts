import { takeLock } from '../../base/index.ts'
import { encodeWrite, encodedMessage, pack, seriesOf, unpacked, type Pushed } from '../../prometheus/index.ts'
import type { ForwardOutcome } from '../../record/index.ts'
import { queueLock } from './entry.ts'
import { leave } from './leaveQueue.ts'
import { recall, remember } from './memory.ts'
import { onward } from './pointsForRate.ts'
import type { RetryPace } from './backoff.ts'
import { startPump } from './pump.ts'
import { openQueue } from './queue.ts'
import type { Form } from './send.ts'
import type { Target } from './target.ts'
import { thin } from './thin.ts'

/** How a run's samples are forwarded. */
export interface ForwarderOptions {
  /** The queue's folder, `results/<run-id>/queue`. */
  readonly folder: string
  readonly target: Target
  /** Tells the person who waits. */
  readonly say: (text: string) => void
  /** The form in which the server takes histograms, as the probe found it; native unless told. */
  readonly histograms?: Form
  /** Bytes that may wait on disk; 256 MiB unless told. */
  readonly limit?: number
  readonly pace?: RetryPace
  /** Another folder for the run's files, for when the queue's takes nothing more. */
  readonly elsewhere?: () => Promise<string | undefined>
  /**
   * When the run began, ms since 1970: nothing of it lies before; when the forwarder was started unless told. A queue that
   * is taken up again gets no zeros: what went on before is not known.
   */
  readonly began?: number
  /** Series of the run itself, as they are at a time (ms since 1970). */
  readonly during?: (at: number) => readonly Pushed[]
}

/** Forwards what k6 pushes. */
export interface Forwarder {
  /** Takes the body of a push of remote write 1.0; returns at once and never throws. */
  push(body: Buffer): void
  /** Takes series of loadwright's own, as they are; returns at once and never throws. */
  add(series: readonly Pushed[]): void
  /** Sends what waits for at most `patience` milliseconds; the rest stays on disk, and it is said how to send it. */
  close(how: { patience: number }): Promise<ForwardOutcome>
}

/** Bytes that may wait on disk: some hours of a run with 800 series. */
const MAX_QUEUE_BYTES = 256 * 1024 * 1024
/** Bytes that may wait in memory because the disk is full; then room is made on it. */
const MAX_UNSAVED_BYTES = 8 * 1024 * 1024
/** What a full queue is brought down to. */
const RELIEF_SHARE = 0.75
/** Milliseconds after which a run's own series are said again: Prometheus looks back five minutes. */
const REPEAT_MS = 15_000

/** Starts to forward a run's samples through a queue on disk. A disk that takes nothing is a problem, not an error. */
export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const { folder, target, say, histograms = 'native', limit = MAX_QUEUE_BYTES, pace, during } = options
  const queue = await openQueue(folder, options.elsewhere)
  const unlock = await takeLock(queueLock(folder)).catch(() => undefined)
  const isFormer = (await recall(folder)) !== undefined
  await remember(folder, { url: target.url, histograms })
  const pump = startPump({ folder, queue, target, form: histograms, say, ...(pace ? { pace } : {}) })
  const prepare = prepared(onward(isFormer ? Infinity : (options.began ?? Date.now())), during)
  let dropped = 0
  let thinning: Promise<number> | undefined
  /** Makes a full queue smaller, and room on a full disk: the newest values are what counts. */
  const relieve = async (): Promise<number> => {
    const room = queue.failure() === undefined ? limit * RELIEF_SHARE : queue.size() / 2
    const gone = await thin(queue, room, pump.isBusy).catch(() => 0)
    dropped += gone
    thinning = undefined
    return gone
  }
  let outcome: Promise<ForwardOutcome> | undefined
  const take = (body: Buffer): void => {
    queue.add(body)
    if (queue.size() > limit || queue.unsaved() > MAX_UNSAVED_BYTES) thinning ??= relieve()
    pump.wake()
  }
  return {
    push: (body) => take(prepare(body)),
    add(series) {
      if (series.length > 0) take(Buffer.from(encodeWrite(series)))
    },
    close({ patience }) {
      outcome ??= (async () => {
        await pump.finish({ patience, limit: patience })
        await thinning
        await queue.settled()
        while (queue.failure() !== undefined && (await relieve()) > 0);
        return leave({ folder, target, queue, pump, dropped, limit, say }, unlock)
      })()
      return outcome
    },
  }
}

/** What of a push goes on, with the run's own series now and then; one that cannot be read goes on as it is. */
function prepared(
  change: ReturnType<typeof onward>,
  during: ForwarderOptions['during'] = () => [],
): (body: Buffer) => Buffer {
  let said = -Infinity
  return (body) => {
    try {
      const pushed = seriesOf(unpacked(body))
      const changed = change(pushed)
      const series = changed ?? pushed
      const now = series.reduce((latest, { points }) => Math.max(latest, points.at(-1)?.at ?? 0), 0)
      const more = now - said < REPEAT_MS ? [] : during(now)
      if (more.length > 0) said = now
      if (!changed && more.length === 0) return body
      return Buffer.from(pack(encodedMessage([...series, ...seriesOf(unpacked(encodeWrite(more)))])))
    } catch {
      return body
    }
  }
}
