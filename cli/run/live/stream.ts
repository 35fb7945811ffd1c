import type { ServerResponse } from 'node:http'

/** Those who listen to server-sent events, and what they are sent. */
export interface Stream {
  /** Adds one who listens; false where there are enough, or the stream has ended. */
  add(response: ServerResponse): boolean
  /** Computes and sends now, if there is a listener. */
  update(): void
  /** Sends what is there for the last time, marks it as the last, and ends without waiting for listeners. */
  end(): Promise<void>
}

/** What is sent, and how often. */
export interface StreamOptions {
  /** What is sent, as one JSON value. Computed once for all listeners, and only if there are any. */
  data: () => unknown
  /** Milliseconds between two messages. */
  every: number
  /** Who may listen at the same time. */
  most: number
  /** Called once when `data` throws for the first time. */
  onProblem?: (problem: string) => void
}

/** Messages that one who does not read them is let off, one after the other, before it is cut off. */
const MAX_MISSED = 5
const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** Makes a stream of server-sent events. */
export function makeStream({ data, every, most, onProblem }: StreamOptions): Stream {
  /** How many messages in a row each was not sent, since it had not read the one before; -1 for who just came. */
  const behind = new Map<ServerResponse, number>()
  let timer: NodeJS.Timeout | undefined
  let computing: Promise<void> | undefined
  let latest: string | undefined
  let at = 0
  let ended = false
  let problem = false

  const drop = (response: ServerResponse): void => {
    behind.delete(response)
    if (behind.size > 0) return
    clearInterval(timer)
    timer = undefined
  }

  const write = (response: ServerResponse, before: number, text: string): void => {
    const missed = response.writableNeedDrain ? Math.max(0, before) + 1 : 0
    behind.set(response, missed)
    if (missed === 0) response.write(text)
    else if (missed > MAX_MISSED) response.destroy()
  }

  const compute = async (): Promise<void> => {
    const before = latest
    try {
      latest = `data: ${JSON.stringify(await data())}\n\n`
    } catch (error) {
      if (!problem) onProblem?.(error instanceof Error ? error.message : String(error))
      problem = true
    }
    at = Date.now()
    // What is the same is not sent again; a comment tells a connection that lives from one that does not.
    for (const [response, missed] of behind)
      write(response, missed, latest !== undefined && (latest !== before || missed !== 0) ? latest : ': \n\n')
  }

  const tick = (): Promise<void> =>
    (computing ??= compute().finally(() => {
      computing = undefined
    }))

  return {
    add(response) {
      if (ended || behind.size >= most) return false
      response.writeHead(200, HEADERS)
      response.write(`retry: ${every}\n\n`)
      response.on('close', () => drop(response))
      response.on('error', () => drop(response))
      timer ??= setInterval(() => void tick(), every).unref()
      const fresh = latest !== undefined && Date.now() - at < every
      behind.set(response, fresh ? 0 : -1)
      if (fresh) response.write(latest)
      else void tick()
      return true
    },
    update() {
      if (!ended && behind.size > 0) void tick()
    },
    async end() {
      if (ended) return
      ended = true
      clearInterval(timer)
      await within(every, async () => {
        await computing
        if (behind.size > 0) await tick()
      })
      for (const response of behind.keys()) response.end('event: end\ndata: {}\n\n')
    },
  }
}

/** Waits for work, but no longer than so many milliseconds. */
async function within(most: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, most)
  })
  await Promise.race([work(), over])
  clearTimeout(timer)
}
