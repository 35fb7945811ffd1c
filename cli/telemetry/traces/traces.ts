import { backoff, bell } from '../../base/index.ts'
import type { Collector } from './collector.ts'
import { spansOf } from '../../k6/index.ts'
import type { TracesResult } from '../../record/index.ts'
import { encode, payload, type OtlpSpan, type Resource } from './otlp.ts'
import { post, type CollectorAnswer } from './post.ts'
import { followFile } from './tail.ts'

/** What the export of a run's spans needs. */
export interface TracesOptions extends Collector {
  /** The file that k6's console goes to; it may not be there yet. */
  file: string
  resource: Resource
  /** Says a line to the person who waits: the first trouble, and spans that were lost. */
  say: (line: string) => void
  /** Milliseconds, where a test has less time. */
  times?: Partial<typeof TIMES>
}

/** The export of a run's spans while it runs. */
export interface Traces {
  /** Posts what k6 has written until now, for 5 s at most, and ends. Call it once k6 has ended. */
  close(): Promise<TracesResult>
}

/** Milliseconds. */
const TIMES = {
  /** Between two looks at the file. */
  poll: 500,
  /** That a span waits for others. */
  gather: 5000,
  /** That an answer may take; OpenTelemetry's own default. */
  timeout: 10_000,
  /** Before a second try, and before later ones at most. */
  firstMs: 500,
  mostMs: 30_000,
  /** For what is left at the end. */
  patience: 5000,
}
const BATCH_SIZE = 512
const MAX_PROBLEMS = 10

/**
 * Follows k6's log and posts its spans, 512 at a time, one post at a time. While a collector does not take
 * them, nothing more is read: the file is the queue. What it refuses is counted as dropped; so is what is left 5 s after
 * the end. Nothing of it throws, or holds the run up.
 */
export function startTraces({ file, resource, say, times, ...collector }: TracesOptions): Traces {
  const { poll, gather, timeout, patience, ...retry } = { ...TIMES, ...times }
  const { url } = collector
  const tail = followFile(file)
  const queue: OtlpSpan[] = []
  const problems = new Set<string>()
  const over = new AbortController()
  let closing = false as boolean
  const { rung, ring } = bell()
  let since = 0
  let spans = 0
  let dropped = 0

  const isOver = (): boolean => over.signal.aborted
  const trouble = (why: string): void => {
    if (problems.size === 0) say(`traces: ${url} ${why}; the run does not wait for it`)
    if (problems.size < MAX_PROBLEMS) problems.add(why)
  }

  /** Reads until a batch is full; whether nothing more was there. */
  const fill = async (): Promise<boolean> => {
    while (queue.length < BATCH_SIZE) {
      const lines = await tail.next()
      if (!lines) return true
      if (queue.length === 0) since = Date.now()
      for (const line of lines) {
        const event = spansOf(line)
        if (event) queue.push(...encode(event))
      }
    }
    return false
  }

  const send = async (batch: readonly OtlpSpan[]): Promise<void> => {
    const body = JSON.stringify(payload(batch, resource))
    for (let failures = 1; !isOver(); failures++) {
      const answer = await post(collector, body, { timeoutMs: timeout, signal: over.signal }).catch(
        unfinished,
      )
      if (answer.why !== undefined) trouble(answer.why)
      if (answer.is === 'taken') {
        const rejected = Math.min(answer.rejected, batch.length)
        dropped += rejected
        spans += batch.length - rejected
        return
      }
      if (answer.is === 'refused') break
      await rung(isOver() ? 0 : backoff(retry, failures, answer.wait))
    }
    dropped += batch.length
  }

  const run = async (): Promise<void> => {
    while (!isOver()) {
      const last = closing
      const atEnd = await fill()
      const due = closing || Date.now() - since >= gather
      if (queue.length >= BATCH_SIZE || (queue.length > 0 && due)) await send(queue.splice(0, BATCH_SIZE))
      else if (last && atEnd) return
      else if (!closing) await rung(isOver() ? 0 : poll)
    }
    do {
      dropped += queue.length
      queue.length = 0
    } while (!(await fill()) || queue.length > 0)
  }
  const running = run().catch((error: unknown) => {
    trouble(`was given up (${error instanceof Error ? error.message : String(error)})`)
  })

  return {
    async close() {
      closing = true
      ring()
      const timer = setTimeout(() => {
        over.abort()
        ring()
      }, patience)
      await running
      clearTimeout(timer)
      await tail.close()
      if (dropped > 0) say(`traces: ${dropped} of ${spans + dropped} spans did not reach ${url}`)
      return { url, spans, dropped, problems: [...problems] }
    },
  }
}

/** A post that was going on when the time was over. */
const unfinished = (): CollectorAnswer => ({ is: 'later', why: 'did not answer before the end' })
