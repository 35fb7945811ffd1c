import { dirname, join, relative } from 'node:path'
import type { Meaning } from './answers.ts'
import { nextBatch } from './batch.ts'
import { bell } from '../../base/index.ts'
import { deliver } from './deliver.ts'
import { remember } from './memory.ts'
import { addOpenMetrics } from './openmetrics.ts'
import { PACE, patienceWith, type RetryPace } from './backoff.ts'
import { poster } from './post.ts'
import type { Queue, Waiting } from './queue.ts'
import { sender, type Form } from './send.ts'
import type { Target } from './target.ts'
import type { Way } from './delivery.ts'

/** What sending needs. */
export interface PumpOptions {
  readonly folder: string
  readonly queue: Queue
  readonly target: Target
  readonly form: Form
  readonly say: (text: string) => void
  /** The pushes that lie there may have been taken by a server that could not say so. */
  readonly replay?: boolean
  readonly pace?: RetryPace
}

/** Sends what waits in a queue, in order. */
export interface Pump {
  /** Says that there is something to send. */
  readonly wake: () => void
  /** Whether a push is being sent just now. */
  readonly isBusy: (one: Waiting) => boolean
  /**
   * Sends on until nothing waits, but no longer than `limit` (ms); ends where the server takes nothing, and where it has
   * been in trouble for `patience` (ms).
   */
  finish(how: { patience: number; limit?: number; signal?: AbortSignal }): Promise<void>
  readonly tally: Way['tally']
  readonly problems: readonly string[]
  /** The file of samples that the server did not take. */
  readonly aside: string
}

/** Bytes, unpacked, that are sent at once: far below what Prometheus and Mimir take. */
const MAX_REQUEST_BYTES = 2 * 1024 * 1024
const MAX_PROBLEMS = 20
/** Pushes that were under way, at most, when a process ended. */
const MAX_UNDER_WAY = 64

/** Starts to send. Never throws, and rejects nothing: what goes wrong is among the problems. */
export function startPump(options: PumpOptions): Pump {
  const { folder, queue, target, say, pace = PACE } = options
  const post = poster(target)
  const abort = new AbortController()
  const idle = bell()
  const problems: string[] = []
  const note = (problem: string): void => {
    if (problems.length < MAX_PROBLEMS && !problems.includes(problem)) problems.push(problem)
  }
  const onClassic = (): void => {
    say(
      `${target.url} takes no native histograms: they are sent in the classic form, _bucket, _sum and _count`,
    )
    void remember(folder, { url: target.url, histograms: 'classic' })
  }
  const send = sender(post, {
    form: options.form,
    onClassic,
    timeoutMs: pace.timeoutMs,
    signal: abort.signal,
  })
  const aside = join(dirname(folder), 'not-taken.openmetrics')
  const way: Way = {
    send: patiently,
    queue,
    setAside: (lines) => addOpenMetrics(aside, lines),
    note: (problem) => note(`${target.url}: ${problem}`),
    tally: { sent: 0, samples: 0, aside: 0 },
    oldest: -Infinity,
    unwanted: new Set(),
    maybe: new Set(options.replay ? queue.waiting.slice(0, MAX_UNDER_WAY).map(({ number }) => number) : []),
    most: MAX_REQUEST_BYTES,
  }
  let busy: readonly Waiting[] = []
  let closing = false
  const patience = patienceWith(target.url, pace, {
    begun(why) {
      note(why)
      say(`remote write: ${why}; what was pushed waits in ${relative('.', folder)}`)
    },
    over: () => say(`remote write: ${target.url} takes it again`),
  })

  /** Tries until something other than trouble comes of it, or until that is hopeless. */
  async function patiently(message: Uint8Array, packed?: Uint8Array): Promise<Meaning> {
    for (;;) {
      const meaning = await send(message, packed)
      if (!['later', 'refused', 'bad'].includes(meaning.is)) patience.over()
      if (meaning.is !== 'later') return meaning
      if (meaning.unclear) for (const { number } of busy) way.maybe.add(number)
      if (!(await patience.after(meaning))) return meaning
    }
  }
  const step = async (): Promise<boolean> => {
    const batch = await nextBatch(queue, way.most)
    if (batch.length > 0) {
      busy = batch.map(({ one }) => one)
      const trouble = await deliver(way, batch)
      busy = []
      return trouble === undefined || (trouble.is === 'refused' && patience.after(trouble))
    }
    if (queue.waiting.length > 0) return true
    if (closing) return false
    await idle.rung()
    return true
  }
  const running = (async () => {
    while (!abort.signal.aborted && (await step()));
  })().catch((error: unknown) =>
    note(`sending stopped: ${error instanceof Error ? error.message : String(error)}`),
  )

  return {
    wake: idle.ring,
    isBusy: (one) => busy.includes(one),
    async finish({ patience: most, limit, signal }) {
      closing = true
      const stop = (): void => {
        abort.abort()
        patience.stop()
      }
      const timer = limit === undefined ? undefined : setTimeout(stop, limit)
      signal?.addEventListener('abort', stop)
      if (signal?.aborted) stop()
      patience.end(most)
      idle.ring()
      await running
      signal?.removeEventListener('abort', stop)
      clearTimeout(timer)
      post.close()
    },
    tally: way.tally,
    problems,
    aside,
  }
}
