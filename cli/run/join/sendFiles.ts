import { readFile } from 'node:fs/promises'
import { delay, readPart } from '../../base/index.ts'
import type { CollectorClient, Sent } from './collectorClient.ts'
import { MAX_BYTES } from './protocol.ts'

/** What k6 writes on its machine. */
interface Files {
  id: string
  log: string
  summary: string
  /** Milliseconds until what could not be sent at the end is given up. */
  patienceMs: number
}

/** Sends what k6 writes to a collector. */
export interface Sending {
  /** Sends all that is left, for a bounded time; `full` where the collector keeps no more of the log. */
  finish(): Promise<Sent>
  stop(): Promise<void>
}

/** Milliseconds between two looks at the log. */
const INTERVAL_MS = 2000

/** Sends the log as it grows, each part with its place, so that one that comes twice is written once; the summary at the end. */
export function sendFiles(collector: CollectorClient, { id, log, summary, patienceMs }: Files): Sending {
  let [from, isFull] = [0, false]
  const ending = new AbortController()
  /** Whether all of the log is there, or as much as is kept. */
  const sendMore = async (): Promise<boolean> => {
    while (!isFull) {
      const part = await readPart(log, from, MAX_BYTES.log)
      if (part.length === 0) return true
      const sent = await collector.send('log', id, part, from)
      if (sent === 'failed') return false
      isFull = sent === 'full'
      from += part.length
    }
    return true
  }
  const sendSummary = async (): Promise<Sent> => {
    const figures = await readFile(summary).catch(() => undefined)
    return figures ? collector.send('summary', id, figures) : 'taken'
  }
  const work = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await sendMore()
      await delay(INTERVAL_MS, ending.signal).catch(() => undefined)
    }
  })().catch(() => undefined)
  const stop = async (): Promise<void> => {
    ending.abort()
    await work
  }
  return {
    stop,
    async finish() {
      await stop()
      const until = performance.now() + patienceMs
      for (;;) {
        // The figures first: a verdict asks for them.
        const [figures, isThere] = [await sendSummary(), await sendMore()]
        const isOver = figures !== 'failed' && isThere
        if (isOver) return figures === 'taken' && isFull ? 'full' : figures
        if (performance.now() > until) return 'failed'
        await delay(INTERVAL_MS)
      }
    },
  }
}
