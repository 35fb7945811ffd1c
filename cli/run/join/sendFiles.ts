import { open, readFile } from 'node:fs/promises'
import { delay } from '../../base/index.ts'
import type { CollectorClient } from './collectorClient.ts'
import { MAX_BYTES } from './protocol.ts'

/** What k6 writes on its machine. */
interface Files {
  id: string
  log: string
  summary: string
}

/** Sends what k6 writes to a collector. */
export interface Sending {
  /** Sends all that is left, for a bounded time; whether all has arrived. */
  finish(): Promise<boolean>
  stop(): Promise<void>
}

/** Milliseconds between two looks at the log, and until what could not be sent at the end is given up. */
const INTERVAL_MS = 2000
const PATIENCE_MS = 120_000

/** Sends the log as it grows, each part with its place, so that one that comes twice is written once; the summary at the end. */
export function sendFiles(collector: CollectorClient, { id, log, summary }: Files): Sending {
  let from = 0
  const ending = new AbortController()
  const sendMore = async (): Promise<boolean> => {
    for (;;) {
      const part = await partOf(log, from)
      if (part.length === 0) return true
      if (!(await collector.send('log', id, part, from))) return false
      from += part.length
    }
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
      const until = performance.now() + PATIENCE_MS
      for (;;) {
        const figures = await readFile(summary).catch(() => undefined)
        const isSent = (await sendMore()) && (!figures || (await collector.send('summary', id, figures)))
        if (isSent || performance.now() > until) return isSent
        await delay(INTERVAL_MS)
      }
    },
  }
}

/** The next bytes of a file; none where it has no more, or is not there yet. */
async function partOf(path: string, from: number): Promise<Buffer> {
  const file = await open(path).catch(() => undefined)
  if (!file) return Buffer.alloc(0)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_BYTES.log), 0, MAX_BYTES.log, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
